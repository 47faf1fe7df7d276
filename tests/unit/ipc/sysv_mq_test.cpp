// sysv_mq: queues are made, found, changed, looked at and removed. The peer is the plain API.
#include "ipc/sysv_mq.hpp"

#include <climits>

#include "ipc/sysv_mq_calls.hpp"
#include "sysv_queue.hpp"

namespace ipctl {
namespace {

using sysv_mq::Capacity;
using sysv_mq::QueueObject;
using test::expect_error;

class SysvMq : public test::PrivateIpc {};

constexpr std::string_view missing = "no such queue (ipctl sysv-mq ls lists them)";

sysv_mq::Change with_bytes(std::uint64_t bytes) {
  sysv_mq::Change change;
  change.bytes = bytes;
  return change;
}
sysv_mq::Change with_mode(unsigned bits) {
  sysv_mq::Change change;
  change.mode = Mode{bits};
  return change;
}
sysv_mq::Change with_owner(std::optional<uid_t> user, std::optional<gid_t> group) {
  sysv_mq::Change change;
  change.owner = {.user = user, .group = group};
  return change;
}

sysv::Found found(int id) {
  return {id, std::to_string(id), "as given"};
}
QueueObject look(int id) {
  return sysv_mq::inspect(found(id), Holders::skip);
}
std::size_t queues() {
  return sysv_mq::list(Holders::skip, Capacity::skip).size();
}

TEST_F(SysvMq, CreatesWithExactlyTheModeAskedFor) {
  const mode_t former = ::umask(077);
  for (const unsigned mode : {0600U, 0U, 0777U, 0242U}) {
    const int id = sysv_mq::create(IPC_PRIVATE, with_mode(mode));
    EXPECT_EQ(look(id).mode, mode);
  }
  EXPECT_EQ(look(sysv_mq::create(IPC_PRIVATE, {})).mode, 0600U);
  ::umask(former);
}

TEST_F(SysvMq, CreatesWithASize) {
  const int id = sysv_mq::create(0x2a, with_bytes(100));
  EXPECT_EQ(test::status_of(found(id)).msg_qbytes, 100U);
  EXPECT_EQ(look(id).mode, 0600U);
  sysv_mq::Change all = with_bytes(50);
  all.mode = Mode{0640};
  const int other = sysv_mq::create(IPC_PRIVATE, all);
  EXPECT_EQ(look(other).capacity, 50U);
  EXPECT_EQ(look(other).mode, 0640U);
}

TEST_F(SysvMq, CreatesForAnotherOwner) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to give a queue away";
  const QueueObject given = look(sysv_mq::create(0x2a, with_owner(65534, 65533)));
  EXPECT_EQ(given.uid, 65534U);
  EXPECT_EQ(given.gid, 65533U);
  EXPECT_EQ(given.creator, 0U);
  EXPECT_EQ(given.mode, 0600U);
}

TEST_F(SysvMq, CreatesNoneThatExists) {
  const int id = sysv_mq::create(0x2a, {});
  expect_error(Exit::exists, EEXIST, "0x0000002a: a queue with this key exists already (--if-missing accepts it)",
               [] { static_cast<void>(sysv_mq::create(0x2a, {})); });
  EXPECT_NE(sysv_mq::create(IPC_PRIVATE, {}), sysv_mq::create(IPC_PRIVATE, {}));
  EXPECT_EQ(queues(), 3U);
  EXPECT_EQ(::msgget(0x2a, 0), id);
}

TEST_F(SysvMq, WhatCannotHaveWhatWasAskedForIsRemovedAgain) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    const auto most = static_cast<std::uint64_t>(sysv_mq::limits().msgmnb);
    EXPECT_EQ(look(sysv_mq::create(IPC_PRIVATE, with_bytes(most))).capacity, most);
    expect_error(Exit::failed, EPERM,
                 "0x0000002a: --bytes " + std::to_string(most + 1) +
                     " is beyond kernel.msgmnb = " + std::to_string(most) +
                     ": that needs CAP_SYS_RESOURCE, or sysctl kernel.msgmnb=" + std::to_string(most + 1),
                 [&] { static_cast<void>(sysv_mq::create(0x2a, with_bytes(most + 1))); });
    EXPECT_EQ(queues(), 1U);
  }));
}

