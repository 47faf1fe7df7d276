// mq: names, accounting, and opening, creating and removing queues. The peer is the plain API.
#include "ipc/mq.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <limits>

#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::string_view_literals;
using test::expect_error;

class MqName : public test::PrivateIpc {};
class MqQueue : public test::PrivateIpc {};

/// A user whom no other process is, now or just before: without queues that count against RLIMIT_MSGQUEUE.
uid_t fresh_user() {
  static uid_t count = 0;
  return 1'900'000'000 + static_cast<uid_t>(::getpid()) * 64 + count++ % 64;
}

bool become(uid_t user) {
  return ::setgid(user) == 0 && ::setuid(user) == 0;
}

/// holds_in_child() as such a user.
template <class Body>
bool holds_as_fresh_user(Body body) {
  return test::holds_in_child([body, user = fresh_user()] {
    ASSERT_TRUE(become(user));
    body();
  });
}

bool write_limit(const std::string& name, const std::string& value) {
  const Fd file{::open(("/proc/sys/fs/mqueue/" + name).c_str(), O_WRONLY | O_CLOEXEC)};
  return ::write(file.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

mode_t mode_of(int fd) {
  struct stat status {};
  EXPECT_EQ(::fstat(fd, &status), 0);
  return status.st_mode & 07777U;
}

bool exists(const std::string& name) {
  return static_cast<bool>(Fd{::mq_open(name.c_str(), O_RDONLY | O_CLOEXEC)});
}

TEST(CanonicalName, HasOneSlash) {
  EXPECT_EQ(mq::canonical_name("jobs"), "/jobs");
  EXPECT_EQ(mq::canonical_name("/jobs"), "/jobs");
  EXPECT_EQ(mq::canonical_name("..."), "/...");
  EXPECT_EQ(mq::canonical_name("/-x"), "/-x");
}

TEST(CanonicalName, RefusesWithTheNameAndTheReason) {
  const std::string text = [] {
    try {
      return mq::canonical_name("/a\x1b/b");
    } catch (const UsageError& error) {
      return std::string{error.what()};
    }
  }();
  EXPECT_EQ(text, "'/a\\x1b/b' is not a queue name: only the first character may be a slash");
  EXPECT_THROW(static_cast<void>(mq::canonical_name("")), UsageError);
  EXPECT_THROW(static_cast<void>(mq::canonical_name("/a\0b"sv)), UsageError);
}

TEST_F(MqName, TakesWhatTheKernelTakes) {
  for (const std::string& name :
       {std::string{"/a"}, std::string{"/.hidden"}, std::string{"/..."}, std::string{"/a b\n\x1b"},
        std::string{"/\xff\xfe"}, std::string{"/$(x)"}, '/' + std::string(255, 'n')}) {
    EXPECT_EQ(mq::canonical_name(name), name);
    const Fd queue = test::make_queue(name);
    ASSERT_EQ(::mq_unlink(name.c_str()), 0);
  }
}

TEST_F(MqName, RefusesWhatTheKernelRefuses) {
  for (const std::string& name : {std::string{"/"}, std::string{"/."}, std::string{"/.."}, std::string{"//x"},
                                  std::string{"/a/b"}, std::string{"/a/"}, '/' + std::string(256, 'n')}) {
    EXPECT_THROW(static_cast<void>(mq::canonical_name(name)), UsageError) << name;
    EXPECT_EQ(::mq_open(name.c_str(), O_RDWR | O_CREAT, 0600, nullptr), -1) << name;
  }
}

// getrlimit(2) on a 64-bit machine: 48 bytes for each message, and 48 for each priority that can be in use.
TEST(AccountedBytes, ByHand) {
  if (sizeof(void*) != 8) GTEST_SKIP() << "the kernel's structures have other sizes here";
  EXPECT_EQ(mq::accounted_bytes(1, 1), 97U);
  EXPECT_EQ(mq::accounted_bytes(10, 8192), 82880U);
  EXPECT_EQ(mq::accounted_bytes(32767, 1), 3178399U);
  EXPECT_EQ(mq::accounted_bytes(32768, 1), 3178496U);
  EXPECT_EQ(mq::accounted_bytes(32769, 1), 3178545U);  // no more than 32768 priorities
  EXPECT_EQ(mq::accounted_bytes(65536, 16777216), 1099516346368U);
}

TEST(AccountedBytes, DoNotWrapAround) {
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(mq::accounted_bytes(most, most), most);
  EXPECT_EQ(mq::accounted_bytes(std::uint64_t{1} << 32U, std::uint64_t{1} << 32U), most);
  EXPECT_EQ(mq::accounted_bytes(1, most), most);
}

// A queue that counts `bytes` may be made under this limit.
bool is_allowed(std::uint64_t bytes, long max_messages, long message_size) {
  const int status = test::in_child([=, user = fresh_user()] {
    const rlimit limit{.rlim_cur = bytes, .rlim_max = bytes};
    if (::setrlimit(RLIMIT_MSGQUEUE, &limit) != 0 || !become(user)) return 2;
    mq_attr attr{};
    attr.mq_maxmsg = max_messages;
    attr.mq_msgsize = message_size;
    if (::mq_open("/limit", O_RDWR | O_CREAT | O_EXCL, 0600, &attr) >= 0) return ::mq_unlink("/limit") == 0 ? 0 : 3;
    return errno == EMFILE ? 1 : 4;
  });
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_LE(WEXITSTATUS(status), 1);
  return status == 0;
}

TEST_F(MqQueue, AccountedBytesAreWhatTheKernelCounts) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become a user without queues";
  ASSERT_TRUE(write_limit("msg_max", "4000"));
  const std::pair<long, long> sizes[] = {{1, 1}, {10, 8192}, {7, 1000}, {100, 3}, {4000, 100}};
  for (const auto& [messages, bytes] : sizes) {
    const std::uint64_t counted =
        mq::accounted_bytes(static_cast<std::uint64_t>(messages), static_cast<std::uint64_t>(bytes));
    EXPECT_TRUE(is_allowed(counted, messages, bytes)) << messages << " x " << bytes;
    EXPECT_FALSE(is_allowed(counted - 1, messages, bytes)) << messages << " x " << bytes;
  }
}

TEST_F(MqQueue, CreatedAsAsked) {
  const mq::Queue queue =
      mq::Queue::create("q", {.max_messages = 3, .message_size = 100, .mode = Mode{0640}, .owner = {}});
  EXPECT_EQ(queue.name(), "/q");
  EXPECT_EQ(mode_of(queue.fd()), 0640U);
  EXPECT_NE(::fcntl(queue.fd(), F_GETFD) & FD_CLOEXEC, 0);
  const Fd peer{::mq_open("/q", O_RDWR | O_NONBLOCK | O_CLOEXEC)};
  mq_attr attr{};
  ASSERT_EQ(::mq_getattr(peer.get(), &attr), 0);
  EXPECT_EQ(attr.mq_maxmsg, 3);
  EXPECT_EQ(attr.mq_msgsize, 100);
  EXPECT_EQ(attr.mq_curmsgs, 0);
  EXPECT_EQ(queue.attributes().mq_msgsize, 100);
}

TEST_F(MqQueue, ModeIsExactWhateverTheUmask) {
  const mode_t former = ::umask(0777);
  const mq::Queue closed =
      mq::Queue::create("closed", {.max_messages = 1, .message_size = 1, .mode = Mode{0666}, .owner = {}});
  ::umask(0);
  const mq::Queue usual = mq::Queue::create("usual", {.max_messages = 1, .message_size = 1, .mode = {}, .owner = {}});
  ::umask(former);
  EXPECT_EQ(mode_of(closed.fd()), 0666U);
  EXPECT_EQ(mode_of(usual.fd()), 0600U);
}

TEST_F(MqQueue, DefaultsAreTheNamespaces) {
  if (!write_limit("msg_default", "3") || !write_limit("msgsize_default", "200")) GTEST_SKIP() << "needs root";
  const mq_attr attr = mq::Queue::create("q", {}).attributes();
  EXPECT_EQ(attr.mq_maxmsg, 3);
  EXPECT_EQ(attr.mq_msgsize, 200);
  ASSERT_TRUE(write_limit("msg_max", "2"));  // below the default: the kernel takes the lesser
  EXPECT_EQ(mq::Queue::create("less", {}).attributes().mq_maxmsg, 2);
}

TEST_F(MqQueue, OwnerIsSet) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to give a queue away";
  const mq::Queue queue = mq::Queue::create(
      "q", {.max_messages = 1, .message_size = 1, .mode = Mode{0660}, .owner = {.user = 1234, .group = 4321}});
  struct stat status {};
  ASSERT_EQ(::fstat(queue.fd(), &status), 0);
  EXPECT_EQ(status.st_uid, 1234U);
  EXPECT_EQ(status.st_gid, 4321U);
  EXPECT_EQ(status.st_mode & 07777U, 0660U);
}

