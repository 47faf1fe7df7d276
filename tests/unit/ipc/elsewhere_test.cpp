// elsewhere: each call is made inside the other namespace, and the caller is outside between them.
#include "ipc/elsewhere.hpp"

#include <functional>

#include "sysv_queue.hpp"

namespace ipctl {
namespace {

class Elsewhere : public test::PrivateIpc {};

ino_t current() {
  struct stat status {};
  return ::stat("/proc/thread-self/ns/ipc", &status) == 0 ? status.st_ino : 0;
}

/// Notes where each call was made.
class Spy final : public Source {
 public:
  explicit Spy(std::vector<std::pair<std::string, ino_t>>& calls) : calls_(calls) {}

  [[nodiscard]] std::string_view mechanism() const override { return "spy"; }
  [[nodiscard]] std::string_view name() const override { return "/there"; }
  [[nodiscard]] std::size_t capacity() const override { return 17; }
  [[nodiscard]] bool takes() const override { return false; }
  [[nodiscard]] bool is_divided() const override { return true; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override {
    note("waiting");
    return 3;
  }
  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    note("receive");
    if (wait.deadline.is_now()) throw Error{EIDRM, "receive", "/there"};
    message.data = {buffer.data.data(), 1};
    return Outcome::woken;
  }
  void accept(const Message& message) override {
    note("accept");
    if (message.data == "bad") throw Error{EIDRM, "accept", "/there"};
  }
  void finish() override { note("finish"); }
  [[nodiscard]] bool move_back(const Message& message) override {
    note("move_back");
    return message.data == "good";
  }
  [[nodiscard]] bool give_back(const Message& message) override {
    note("give_back");
    return message.data == "good";
  }

 private:
  void note(const char* call) const { calls_.emplace_back(call, current()); }
  std::vector<std::pair<std::string, ino_t>>& calls_;
};

class Far {
 public:
  Far() : companion_([] { return ::unshare(CLONE_NEWIPC) == 0 && ::msgget(0x2a, IPC_CREAT | 0600) >= 0; }) {}
  [[nodiscard]] std::string pid() const { return std::to_string(companion_.pid()); }

 private:
  test::Companion companion_;
};

Message with_data(std::string_view data) {
  Message message;
  message.data = data;
  return message;
}

TEST_F(Elsewhere, HereItIsTheSourceItself) {
  for (const std::string& where : {std::string{}, std::to_string(::getpid())}) {
    std::vector<std::pair<std::string, ino_t>> calls;
    IpcNamespace here{where};
    auto spy = std::make_unique<Spy>(calls);
    const Source* const itself = spy.get();
    EXPECT_EQ(elsewhere(here, std::move(spy)).get(), itself);
  }
}

TEST_F(Elsewhere, EachCallIsMadeThere) {
  const Far far;
  const ino_t outside = current();
  std::vector<std::pair<std::string, ino_t>> calls;
  IpcNamespace there{far.pid()};
  const ino_t inside = current();
  ASSERT_NE(inside, outside);
  {
    const auto source = elsewhere(there, std::make_unique<Spy>(calls));
    EXPECT_EQ(current(), outside) << "left right away";
    EXPECT_EQ(source->mechanism(), "spy");
    EXPECT_EQ(source->name(), "/there");
    EXPECT_EQ(source->capacity(), 17U);
    EXPECT_FALSE(source->takes());
    EXPECT_TRUE(source->is_divided());
    EXPECT_EQ(source->waiting(), 3U);
    EXPECT_EQ(current(), outside);
    std::vector<char> bytes(17, 'x');
    Message message;
    EXPECT_EQ(source->receive({.data = bytes}, message, {}), Outcome::woken);
    EXPECT_EQ(message.data, "x");
    EXPECT_EQ(current(), outside);
    source->accept(message);
    EXPECT_EQ(current(), outside);
    EXPECT_TRUE(source->give_back(with_data("good")));
    EXPECT_FALSE(source->give_back(with_data("other")));
    EXPECT_TRUE(source->move_back(with_data("good")));
    EXPECT_EQ(current(), outside);
    source->finish();
    EXPECT_EQ(current(), outside);
  }
  std::string made;
  for (const auto& [call, where] : calls) {
    made += call + ' ';
    EXPECT_EQ(where, inside) << call;
  }
  EXPECT_EQ(made, "waiting receive accept give_back give_back move_back finish ");
}

TEST_F(Elsewhere, AFailureIsLeftToo) {
  const Far far;
  const ino_t outside = current();
  std::vector<std::pair<std::string, ino_t>> calls;
  IpcNamespace there{far.pid()};
  const auto source = elsewhere(there, std::make_unique<Spy>(calls));
  std::vector<char> bytes(17);
  Message message;
  EXPECT_THROW(static_cast<void>(source->receive({.data = bytes}, message, {.deadline = Deadline::now()})), Error);
  EXPECT_EQ(current(), outside);
  EXPECT_THROW(source->accept(with_data("bad")), Error);
  EXPECT_EQ(current(), outside);
}

TEST_F(Elsewhere, AQueueOfAnotherNamespace) {
  const Far far;
  const sysv::Found ours = test::make_sysv_queue(0600, 0x2a);
  ASSERT_TRUE(test::put(ours, 1, "ours"));
  IpcNamespace there{far.pid()};
  const sysv::Found theirs = sysv_mq::find(sysv::parse_selector("0x2a"));
  ASSERT_TRUE(test::put(theirs, 2, "theirs"));
  const auto source = elsewhere(there, sysv_mq::safe_source(theirs, {}));
  std::vector<char> bytes(sizeof(long) + source->capacity());
  const Buffer buffer{.data = std::span{bytes}.subspan(sizeof(long)), .type = reinterpret_cast<long*>(bytes.data())};
  Message message;
  ASSERT_EQ(source->receive(buffer, message, {}), Outcome::done);
  EXPECT_EQ(message.data, "theirs");
  source->accept(message);
  EXPECT_EQ(source->receive(buffer, message, {.deadline = Deadline::now()}), Outcome::timed_out);
  EXPECT_EQ(test::take_all(ours), (std::vector<test::Typed>{{1, "ours"}}));
}

}  // namespace
}  // namespace ipctl
