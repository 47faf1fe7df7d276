// mq: what is known of queues, with and without a mounted mqueue file system. The peer is the plain API.
#include <sys/mount.h>

#include <algorithm>
#include <csignal>

#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::string_view_literals;

class MqDirectory : public test::PrivateIpc {};

bool read_status(std::string_view text, mq::QueueObject& object) {
  return mq::parse_status(text, object);
}

/// Expects an Error with these words.
template <class Action>
void expect_error(Exit status, std::string_view words, Action action) {
  try {
    action();
    ADD_FAILURE() << "did not throw: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), status) << error.what();
    EXPECT_NE(std::string_view{error.what()}.find(words), std::string_view::npos) << error.what();
  }
}

std::vector<std::string> names_of(const std::vector<mq::QueueObject>& objects) {
  std::vector<std::string> names;
  for (const mq::QueueObject& object : objects) names.push_back(object.name);
  return names;
}

sigevent signal_event(int signal) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = signal;
  return event;
}

/// A process that is registered for notification of /q.
bool register_for_q(sigevent event) {
  ::signal(SIGUSR1, SIG_IGN);
  const int queue = ::mq_open("/q", O_RDONLY);  // stays open: closing it would end the registration
  return queue >= 0 && ::mq_notify(queue, &event) == 0;
}

TEST(ParseStatus, LineOfTheKernel) {
  mq::QueueObject object;
  ASSERT_TRUE(read_status("QSIZE:129        NOTIFY:0     SIGNO:10    NOTIFY_PID:8260  \n", object));
  EXPECT_EQ(object.bytes, 129U);
  EXPECT_EQ(object.notify, "SIGEV_SIGNAL");
  EXPECT_EQ(object.notify_signal, 10);
  EXPECT_EQ(object.notify_pid, 8260);
}

TEST(ParseStatus, NobodyIsRegistered) {
  mq::QueueObject object;
  ASSERT_TRUE(read_status("QSIZE:0          NOTIFY:0     SIGNO:0     NOTIFY_PID:0     \n", object));
  EXPECT_EQ(object.bytes, 0U);
  EXPECT_EQ(object.notify, "none");
  EXPECT_EQ(object.notify_signal, std::nullopt);
  EXPECT_EQ(object.notify_pid, std::nullopt);
}

TEST(ParseStatus, OtherMethods) {
  mq::QueueObject none;
  ASSERT_TRUE(read_status("QSIZE:1 NOTIFY:1 SIGNO:0 NOTIFY_PID:7\n", none));
  EXPECT_EQ(none.notify, "SIGEV_NONE");
  EXPECT_EQ(none.notify_signal, std::nullopt);
  EXPECT_EQ(none.notify_pid, 7);
  mq::QueueObject thread;
  ASSERT_TRUE(read_status("QSIZE:1 NOTIFY:2 SIGNO:0 NOTIFY_PID:7", thread));  // without a newline
  EXPECT_EQ(thread.notify, "SIGEV_THREAD");
}

TEST(ParseStatus, RegistrantThatIsNotVisible) {
  mq::QueueObject object;
  ASSERT_TRUE(read_status("QSIZE:1 NOTIFY:0 SIGNO:12 NOTIFY_PID:0\n", object));
  EXPECT_EQ(object.notify, "SIGEV_SIGNAL");
  EXPECT_EQ(object.notify_signal, 12);
  EXPECT_EQ(object.notify_pid, 0);
}