TEST_F(MqQueue, NothingIsLeftWhereTheOwnerCannotBeSet) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  EXPECT_TRUE(holds_as_fresh_user([] {
    expect_error(Exit::failed, EPERM, "only root may give it", [] {
      static_cast<void>(mq::Queue::create(
          "q", {.max_messages = 1, .message_size = 1, .mode = {}, .owner = {.user = 0, .group = {}}}));
    });
    EXPECT_FALSE(exists("/q"));
  }));
}

void create(std::string_view name, std::uint64_t max_messages, std::uint64_t message_size) {
  static_cast<void>(
      mq::Queue::create(name, {.max_messages = max_messages, .message_size = message_size, .mode = {}, .owner = {}}));
}

TEST_F(MqQueue, ExistsAlready) {
  const Fd peer = test::make_queue("/q");
  ASSERT_TRUE(test::put(peer, "kept"));
  expect_error(Exit::exists, EEXIST, "--if-missing", [] { create("q", 1, 1); });
  EXPECT_EQ(test::count(peer), 1);
}

TEST_F(MqQueue, RefusalsNameTheLimit) {
  expect_error(Exit::failed, EINVAL, "at least 1 message", [] { create("q", 0, 1); });
  expect_error(Exit::failed, EINVAL, "at least 1 byte", [] { create("q", 1, 0); });
  expect_error(Exit::failed, EINVAL, "the kernel's maximum of 65536", [] { create("q", 65537, 1); });
  expect_error(Exit::failed, EINVAL, "the kernel's maximum of 16777216", [] { create("q", 1, 16777217); });
  expect_error(Exit::failed, EINVAL, "--max-messages 18446744073709551615", [] { create("q", UINT64_MAX, 1); });
  expect_error(Exit::failed, EINVAL, "--message-size 9223372036854775808", [] { create("q", 1, 1ULL << 63U); });
  EXPECT_FALSE(exists("/q"));
}

