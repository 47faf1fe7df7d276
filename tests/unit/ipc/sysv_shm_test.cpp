// sysv_shm: segments made, used, listed and removed; what one of them tells. The peer is the plain API.
#include "ipc/sysv_shm.hpp"

#include <sys/shm.h>

#include <algorithm>
#include <array>

#include "ipc/changes.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using sysv_shm::Access;
using sysv_shm::Segment;
using sysv_shm::SegmentObject;
using test::expect_error;

class SysvShm : public test::PrivateIpc {};

constexpr std::string_view missing = "no such segment (ipctl sysv-shm ls lists them)";

std::optional<SegmentObject> parse(std::string_view line) {
  std::array<std::int64_t, 20> row{};
  return sysv_shm::from_row(sysv::Row{row}.first(sysv::parse_row(line, row)));
}

sysv::Found found(int id) {
  return {id, std::to_string(id), std::to_string(id)};
}

int make(key_t key = IPC_PRIVATE, std::size_t size = 4096, int mode = 0600) {
  const int id = ::shmget(key, size, IPC_CREAT | IPC_EXCL | mode);
  EXPECT_GE(id, 0) << std::strerror(errno);
  return id;
}

shmid_ds status(int id) {
  shmid_ds out{};
  EXPECT_EQ(::shmctl(id, IPC_STAT, &out), 0) << std::strerror(errno);
  return out;
}

sysv_shm::Creation wanted(std::uint64_t size, std::optional<Mode> mode = std::nullopt, const Owner& owner = {}) {
  return {.size = size, .huge = false, .no_reserve = false, .attributes = {mode, owner}};
}

/// Attached through the plain API.
class Peer {
 public:
  explicit Peer(int id) : address_(static_cast<char*>(::shmat(id, nullptr, 0))) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer() { ::shmdt(address_); }
  [[nodiscard]] char* data() const { return address_; }

 private:
  char* address_;
};

TEST(SysvShmRow, AllOfALine) {
  const auto object = parse(
      "        42      32769  3640                  5000   123   124      2  1000  1001     1     2 1700000001 "
      "1700000002 1700000003                  8192                     4096");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->mechanism, "sysv-shm");
  EXPECT_EQ(object->name, "32769");
  EXPECT_EQ(object->id, 32769);
  EXPECT_EQ(object->key, 42);
  EXPECT_EQ(object->mode, 0640U);
  EXPECT_TRUE(object->removed);
  EXPECT_TRUE(object->locked);
  EXPECT_EQ(object->size, 5000U);
  EXPECT_EQ(object->creator_pid, 123);
  EXPECT_EQ(object->last_pid, 124);
  EXPECT_EQ(object->attached, 2U);
  EXPECT_EQ(object->usage, Usage::used);
  EXPECT_EQ(object->uid, 1000U);
  EXPECT_EQ(object->gid, 1001U);
  EXPECT_EQ(object->creator, 1U);
  EXPECT_EQ(object->creator_group, 2U);
  EXPECT_EQ(object->attached_at->tv_sec, 1700000001);
  EXPECT_EQ(object->detached_at->tv_sec, 1700000002);
  EXPECT_EQ(object->changed->tv_sec, 1700000003);
  EXPECT_EQ(object->rss, 8192U);
  EXPECT_EQ(object->swap, 4096U);
}

TEST(SysvShmRow, NeverUsed) {
  const auto object = parse("-1 0 600 18446744073692774399 0 0 0 0 0 0 0 0 0 7 0 0");
  ASSERT_TRUE(object);
  EXPECT_EQ(object->key, -1);
  EXPECT_EQ(object->size, 18446744073692774399U);
  EXPECT_FALSE(object->removed);
  EXPECT_FALSE(object->locked);
  EXPECT_EQ(object->usage, Usage::unused);
  EXPECT_EQ(object->creator_pid, std::nullopt);  // somebody whom we cannot see
  EXPECT_EQ(object->last_pid, 0);                // nobody
  EXPECT_FALSE(object->attached_at);
  EXPECT_FALSE(object->detached_at);
  EXPECT_TRUE(object->changed);
}

TEST(SysvShmRow, UsedBySomebodyWhoIsNotVisible) {
  EXPECT_EQ(parse("1 0 600 1 0 0 1 0 0 0 0 5 0 7 0 0")->last_pid, std::nullopt);
  EXPECT_EQ(parse("1 0 600 1 0 0 0 0 0 0 0 0 5 7 0 0")->last_pid, std::nullopt);
}