TEST(ParseStatus, RefusesAndLeavesUnknown) {
  for (const std::string_view bad :
       {""sv, "\n"sv, "QSIZE:"sv, "QSIZE:1"sv, "QSIZE:1 NOTIFY:0 SIGNO:0"sv, "QSIZE: NOTIFY:0 SIGNO:0 NOTIFY_PID:0\n"sv,
        "QSIZE:x NOTIFY:0 SIGNO:0 NOTIFY_PID:0\n"sv, "QSIZE:-1 NOTIFY:0 SIGNO:0 NOTIFY_PID:0\n"sv,
        "QSIZE:1 NOTIFY:0 SIGNO:0 NOTIFY_PID:-1\n"sv, "QSIZE:1,NOTIFY:0,SIGNO:0,NOTIFY_PID:0\n"sv,
        " QSIZE:1 NOTIFY:0 SIGNO:0 NOTIFY_PID:0\n"sv, "QSIZE:1 SIGNO:0 NOTIFY_PID:0\n"sv,
        "QSIZE:99999999999999999999 NOTIFY:0 SIGNO:0 NOTIFY_PID:0\n"sv, "text\0QSIZE:1"sv}) {
    mq::QueueObject object;
    EXPECT_FALSE(read_status(bad, object)) << bad;
    EXPECT_EQ(object.bytes, std::nullopt) << bad;
    EXPECT_EQ(object.notify, std::nullopt) << bad;
  }
}

TEST_F(MqDirectory, InspectTellsAll) {
  const Fd peer = test::make_queue("/q", 4, 64, 0640);
  ASSERT_TRUE(test::put(peer, "four") && test::put(peer, "") && test::put(peer, "seven77"));
  struct stat status {};
  ASSERT_EQ(::fstat(peer.get(), &status), 0);
  const mq::QueueObject object = mq::inspect("q", Holders::skip);
  EXPECT_EQ(object.mechanism, "mq");
  EXPECT_EQ(object.name, "/q");
  EXPECT_EQ(object.messages, 3U);
  EXPECT_EQ(object.capacity, 4U);
  EXPECT_EQ(object.message_size, 64U);
  EXPECT_EQ(object.bytes, 11U);
  EXPECT_EQ(object.notify, "none");
  EXPECT_EQ(object.uid, status.st_uid);
  EXPECT_EQ(object.gid, status.st_gid);
  EXPECT_EQ(object.mode, 0640U);
  EXPECT_EQ(object.device, status.st_dev);
  EXPECT_EQ(object.inode, status.st_ino);
  ASSERT_TRUE(object.modified);
  EXPECT_EQ(object.modified->tv_sec, status.st_mtim.tv_sec);
  EXPECT_TRUE(object.holders.empty());
  EXPECT_EQ(object.usage, Usage::unknown);  // nobody looked
  EXPECT_EQ(test::take_all(peer).size(), 3U);
}

TEST_F(MqDirectory, InspectMissing) {
  expect_error(Exit::missing, "/q: no such queue", [] { static_cast<void>(mq::inspect("q", Holders::find)); });
  EXPECT_THROW(static_cast<void>(mq::inspect("a/b", Holders::skip)), UsageError);
}

TEST_F(MqDirectory, RegistrationIsShownAndKept) {
  const Fd peer = test::make_queue("/q");
  const test::Companion other{[] { return register_for_q(signal_event(SIGUSR1)); }};
  for (int i = 0; i < 2; ++i) {
    const mq::QueueObject object = mq::inspect("q", Holders::find);
    EXPECT_EQ(object.notify, "SIGEV_SIGNAL");
    EXPECT_EQ(object.notify_signal, SIGUSR1);
    EXPECT_EQ(object.notify_pid, other.pid());
  }
  const std::string wanted = "NOTIFY_PID:" + std::to_string(other.pid()) + ' ';
  EXPECT_NE(test::status_line("/q").find(wanted), std::string::npos) << test::status_line("/q");
}

TEST_F(MqDirectory, RegistrationWithoutASignal) {
  const Fd peer = test::make_queue("/q");
  sigevent event{};
  event.sigev_notify = SIGEV_NONE;
  const test::Companion other{[event] { return register_for_q(event); }};
  const mq::QueueObject object = mq::inspect("q", Holders::skip);
  EXPECT_EQ(object.notify, "SIGEV_NONE");
  EXPECT_EQ(object.notify_signal, std::nullopt);
  EXPECT_EQ(object.notify_pid, other.pid());
}