TEST_F(MqQueue, RefusalsNameTheNamespacesLimit) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  EXPECT_TRUE(holds_as_fresh_user([] {
    expect_error(Exit::failed, EINVAL, "fs.mqueue.msg_max = 10", [] { create("q", 11, 1); });
    expect_error(Exit::failed, EINVAL, "fs.mqueue.msgsize_max = 8192", [] { create("q", 1, 8193); });
  }));
}

TEST_F(MqQueue, TooMuchForTheUser) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become a user without queues";
  EXPECT_TRUE(holds_as_fresh_user([] {
    const rlimit limit{.rlim_cur = 1000, .rlim_max = 1000};
    ASSERT_EQ(::setrlimit(RLIMIT_MSGQUEUE, &limit), 0);
    create("first", 2, 100);
    expect_error(Exit::failed, EMFILE, "counts 82880 bytes", [] { create("q", 10, 8192); });
    expect_error(Exit::failed, EMFILE, "RLIMIT_MSGQUEUE = 1000", [] { create("q", 5, 100); });
    expect_error(Exit::failed, EMFILE, "ulimit -q", [] { create("q", 5, 100); });
  }));
}

TEST_F(MqQueue, TooManyDescriptorsIsAnotherMatter) {
  EXPECT_TRUE(test::holds_in_child([] {
    const rlimit limit{.rlim_cur = 0, .rlim_max = 0};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    expect_error(Exit::failed, EMFILE, "RLIMIT_NOFILE", [] { create("q", 1, 1); });
  }));
}

TEST_F(MqQueue, TooManyQueues) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to change a limit";
  ASSERT_TRUE(write_limit("queues_max", "1"));
  EXPECT_TRUE(holds_as_fresh_user([] {
    create("first", 1, 1);
    expect_error(Exit::failed, ENOSPC, "fs.mqueue.queues_max = 1", [] { create("q", 1, 1); });
  }));
}

