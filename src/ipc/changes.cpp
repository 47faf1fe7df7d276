// changes: waiting for a change of contents, by looking again and again, or on a futex word, futex(2).
#include "ipc/changes.hpp"

#include <fmt/format.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

// futex(2) cannot wait for descriptors too, and a signal may come just before the call: it is woken this often.
constexpr Duration futex_slice = 100ms;

class Changes : public Source {
 public:
  Changes(std::unique_ptr<Region> region, const Watched& watched)
      : region_(std::move(region)), watched_(watched), seen_(watched.length), now_(watched.length) {
    look(seen_);
  }

  [[nodiscard]] std::string_view mechanism() const override { return region_->mechanism(); }
  [[nodiscard]] std::string_view name() const override { return region_->name(); }
  [[nodiscard]] std::size_t capacity() const override { return watched_.length; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return std::nullopt; }
  [[nodiscard]] bool takes() const override { return false; }
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return true; }  // it is still there

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    for (;;) {
      if (is_changed()) break;
      region_->require_alive();
      if (const Outcome outcome = pause(wait); outcome != Outcome::done) return outcome;
    }
    std::copy(now_.begin(), now_.end(), buffer.data.begin());
    seen_.swap(now_);
    message.mechanism = mechanism();
    message.name = name();
    message.data = {buffer.data.data(), seen_.size()};
    return Outcome::done;
  }

 protected:
  // Done: it may have changed.
  [[nodiscard]] virtual Outcome pause(const Wait& wait) {
    const auto remaining = wait.deadline.remaining();
    const bool is_last = remaining && *remaining < watched_.interval;
    const Wait slice{is_last ? wait.deadline : Deadline::after(watched_.interval), wait.stop, wait.also};
    switch (wait_for(std::span<pollfd>{}, slice)) {
      case Waited::timed_out: return is_last && !is_changed() ? Outcome::timed_out : Outcome::done;
      case Waited::stopped: return Outcome::stopped;
      default: return Outcome::woken;
    }
  }
  [[nodiscard]] virtual bool is_changed() {
    look(now_);
    return now_ != seen_;
  }

  // Not through a pointer: where the memory is gone, this says so, and raises no SIGBUS.
  void look_at(std::uint64_t offset, std::span<char> data) const {
    if (region_->read(offset, data) == data.size()) return;
    throw Error{Exit::failed, region_->name(), "was shrunk by another process: what is watched is gone"};
  }
  void look(std::span<char> into) const { look_at(watched_.offset, into); }

  [[nodiscard]] Region& region() const { return *region_; }
  [[nodiscard]] const Watched& watched() const { return watched_; }

 private:
  std::unique_ptr<Region> region_;
  Watched watched_;
  std::vector<char> seen_;
  std::vector<char> now_;
};

class FutexChanges final : public Changes {
 public:
  FutexChanges(std::unique_ptr<Region> region, const Watched& watched)
      : Changes(std::move(region), watched), address_(this->region().futex_word(*watched.futex)), word_(read_word()) {}

 private:
  [[nodiscard]] std::uint32_t read_word() const {
    std::uint32_t word = 0;
    look_at(*watched().futex, {reinterpret_cast<char*>(&word), sizeof word});
    return word;
  }

  // The word changed; or somebody was woken, and the region changed. A wake alone is no news: the writer may have been
  // between its store and its wake when the change was told.
  [[nodiscard]] bool is_changed() override {
    const std::uint32_t word = read_word();
    const bool woken = std::exchange(woken_, false);
    if (word == word_ && !woken) return false;
    const bool region_changed = Changes::is_changed();  // reads it, too
    return std::exchange(word_, word) != word || region_changed;
  }

  [[nodiscard]] Outcome pause(const Wait& wait) override {
    if (const Waited waited = wait_for(std::span<pollfd>{}, {Deadline::now(), wait.stop, wait.also});
        waited != Waited::timed_out) {
      return waited == Waited::stopped ? Outcome::stopped : Outcome::woken;
    }
    const Duration left = std::min(wait.deadline.remaining().value_or(futex_slice), futex_slice);
    const timespec timeout = to_timespec(left);
    const long result = ::syscall(SYS_futex, address_, FUTEX_WAIT, word_, &timeout, nullptr, 0);
    if (result == 0 || errno != ETIMEDOUT) {
      trace::call(result, "futex", "{:#x}, FUTEX_WAIT, {}, ...", *watched().futex, word_);
    }
    woken_ = result == 0;
    if (result == 0 || errno == EAGAIN || errno == EINTR) return Outcome::done;
    if (errno == ETIMEDOUT) return wait.deadline.passed() ? Outcome::timed_out : Outcome::done;
    if (errno == EFAULT) static_cast<void>(read_word());  // says that it was shrunk
    throw Error{errno, "futex", name()};
  }

  const void* address_;
  std::uint32_t word_;
  bool woken_ = false;
};

void check_range(const Region& region, std::uint64_t offset, std::uint64_t length, std::string_view what) {
  const std::uint64_t size = region.size();
  if (offset <= size && length <= size - offset) return;
  throw Error{
      Exit::failed, region.name(),
      fmt::format("{} at offset {} of {} bytes is beyond the end: it has {} bytes", what, offset, length, size)};
}

}  // namespace

std::unique_ptr<Source> changes(std::unique_ptr<Region> region, const Watched& watched) {
  check_range(*region, watched.offset, watched.length, "the region");
  if (watched.length == 0 && !watched.futex) {
    throw Error{Exit::failed, region->name(), "no bytes are watched: nothing would ever change"};
  }
  if (!watched.futex) return std::make_unique<Changes>(std::move(region), watched);
  check_range(*region, *watched.futex, sizeof(std::uint32_t), "the futex word");
  return std::make_unique<FutexChanges>(std::move(region), watched);
}

}  // namespace ipctl