TEST_F(SysvMq, NoMoreThanTheLimit) {
  if (!test::set_limit("msgmni", "2")) GTEST_SKIP() << "cannot set kernel.msgmni";
  for (int i = 0; i < 2; ++i) static_cast<void>(sysv_mq::create(IPC_PRIVATE, {}));
  expect_error(Exit::failed, ENOSPC, "as many queues as it may: 2 of kernel.msgmni = 2; remove some (ipctl sysv-mq ls)",
               [] { static_cast<void>(sysv_mq::create(0x2a, {})); });
}

TEST_F(SysvMq, FindsByKeyAndTakesAnIdAsItIs) {
  const int id = sysv_mq::create(0x2a, {});
  const sysv::Found by_key = sysv_mq::find(sysv::parse_selector("key:42"));
  EXPECT_EQ(by_key.id, id);
  EXPECT_EQ(by_key.name, std::to_string(id));
  EXPECT_EQ(by_key.text, "key:42");
  EXPECT_EQ(sysv_mq::find(sysv::parse_selector("12345")).id, 12345);
  EXPECT_EQ(sysv_mq::find(sysv::parse_selector("007")).name, "7");
  expect_error(Exit::missing, ENOENT, "0x2b: " + std::string(missing),
               [] { static_cast<void>(sysv_mq::find(sysv::parse_selector("0x2b"))); });
}

TEST_F(SysvMq, FindsWhatMayNotBeRead) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const int id = sysv_mq::create(0x2a, with_mode(0));
  EXPECT_TRUE(test::holds_in_child([id] {
    ASSERT_TRUE(test::become_nobody());
    EXPECT_EQ(sysv_mq::find(sysv::parse_selector("0x2a")).id, id);
  }));
}

TEST_F(SysvMq, ChangesWhatIsAskedForAlone) {
  const sysv::Found queue = test::make_sysv_queue(0640);
  sysv_mq::change(queue, with_mode(0604));
  EXPECT_EQ(look(queue.id).mode, 0604U);
  EXPECT_EQ(look(queue.id).capacity, static_cast<std::uint64_t>(sysv_mq::limits().msgmnb));
  sysv_mq::change(queue, with_bytes(77));
  EXPECT_EQ(look(queue.id).mode, 0604U);
  EXPECT_EQ(look(queue.id).capacity, 77U);
  if (::geteuid() != 0) return;
  sysv_mq::change(queue, with_owner({}, 12));
  EXPECT_EQ(look(queue.id).uid, 0U);
  EXPECT_EQ(look(queue.id).gid, 12U);
  EXPECT_EQ(look(queue.id).creator_group, ::getegid());
  EXPECT_EQ(look(queue.id).capacity, 77U);
}

TEST_F(SysvMq, OwnersChangeWhatTheyMayNotRead) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const sysv::Found queue = test::make_sysv_queue(0);
  sysv_mq::change(queue, with_bytes(77));
  sysv_mq::change(queue, with_owner(65534, 65534));
  EXPECT_TRUE(test::holds_in_child([&queue] {
    ASSERT_TRUE(test::become_nobody());
    sysv_mq::change(queue, with_mode(0200));
    EXPECT_EQ(look(queue.id).mode, 0200U);
    EXPECT_EQ(look(queue.id).capacity, 77U);
    EXPECT_EQ(look(queue.id).uid, 65534U);
  }));
}

TEST_F(SysvMq, ChangesNothingOfOthers) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  constexpr std::string_view denied = "permission denied: only its owner, its creator or root may do that";
  for (const mode_t mode : {0666U, 0U}) {
    const sysv::Found queue = test::make_sysv_queue(mode);
    EXPECT_TRUE(test::holds_in_child([&] {
      ASSERT_TRUE(test::become_nobody());
      for (const sysv_mq::Change& change : {with_mode(0777), with_bytes(1), with_owner(65534, {})}) {
        expect_error(Exit::failed, EPERM, denied, [&] { sysv_mq::change(queue, change); });
      }
      expect_error(Exit::failed, EPERM, denied, [&] { sysv_mq::remove(queue); });
    }));
    EXPECT_EQ(look(queue.id).mode, mode);
  }
}