TEST_F(MqQueue, OpensForWhatIsAsked) {
  const Fd peer = test::make_queue("/q");
  EXPECT_EQ(::fcntl(mq::Queue::open("q", mq::Access::read).fd(), F_GETFL) & O_ACCMODE, O_RDONLY);
  EXPECT_EQ(::fcntl(mq::Queue::open("q", mq::Access::write).fd(), F_GETFL) & O_ACCMODE, O_WRONLY);
  const mq::Queue queue = mq::Queue::open("q", mq::Access::read);
  EXPECT_EQ(queue.name(), "/q");
  EXPECT_NE(::fcntl(queue.fd(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST_F(MqQueue, OpenMissing) {
  expect_error(Exit::missing, ENOENT, "/q: no such queue",
               [] { static_cast<void>(mq::Queue::open("q", mq::Access::read)); });
  EXPECT_FALSE(exists("/q"));
}

TEST_F(MqQueue, OpenDeniedSaysWhoMay) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const Fd secret = test::make_queue("/secret", 1, 1, 0600);
  const Fd letterbox = test::make_queue("/letterbox", 1, 1, 0622);
  EXPECT_TRUE(holds_as_fresh_user([] {
    const auto open = [](std::string_view name, mq::Access access) {
      static_cast<void>(mq::Queue::open(name, access));
    };
    expect_error(Exit::failed, EACCES, "permission to send denied", [&] { open("secret", mq::Access::write); });
    expect_error(Exit::failed, EACCES, "permission to receive denied", [&] { open("letterbox", mq::Access::read); });
    expect_error(Exit::failed, EACCES, "belongs to root and has mode 0622",
                 [&] { open("letterbox", mq::Access::read); });
    EXPECT_NO_THROW(open("letterbox", mq::Access::write));
  }));
}

TEST_F(MqQueue, BlockingCanBeChanged) {
  const Fd peer = test::make_queue("/q");
  mq::Queue queue = mq::Queue::open("q", mq::Access::read);
  const auto is_blocking = [&queue] { return (::fcntl(queue.fd(), F_GETFL) & O_NONBLOCK) == 0; };
  EXPECT_FALSE(is_blocking());
  queue.set_blocking(false);
  EXPECT_FALSE(is_blocking());
  queue.set_blocking(true);
  EXPECT_TRUE(is_blocking());
  queue.set_blocking(true);
  EXPECT_TRUE(is_blocking());
  queue.set_blocking(false);
  EXPECT_FALSE(is_blocking());
}

TEST_F(MqQueue, DifferencesAreNamed) {
  const Fd peer = test::make_queue("/q", 4, 64, 0640);
  const mq::QueueObject queue = mq::inspect("q", Holders::skip);
  EXPECT_EQ(mq::differences(queue, {}), "");
  const Owner self{.user = ::geteuid(), .group = ::getegid()};
  EXPECT_EQ(mq::differences(queue, {.max_messages = 4, .message_size = 64, .mode = Mode{0640}, .owner = self}), "");
  EXPECT_EQ(mq::differences(queue, {.max_messages = 5, .message_size = {}, .mode = {}, .owner = {}}),
            "--max-messages is 4, not 5");
  EXPECT_EQ(mq::differences(queue, {.max_messages = 4, .message_size = 65, .mode = Mode{0600}, .owner = {}}),
            "--message-size is 64, not 65, --mode is 0640, not 0600");
  const std::string owner = mq::differences(
      queue, {.max_messages = {}, .message_size = {}, .mode = {}, .owner = {.user = 1999900001, .group = {}}});
  EXPECT_TRUE(owner.starts_with("owner is ") && owner.ends_with(", not 1999900001")) << owner;
  const std::string group = mq::differences(
      queue, {.max_messages = {}, .message_size = {}, .mode = {}, .owner = {.user = {}, .group = 1999900001}});
  EXPECT_TRUE(group.starts_with("group is ") && group.ends_with(", not 1999900001")) << group;
}

TEST_F(MqQueue, DifferencesThatCannotBeSeenAreRefused) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const Fd peer = test::make_queue("/q", 4, 64, 0600);
  EXPECT_TRUE(holds_as_fresh_user([] {
    const mq::QueueObject queue = mq::inspect("q", Holders::skip);
    EXPECT_EQ(mq::differences(queue, {}), "");
    expect_error(Exit::failed, EACCES, "permission to look at its attributes denied", [&queue] {
      static_cast<void>(mq::differences(queue, {.max_messages = 4, .message_size = {}, .mode = {}, .owner = {}}));
    });
  }));
}

TEST_F(MqQueue, Removes) {
  const Fd peer = test::make_queue("/q");
  mq::remove("q");
  EXPECT_FALSE(exists("/q"));
  expect_error(Exit::missing, ENOENT, "/q: no such queue", [] { mq::remove("/q"); });
  EXPECT_THROW(mq::remove("a/b"), UsageError);
}

TEST_F(MqQueue, OnlyTheOwnerRemoves) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const Fd peer = test::make_queue("/q", 1, 1, 0666);
  EXPECT_TRUE(holds_as_fresh_user(
      [] { expect_error(Exit::failed, EACCES, "only its owner or root", [] { mq::remove("q"); }); }));
  EXPECT_TRUE(exists("/q"));
}

}  // namespace
}  // namespace ipctl