TEST_F(MqDirectory, HoldersAndTheirDirections) {
  Fd peer = test::make_queue("/q");
  const Fd decoy = test::make_queue("/other");
  peer.reset();
  const test::Companion holder{[] {
    ::prctl(PR_SET_NAME, "holds (a) queue");
    return ::mq_open("/q", O_RDONLY) >= 0 && ::mq_open("/q", O_WRONLY) >= 0 && ::mq_open("/q", O_RDWR) >= 0;
  }};
  const mq::QueueObject object = mq::inspect("q", Holders::find);
  EXPECT_EQ(object.usage, Usage::used);
  ASSERT_EQ(object.holders.size(), 3U);
  std::vector<Direction> directions;
  for (const Holder& each : object.holders) {
    EXPECT_EQ(each.pid, holder.pid());
    EXPECT_EQ(each.command, "holds (a) queue");
    EXPECT_GE(each.fd, 0);
    ASSERT_TRUE(each.direction);
    directions.push_back(*each.direction);
  }
  EXPECT_EQ(directions, (std::vector{Direction::read, Direction::write, Direction::both}));
}

TEST_F(MqDirectory, HolderOfARemovedNamesakeIsNone) {
  Fd peer = test::make_queue("/q");
  const test::Companion holder{[] { return ::mq_open("/q", O_RDONLY) >= 0; }};
  peer.reset();
  ASSERT_EQ(::mq_unlink("/q"), 0);
  const Fd namesake = test::make_queue("/q");
  const auto holders = mq::inspect("q", Holders::find).holders;
  ASSERT_EQ(holders.size(), 1U);
  EXPECT_EQ(holders[0].pid, ::getpid());
  EXPECT_EQ(holders[0].fd, namesake.get());
}

TEST_F(MqDirectory, HolderWhoseNameReadsAsRemoved) {
  const Fd peer = test::make_queue("/q (deleted)");
  EXPECT_EQ(mq::inspect("/q (deleted)", Holders::find).holders.size(), 1U);
}

TEST_F(MqDirectory, UnusedOnlyWhereAllWasSeen) {
  Fd peer = test::make_queue("/q");
  peer.reset();
  const mq::QueueObject object = mq::inspect("q", Holders::find);
  EXPECT_TRUE(object.holders.empty());
  const bool complete = scan_descriptors([](std::string_view) { return false; }, [](const Descriptor&) {}).complete();
  EXPECT_EQ(object.usage, complete ? Usage::unused : Usage::unknown);
}

TEST_F(MqDirectory, ListIsSortedAndWhole) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to look without a mounted mqueue file system";
  EXPECT_TRUE(mq::list(Holders::find).empty());
  EXPECT_TRUE(mq::names().empty());
  const Fd b = test::make_queue("/b");
  const Fd a = test::make_queue("/a");
  const Fd odd = test::make_queue("/\xff\n$(x)");
  const auto objects = mq::list(Holders::find);
  EXPECT_EQ(names_of(objects), (std::vector<std::string>{"/a", "/b", "/\xff\n$(x)"}));
  EXPECT_EQ(mq::names(), names_of(objects));
  for (const mq::QueueObject& object : objects) {
    EXPECT_EQ(object.usage, Usage::used);
    EXPECT_EQ(object.capacity, 4U);
  }
}

TEST_F(MqDirectory, ListWhileQueuesComeAndGo) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to look without a mounted mqueue file system";
  const Fd stays = test::make_queue("/stays", 1, 1);
  const pid_t churn = test::start([] {
    mq_attr attr{};
    attr.mq_maxmsg = 1;
    attr.mq_msgsize = 1;
    for (int i = 0; i < 500; ++i) {
      const std::string name = "/churn" + std::to_string(i % 7);
      const Fd queue{::mq_open(name.c_str(), O_RDWR | O_CREAT, 0600, &attr)};
      if (!queue || ::mq_unlink(name.c_str()) != 0) return 1;
    }
    return 0;
  });
  int status = 0;
  while (::waitpid(churn, &status, WNOHANG) == 0) {
    const auto names = names_of(mq::list(Holders::skip));
    EXPECT_EQ(std::count(names.begin(), names.end(), "/stays"), 1);
  }
  EXPECT_EQ(status, 0);
}