// As the kernel counts a segment of huge pages.
TEST(SysvShmRow, MoreInMemoryThanItHas) {
  EXPECT_EQ(parse("1 0 600 2097152 9 9 1 0 0 0 0 5 0 7 1073741824 0")->rss, std::nullopt);
  EXPECT_EQ(parse("1 0 600 5000 9 9 1 0 0 0 0 5 0 7 8192 0")->rss, 8192U);
  EXPECT_EQ(parse("1 0 600 5000 9 9 1 0 0 0 0 5 0 7 12288 0")->rss, std::nullopt);
  EXPECT_EQ(parse("1 0 600 18446744073709551615 9 9 1 0 0 0 0 5 0 7 4096 0")->rss, 4096U);
}

TEST(SysvShmRow, Garbage) {
  for (const std::string_view line :
       {"", " ", "key shmid perms size cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap", "1", "1 2 600",
        "1 0 600 1 9 9 1 0 0 0 0 5 0", "1 0 600 1 9 9 1 0 0 0 0 5 0 7 x 0", "1 0 689 1 9 9 1 0 0 0 0 5 0 7 0 0",
        "1 0 600 1 9 9 1 0 0 0 0 5 0 7 0 0 0 0 0 0 0"}) {
    EXPECT_FALSE(parse(line)) << line;
  }
  const auto old = parse("1 0 600 1 9 9 1 0 0 0 0 5 0 7");
  ASSERT_TRUE(old);
  EXPECT_EQ(old->rss, std::nullopt);
  EXPECT_EQ(old->swap, std::nullopt);
}

TEST_F(SysvShm, CreatesWhateverTheUmask) {
  const mode_t former = ::umask(0777);
  const int id = sysv_shm::create(42, wanted(5000, Mode{0666}));
  const int other = sysv_shm::create(IPC_PRIVATE, wanted(1));
  ::umask(former);
  EXPECT_EQ(status(id).shm_perm.mode, 0666U);
  EXPECT_EQ(status(id).shm_segsz, 5000U);
  EXPECT_EQ(status(id).shm_perm.__key, 42);
  EXPECT_EQ(status(other).shm_perm.mode, 0600U);
  EXPECT_NE(sysv_shm::create(IPC_PRIVATE, wanted(1)), other);
  expect_error(Exit::exists, EEXIST, "0x0000002a: a segment with this key exists already",
               [] { static_cast<void>(sysv_shm::create(42, wanted(5000))); });
}

TEST_F(SysvShm, CreatesForAnother) {
  if (!test::is_root()) GTEST_SKIP() << "needs root";
  const int id = sysv_shm::create(42, wanted(1, Mode{0640}, {.user = 65534, .group = 1}));
  EXPECT_EQ(status(id).shm_perm.uid, 65534U);
  EXPECT_EQ(status(id).shm_perm.gid, 1U);
  EXPECT_EQ(status(id).shm_perm.mode, 0640U);
}

TEST_F(SysvShm, WhatCannotBeCreated) {
  expect_error(Exit::failed, EINVAL, "private: a segment has at least 1 byte",
               [] { static_cast<void>(sysv_shm::create(IPC_PRIVATE, wanted(0))); });
  expect_error(Exit::failed, EINVAL, "are more than kernel.shmmax = ", [] {
    static_cast<void>(sysv_shm::create(IPC_PRIVATE, wanted(~std::uint64_t{0})));
  });
  EXPECT_TRUE(sysv_shm::list(Holders::skip).empty());
}

TEST_F(SysvShm, Finds) {
  const int id = make(42);
  EXPECT_EQ(sysv_shm::find(sysv::parse_selector("0x2a")).id, id);
  EXPECT_EQ(sysv_shm::find(sysv::parse_selector("key:42")).name, std::to_string(id));
  EXPECT_EQ(sysv_shm::find(sysv::parse_selector(std::to_string(id))).id, id);
  expect_error(Exit::missing, ENOENT, missing, [] { static_cast<void>(sysv_shm::find(sysv::parse_selector("0x2b"))); });
}

TEST_F(SysvShm, MissingEverywhere) {
  const sysv::Found none = found(4711);
  expect_error(Exit::missing, 0, missing, [&] { static_cast<void>(Segment::attach(none, Access::read)); });
  expect_error(Exit::missing, 0, missing, [&] { static_cast<void>(sysv_shm::inspect(none, Holders::skip)); });
  expect_error(Exit::missing, 0, missing, [&] { static_cast<void>(sysv_shm::remove(none)); });
  expect_error(Exit::missing, 0, missing, [&] { sysv_shm::change(none, {Mode{0600}, {}}); });
  expect_error(Exit::missing, 0, missing, [&] { sysv_shm::lock(none); });
  expect_error(Exit::missing, 0, missing, [&] { sysv_shm::unlock(none); });
}

