// elsewhere: into the namespace for each call, and out of it again.
#include "ipc/elsewhere.hpp"

#include <utility>

#include "os/error.hpp"

namespace ipctl {
namespace {

class Inside {
 public:
  explicit Inside(IpcNamespace& there) : there_(there) { there_.enter(); }
  ~Inside() { there_.leave(); }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

 private:
  IpcNamespace& there_;
};

class SourceElsewhere final : public Source {
 public:
  SourceElsewhere(IpcNamespace& there, std::unique_ptr<Source> source) : there_(there), source_(std::move(source)) {
    there_.leave();
  }
  // What a source has left goes back when it ends; and not here, where the same id is another object.
  ~SourceElsewhere() override {
    try {
      const Inside inside{there_};
      source_.reset();
    } catch (const Error&) {
      static_cast<void>(source_.release());
    }
  }
  SourceElsewhere(const SourceElsewhere&) = delete;
  SourceElsewhere& operator=(const SourceElsewhere&) = delete;

  [[nodiscard]] std::string_view mechanism() const override { return source_->mechanism(); }
  [[nodiscard]] std::string_view name() const override { return source_->name(); }
  [[nodiscard]] std::size_t capacity() const override { return source_->capacity(); }
  [[nodiscard]] bool takes() const override { return source_->takes(); }
  [[nodiscard]] bool is_divided() const override { return source_->is_divided(); }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override {
    const Inside inside{there_};
    return source_->waiting();
  }
  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    const Inside inside{there_};
    return source_->receive(buffer, message, wait);
  }
  void accept(const Message& message) override {
    const Inside inside{there_};
    source_->accept(message);
  }
  [[nodiscard]] bool move_back(const Message& message) override {
    const Inside inside{there_};
    return source_->move_back(message);
  }
  void finish() override {
    const Inside inside{there_};
    source_->finish();
  }
  [[nodiscard]] bool give_back(const Message& message) override {
    const Inside inside{there_};
    return source_->give_back(message);
  }

 private:
  IpcNamespace& there_;
  std::unique_ptr<Source> source_;
};

}  // namespace

std::unique_ptr<Source> elsewhere(IpcNamespace& there, std::unique_ptr<Source> source) {
  if (!there.is_other()) return source;
  return std::make_unique<SourceElsewhere>(there, std::move(source));
}

}  // namespace ipctl