TEST_F(SysvMq, WhatIsGoneIsMissing) {
  sysv::Found queue = test::make_sysv_queue();
  queue.text = "0x2a";
  sysv_mq::remove(queue);
  EXPECT_EQ(queues(), 0U);
  const std::string words = "0x2a: " + std::string(missing);
  expect_error(Exit::missing, 0, words, [&] { sysv_mq::remove(queue); });
  expect_error(Exit::missing, 0, words, [&] { sysv_mq::change(queue, with_mode(0600)); });
  expect_error(Exit::missing, 0, words, [&] { static_cast<void>(sysv_mq::inspect(queue, Holders::find)); });
  EXPECT_FALSE(sysv_mq::stat_any(queue.id));
  // Another one has its place in the kernel's table, and another id.
  static_cast<void>(test::make_sysv_queue());
  expect_error(Exit::missing, 0, words, [&] { static_cast<void>(sysv_mq::inspect(queue, Holders::skip)); });
  EXPECT_FALSE(sysv_mq::stat_any(queue.id));
  expect_error(Exit::missing, 0, words, [] {
    static_cast<void>(sysv_mq::inspect({INT_MAX, "", "0x2a"}, Holders::skip));
  });
}

TEST_F(SysvMq, InspectTellsAll) {
  const int id = sysv_mq::create(-5, with_bytes(1000));
  const sysv::Found queue = found(id);
  const QueueObject fresh = look(id);
  EXPECT_EQ(fresh.mechanism, "sysv-mq");
  EXPECT_EQ(fresh.name, std::to_string(id));
  EXPECT_EQ(fresh.id, id);
  EXPECT_EQ(fresh.key, -5);
  EXPECT_EQ(fresh.uid, ::geteuid());
  EXPECT_EQ(fresh.gid, ::getegid());
  EXPECT_EQ(fresh.creator, ::geteuid());
  EXPECT_EQ(fresh.messages, 0U);
  EXPECT_EQ(fresh.bytes, 0U);
  EXPECT_EQ(fresh.capacity, 1000U);
  EXPECT_EQ(fresh.last_sender, 0) << "nobody yet";
  EXPECT_EQ(fresh.last_receiver, 0);
  EXPECT_FALSE(fresh.sent || fresh.received);
  ASSERT_TRUE(fresh.changed);
  EXPECT_LE(std::abs(fresh.changed->tv_sec - ::time(nullptr)), 5);

  ASSERT_TRUE(test::put(queue, 1, "four") && test::put(queue, 2, "") && test::put(queue, 3, "five5"));
  const pid_t receiver = test::start([&queue] { return test::take(queue) ? 0 : 1; });
  EXPECT_EQ(test::wait_status(receiver), 0);
  const QueueObject used = look(id);
  EXPECT_EQ(used.messages, 2U);
  EXPECT_EQ(used.bytes, 5U);
  EXPECT_EQ(used.last_sender, ::getpid());
  ASSERT_TRUE(used.sent && used.received);
  EXPECT_LE(std::abs(used.sent->tv_sec - ::time(nullptr)), 5);
}

TEST_F(SysvMq, InspectTellsTheSameOfWhatMayNotBeRead) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  const int id = sysv_mq::create(0x2a, with_bytes(1000));
  ASSERT_TRUE(test::put(found(id), 1, "four"));
  sysv_mq::change(found(id), with_mode(0));
  EXPECT_TRUE(test::holds_in_child([id] {
    ASSERT_TRUE(test::become_nobody());
    const QueueObject seen = look(id);
    EXPECT_EQ(seen.key, 0x2a);
    EXPECT_EQ(seen.uid, 0U);
    EXPECT_EQ(seen.mode, 0U);
    EXPECT_EQ(seen.messages, 1U);
    EXPECT_EQ(seen.bytes, 4U);
    EXPECT_EQ(seen.capacity, 1000U);
    for (const Capacity capacity : {Capacity::skip, Capacity::find}) {
      const auto all = sysv_mq::list(Holders::skip, capacity);
      ASSERT_EQ(all.size(), 1U);
      EXPECT_EQ(all[0].id, id);
      EXPECT_EQ(all[0].capacity, capacity == Capacity::find ? std::optional<std::uint64_t>{1000} : std::nullopt);
    }
  }));
}