TEST_F(SysvShm, ReadsAndWritesInPlace) {
  const int id = make(IPC_PRIVATE, 10);
  const Peer peer{id};
  const auto segment = Segment::attach(found(id), Access::write);
  EXPECT_EQ(segment->mechanism(), "sysv-shm");
  EXPECT_EQ(segment->name(), std::to_string(id));
  EXPECT_EQ(segment->size(), 10U);
  EXPECT_EQ(segment->write(3, "abc"), 3);
  EXPECT_EQ((std::string{peer.data(), 10}), "\0\0\0abc\0\0\0\0"s);
  std::string text(5, 'x');
  EXPECT_EQ(segment->read(7, text), 3U);
  EXPECT_EQ(text, "\0\0\0xx"s);
  EXPECT_EQ(segment->read(11, text), 0U);
  EXPECT_EQ(segment->at(4).memory->size(), 6U);
  *segment->at(4).memory->data() = 'B';
  EXPECT_EQ(peer.data()[4], 'B');
  expect_error(Exit::failed, 0, "size is fixed", [&] { segment->grow(20); });
}

TEST_F(SysvShm, DetachesInTheEnd) {
  const int id = make();
  {
    const auto segment = Segment::attach(found(id), Access::read);
    EXPECT_EQ(status(id).shm_nattch, 1U);
  }
  EXPECT_EQ(status(id).shm_nattch, 0U);
}

TEST_F(SysvShm, WhoMayAttach) {
  if (!test::is_root()) GTEST_SKIP() << "needs root";
  const int secret = make(IPC_PRIVATE, 1, 0600);
  const int readable = make(IPC_PRIVATE, 1, 0604);
  EXPECT_TRUE(test::holds_in_child([&] {
    ASSERT_TRUE(test::become_nobody());
    const auto attach = [](int id, Access access) { static_cast<void>(Segment::attach(found(id), access)); };
    expect_error(Exit::failed, EACCES, "permission to read denied: it belongs to root and has mode 0600",
                 [&] { attach(secret, Access::read); });
    expect_error(Exit::failed, EACCES, "permission to read and write denied", [&] { attach(readable, Access::write); });
    attach(readable, Access::read);
    EXPECT_EQ(sysv_shm::inspect(found(secret), Holders::skip).size, 1U);
    expect_error(Exit::failed, EPERM, "only its owner, its creator or root",
                 [&] { static_cast<void>(sysv_shm::remove(found(secret))); });
    expect_error(Exit::failed, EPERM, "only its owner, its creator or root", [&] {
      sysv_shm::change(found(secret), {Mode{0666}, {}});
    });
  }));
}

TEST_F(SysvShm, Changes) {
  const int id = make();
  sysv_shm::change(found(id), {Mode{0640}, {}});
  EXPECT_EQ(status(id).shm_perm.mode, 0640U);
  sysv_shm::lock(found(id));
  EXPECT_TRUE(sysv_shm::inspect(found(id), Holders::skip).locked);
  sysv_shm::unlock(found(id));
  EXPECT_FALSE(sysv_shm::inspect(found(id), Holders::skip).locked);
}

TEST_F(SysvShm, Differences) {
  const int id = make(IPC_PRIVATE, 100, 0640);
  const SegmentObject object = sysv_shm::inspect(found(id), Holders::skip);
  EXPECT_EQ(sysv_shm::differences(object, wanted(100)), "");
  EXPECT_EQ(sysv_shm::differences(object, wanted(100, Mode{0640})), "");
  EXPECT_EQ(sysv_shm::differences(object, wanted(200, Mode{0600})), "--size is 100, not 200, --mode is 0640, not 0600");
}

TEST_F(SysvShm, RemovesAndTellsWhoKeepsIt) {
  const int id = make(42);
  {
    const Peer peer{id};
    EXPECT_EQ(sysv_shm::remove(found(id)), 1U);
    const SegmentObject object = sysv_shm::inspect(found(id), Holders::skip);
    EXPECT_TRUE(object.removed);
    EXPECT_EQ(object.key, IPC_PRIVATE);
  }
  expect_error(Exit::missing, 0, missing, [&] { static_cast<void>(sysv_shm::remove(found(id))); });
  EXPECT_EQ(sysv_shm::remove(found(make())), 0U);
}