// An ordinary user, who may not mount, sees what is mounted.
TEST_F(MqDirectory, WithoutRightsAndWithoutAMount) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to change what is mounted";
  const Fd peer = test::make_queue("/q", 4, 64, 0644);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_EQ(::unshare(CLONE_NEWNS), 0);
    ASSERT_EQ(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    while (::umount2("/dev/mqueue", MNT_DETACH) == 0) continue;
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, "no mqueue file system is mounted", [] { static_cast<void>(mq::list(Holders::skip)); });
    EXPECT_TRUE(mq::names().empty());
    EXPECT_EQ(mq::inspect("q", Holders::skip).capacity, 4U);  // by name it works
  }));
}

TEST_F(MqDirectory, WithoutRightsThroughAMountAnywhere) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to mount";
  std::array<Fd, 3> peers{test::make_queue("/open", 4, 64, 0644), test::make_queue("/letterbox", 4, 64, 0622),
                          test::make_queue("/secret", 4, 64, 0600)};
  const test::TemporaryDirectory directory;
  EXPECT_TRUE(test::holds_in_child([&peers, &directory] {
    for (Fd& peer : peers) peer.reset();
    ASSERT_EQ(::unshare(CLONE_NEWNS), 0);
    ASSERT_EQ(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    while (::umount2("/dev/mqueue", MNT_DETACH) == 0) continue;
    ASSERT_EQ(::mount("mqueue", directory.path().c_str(), "mqueue", 0, nullptr), 0);
    ASSERT_TRUE(test::become_nobody());
    const auto objects = mq::list(Holders::find);
    ASSERT_EQ(names_of(objects), (std::vector<std::string>{"/letterbox", "/open", "/secret"}));
    EXPECT_EQ(objects[0].capacity, 4U);  // writing is enough for mq_getattr(3), not for the status line
    EXPECT_EQ(objects[0].notify, std::nullopt);
    EXPECT_EQ(objects[1].notify, "none");
    EXPECT_EQ(objects[2].capacity, std::nullopt);
    EXPECT_EQ(objects[2].mode, 0600U);  // its directory entry tells
    EXPECT_EQ(objects[2].uid, 0U);
    for (const mq::QueueObject& object : objects) EXPECT_EQ(object.usage, Usage::unknown);  // root holds them
  }));
}

TEST_F(MqDirectory, MountOfAnotherNamespaceIsToldApart) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to mount";
  const Fd theirs = test::make_queue("/theirs", 4, 64, 0666);
  const test::TemporaryDirectory directory;
  EXPECT_TRUE(test::holds_in_child([&directory] {
    ASSERT_EQ(::unshare(CLONE_NEWNS), 0);
    ASSERT_EQ(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    while (::umount2("/dev/mqueue", MNT_DETACH) == 0) continue;
    ASSERT_EQ(::mount("mqueue", directory.path().c_str(), "mqueue", 0, nullptr), 0);
    ASSERT_EQ(::unshare(CLONE_NEWIPC), 0);
    EXPECT_TRUE(mq::list(Holders::skip).empty());  // root looks at the right one
    ASSERT_TRUE(test::become_nobody());
    const auto list = [] { static_cast<void>(mq::list(Holders::skip)); };
    expect_error(Exit::failed, "belongs to another IPC namespace", list);
    const Fd ours = test::make_queue("/theirs");  // the same name says nothing
    expect_error(Exit::failed, "belongs to another IPC namespace", list);
  }));
}

}  // namespace
}  // namespace ipctl