TEST_F(SysvMq, ListSaysWhatInspectSays) {
  EXPECT_TRUE(sysv_mq::list(Holders::find, Capacity::find).empty());
  std::vector<int> ids;
  for (int i = 0; i < 40; ++i) {
    const int id = sysv_mq::create(i % 3 == 0 ? IPC_PRIVATE : -i, with_bytes(100 + static_cast<unsigned>(i)));
    for (int j = 0; j < i % 4; ++j)
      ASSERT_TRUE(test::put(found(id), 1 + j, std::string(static_cast<unsigned>(j), 'x')));
    if (i % 5 == 0) {
      sysv_mq::remove(found(id));
    } else {
      ids.push_back(id);
    }
  }
  const auto listed = sysv_mq::list(Holders::skip, Capacity::find);
  ASSERT_EQ(listed.size(), ids.size());
  for (const QueueObject& one : listed) {
    const QueueObject other = look(one.id);
    EXPECT_EQ(one.mechanism, "sysv-mq");
    EXPECT_EQ(one.name, other.name);
    EXPECT_EQ(one.key, other.key);
    EXPECT_EQ(one.mode, other.mode);
    EXPECT_EQ(one.uid, other.uid);
    EXPECT_EQ(one.gid, other.gid);
    EXPECT_EQ(one.creator, other.creator);
    EXPECT_EQ(one.creator_group, other.creator_group);
    EXPECT_EQ(one.messages, other.messages);
    EXPECT_EQ(one.bytes, other.bytes);
    EXPECT_EQ(one.capacity, other.capacity);
    EXPECT_EQ(one.last_sender, other.last_sender);
    EXPECT_EQ(one.last_receiver, other.last_receiver);
    EXPECT_EQ(one.sent.has_value(), other.sent.has_value());
    EXPECT_EQ(one.changed->tv_sec, other.changed->tv_sec);
  }
  for (const QueueObject& one : sysv_mq::list(Holders::skip, Capacity::skip)) EXPECT_EQ(one.capacity, std::nullopt);
  EXPECT_EQ(sysv_mq::queues_in_use(), static_cast<int>(ids.size()));
}