// The first id of a namespace is 0, and so is its inode.
TEST_F(SysvShm, HoldersOnceEach) {
  const int first = make();
  const int second = make();
  EXPECT_EQ(first, 0);
  test::Companion companion{[&] {
    return ::shmat(first, nullptr, SHM_RDONLY) != nullptr && ::shmat(first, nullptr, SHM_RDONLY) != nullptr &&
           ::shmat(second, nullptr, 0) != nullptr;
  }};
  const std::vector<SegmentObject> all = sysv_shm::list(Holders::find);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].attached, 2U);
  for (const auto& [object, direction] : {std::pair{&all[0], Direction::read}, std::pair{&all[1], Direction::both}}) {
    ASSERT_EQ(object->holders.size(), 1U);
    EXPECT_EQ(object->holders[0].pid, companion.pid());
    EXPECT_TRUE(object->holders[0].is_mapping());
    EXPECT_EQ(object->holders[0].direction, direction);
  }
  EXPECT_EQ(all[1].unseen, 0U);
}

TEST_F(SysvShm, HoldersInOtherNamespacesAreNone) {
  const int id = make();
  const Peer peer{id};
  test::Companion companion{[id] {
    if (::unshare(CLONE_NEWIPC) != 0) return false;
    return ::shmget(IPC_PRIVATE, 1, 0600) == id && ::shmat(id, nullptr, 0) != nullptr;
  }};
  const SegmentObject object = sysv_shm::inspect(found(id), Holders::find);
  EXPECT_TRUE(std::none_of(object.holders.begin(), object.holders.end(),
                           [&](const Holder& holder) { return holder.pid == companion.pid(); }));
}

TEST_F(SysvShm, ListsWhatOneMayNotRead) {
  const int first = make(42, 1, 0);
  const int second = make(43, 2, 0600);
  ASSERT_EQ(::shmctl(make(), IPC_RMID, nullptr), 0);
  EXPECT_TRUE(test::holds_in_child([&] {
    static_cast<void>(test::become_nobody());
    const std::vector<SegmentObject> all = sysv_shm::list(Holders::skip);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].id, first);
    EXPECT_EQ(all[1].id, second);
    EXPECT_EQ(all[1].size, 2U);
  }));
}

Outcome receive(Source& source, std::string& data, Duration within) {
  std::vector<char> place(source.capacity());
  Message message;
  const Outcome outcome = source.receive({.data = place}, message, {.deadline = Deadline::after(within)});
  if (outcome == Outcome::done) data = message.data;
  return outcome;
}

TEST_F(SysvShm, TellsChangesUntilItIsRemoved) {
  const int id = make(IPC_PRIVATE, 16);
  const Peer peer{id};
  for (const auto futex : {std::optional<std::uint64_t>{}, std::optional<std::uint64_t>{4}}) {
    const auto source =
        changes(Segment::attach(found(id), Access::read), {.offset = 4, .length = 4, .interval = 1ms, .futex = futex});
    EXPECT_EQ(source->mechanism(), "sysv-shm");
    std::string data;
    EXPECT_EQ(receive(*source, data, 20ms), Outcome::timed_out);
    const std::string text = futex ? "word" : "text";
    std::copy(text.begin(), text.end(), peer.data() + 4);
    EXPECT_EQ(receive(*source, data, 10s), Outcome::done);
    EXPECT_EQ(data, text);
    if (!futex) continue;
    std::thread remover = test::once_asleep([id] { EXPECT_EQ(::shmctl(id, IPC_RMID, nullptr), 0); });
    expect_error(Exit::missing, 0, "was removed", [&] { static_cast<void>(receive(*source, data, 10s)); });
    remover.join();
  }
}

TEST_F(SysvShm, OneThatWasRemovedBeforeCanBeWatched) {
  const int id = make(IPC_PRIVATE, 4);
  const Peer peer{id};
  ASSERT_EQ(::shmctl(id, IPC_RMID, nullptr), 0);
  const auto source =
      changes(Segment::attach(found(id), Access::read), {.offset = 0, .length = 4, .interval = 1ms, .futex = {}});
  peer.data()[0] = 'x';
  std::string data;
  EXPECT_EQ(receive(*source, data, 10s), Outcome::done);
  EXPECT_EQ(receive(*source, data, 20ms), Outcome::timed_out);
}

}  // namespace
}  // namespace ipctl