/// Who waits in `queue`, once somebody does.
std::vector<Waiter> waiters(const sysv::Found& queue) {
  QueueObject object;
  for (int i = 0; i < 2000 && object.waiters.empty(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
    object = sysv_mq::inspect(queue, Holders::find);
    EXPECT_EQ(object.usage, object.waiters.empty() ? Usage::unknown : Usage::used);
  }
  return object.waiters;
}

TEST_F(SysvMq, TellsWhoWaitsForWhat) {
  struct Case {
    long type;
    int flags;
    std::string wants;
  };
  for (const Case& each : {Case{0, 0, "any type"},
                           {5, 0, "type 5"},
                           {LONG_MAX, 0, "type 9223372036854775807"},
                           {-9, 0, "types 1 to 9"},
                           {LONG_MIN, 0, "types 1 to 9223372036854775808"},
                           {3, MSG_EXCEPT, "not type 3"},
                           {0, MSG_EXCEPT, "any type"}}) {
    const sysv::Found queue = test::make_sysv_queue();
    const pid_t pid = test::start([&] {
      char bytes[16];
      return ::msgrcv(queue.id, bytes, 8, each.type, each.flags) < 0 && errno == EIDRM ? 0 : 1;
    });
    const auto found = waiters(queue);
    ASSERT_EQ(found.size(), 1U) << each.wants;
    EXPECT_EQ(found[0].pid, pid);
    EXPECT_EQ(found[0].thread, pid);
    EXPECT_EQ(found[0].command, command_of(::getpid()));
    EXPECT_EQ(found[0].call, "msgrcv");
    EXPECT_EQ(found[0].wants, each.wants);
    sysv_mq::remove(queue);
    EXPECT_EQ(test::wait_status(pid), 0);
  }
}

TEST_F(SysvMq, TellsWhoWaitsForRoom) {
  const sysv::Found queue = test::make_sysv_queue();
  const sysv::Found other = test::make_sysv_queue();
  test::set_capacity(queue, 10);
  ASSERT_TRUE(test::put(queue, 1, "0123456789"));
  const pid_t pid = test::start([&queue] {
    const char bytes[16] = {1};
    return ::msgsnd(queue.id, bytes, 7, 0) < 0 && errno == EIDRM ? 0 : 1;
  });
  const auto found = waiters(queue);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].call, "msgsnd");
  EXPECT_EQ(found[0].wants, "room for 7 bytes");
  for (const QueueObject& one : sysv_mq::list(Holders::find, Capacity::skip)) {
    EXPECT_EQ(one.waiters.size(), one.id == queue.id ? 1U : 0U) << "the other is not waited for";
  }
  sysv_mq::remove(queue);
  EXPECT_EQ(test::wait_status(pid), 0);
}

// The same id may be another queue's in another namespace.
TEST_F(SysvMq, WhoWaitsInAnotherNamespaceIsNotMeant) {
  const sysv::Found queue = test::make_sysv_queue();
  test::Pipe ready = test::make_pipe();
  const pid_t pid = test::start([&] {
    if (::unshare(CLONE_NEWIPC) != 0) return 77;
    const int id = ::msgget(IPC_PRIVATE, 0600);
    if (::write(ready.writer.get(), &id, sizeof id) != sizeof id) return 1;
    char bytes[16];
    return ::msgrcv(id, bytes, 8, 0, 0) < 0 ? 2 : 3;
  });
  int id = -1;
  ASSERT_EQ(::read(ready.reader.get(), &id, sizeof id), static_cast<ssize_t>(sizeof id));
  EXPECT_EQ(id, queue.id);
  bool is_blocked = false;
  for (int i = 0; i < 2000 && !is_blocked; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
    static_cast<void>(scan_blocked_calls([&](pid_t one, pid_t, const BlockedCall& call) {
      if (one == pid && call.arguments[0] == static_cast<std::uint64_t>(id)) is_blocked = true;
    }));
  }
  EXPECT_TRUE(is_blocked);
  EXPECT_TRUE(sysv_mq::inspect(queue, Holders::find).waiters.empty());
  ::kill(pid, SIGKILL);
  test::wait_status(pid);
}

TEST_F(SysvMq, DifferencesInWords) {
  const int id = sysv_mq::create(0x2a, with_bytes(100));
  const QueueObject object = look(id);
  EXPECT_EQ(sysv_mq::differences(object, {}), "");
  EXPECT_EQ(sysv_mq::differences(object, with_bytes(100)), "");
  EXPECT_EQ(sysv_mq::differences(object, with_bytes(99)), "--bytes is 100, not 99");
  sysv_mq::Change wanted = with_bytes(99);
  wanted.mode = Mode{0640};
  const std::string both = sysv_mq::differences(object, wanted);
  EXPECT_TRUE(both.starts_with("--bytes is 100, not 99, ")) << both;
  EXPECT_NE(both.find("0600"), std::string::npos) << both;
  EXPECT_FALSE(sysv_mq::differences(object, with_mode(0640)).starts_with(","));
  EXPECT_NE(sysv_mq::differences(object, with_owner(4711, {})), "");
  QueueObject unknown = object;
  unknown.capacity.reset();
  EXPECT_EQ(sysv_mq::differences(unknown, with_bytes(100)), "--bytes is unknown, not 100");
}

}  // namespace
}  // namespace ipctl
