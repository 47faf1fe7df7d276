// shm: what is listed of /dev/shm, who holds it, and what was removed from it. The peer is the plain API.
#include <sys/socket.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include <algorithm>

#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using shm::Kind;
using test::expect_error;
using test::make_memory;

class ShmList : public test::PrivateShm {};
class ShmDeleted : public test::PrivateShm {};

std::vector<std::string> names_of(const std::vector<shm::MemoryObject>& objects) {
  std::vector<std::string> names;
  for (const auto& object : objects) names.push_back(object.name);
  return names;
}

shm::MemoryObject inspect(const std::string& reference, Holders holders = Holders::skip) {
  return shm::inspect(shm::Directory{}, shm::parse_reference(reference), holders);
}

Kind kind_of(const std::string& file) {
  struct stat status {};
  EXPECT_EQ(::lstat(("/dev/shm/" + file).c_str(), &status), 0) << file;
  return shm::kind_of(shm::Directory{}, file, status);
}

void make_socket(const std::string& path) {
  const Fd socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

Usage without_holders() {
  const ScanReport report = scan_descriptors([](std::string_view) { return false; }, [](const Descriptor&) {});
  return report.complete() ? Usage::unused : Usage::unknown;
}

TEST_F(ShmList, KindsByType) {
  ASSERT_EQ(::mkdir("/dev/shm/directory", 0700), 0);
  ASSERT_EQ(::symlink("x", "/dev/shm/symlink"), 0);
  ASSERT_EQ(::mkfifo("/dev/shm/fifo", 0600), 0);
  make_socket("/dev/shm/socket");
  make_memory("/x");
  EXPECT_EQ(kind_of("directory"), Kind::directory);
  EXPECT_EQ(kind_of("symlink"), Kind::symlink);
  EXPECT_EQ(kind_of("fifo"), Kind::fifo);
  EXPECT_EQ(kind_of("socket"), Kind::socket);
  EXPECT_EQ(kind_of("x"), Kind::memory);
  if (::mknod("/dev/shm/device", S_IFCHR | 0600, makedev(1, 3)) == 0) {
    EXPECT_EQ(kind_of("device"), Kind::device);
  }
}

TEST_F(ShmList, KindTexts) {
  std::string all;
  for (const Kind kind :
       {Kind::memory, Kind::semaphore, Kind::directory, Kind::symlink, Kind::fifo, Kind::socket, Kind::device}) {
    all.append(to_string(kind)).append(" ");
  }
  EXPECT_EQ(all, "shm sem directory symlink fifo socket device ");
}

TEST_F(ShmList, SemaphoresByNameSizeAndLayout) {
  test::make_semaphore("/s", 3);
  EXPECT_EQ(kind_of("sem.s"), Kind::semaphore);
  const std::string bytes = test::memory_text("/sem.s").value_or("");
  ASSERT_EQ(bytes.size(), 32U);
  make_memory("/s", bytes);
  make_memory("/sem.", bytes);
  make_memory("/sem.longer", bytes + "x");
  make_memory("/sem.shorter", bytes.substr(1));
  make_memory("/sem.other", std::string(32, '\x01'));
  make_memory("/sem.empty");
  for (const char* file : {"s", "sem.", "sem.longer", "sem.shorter", "sem.other", "sem.empty"}) {
    EXPECT_EQ(kind_of(file), Kind::memory) << file;
  }
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    EXPECT_EQ(kind_of("sem.s"), Kind::semaphore);
    EXPECT_EQ(kind_of("sem.other"), Kind::semaphore) << "its size is all that can be told";
    EXPECT_EQ(kind_of("sem.longer"), Kind::memory);
  }));
}

TEST_F(ShmList, AllThatIsThereSorted) {
  EXPECT_TRUE(shm::list(shm::Directory{}, Holders::skip).empty());
  make_memory("/b", "text");
  make_memory("/a\n\xff");
  make_memory("/-x");
  ASSERT_EQ(::mkdir("/dev/shm/d", 0700), 0);
  test::make_semaphore("/s");
  const auto objects = shm::list(shm::Directory{}, Holders::skip);
  EXPECT_EQ(names_of(objects), (std::vector<std::string>{"/-x", "/a\n\xff", "/b", "/d", "/sem.s"}));
  EXPECT_EQ(objects[3].kind, Kind::directory);
  EXPECT_EQ(objects[4].kind, Kind::semaphore);
  for (const auto& object : objects) {
    EXPECT_EQ(object.mechanism, "shm");
    EXPECT_EQ(object.usage, Usage::unknown);
    EXPECT_TRUE(object.linked);
  }
  EXPECT_EQ(shm::names(), (std::vector<std::string>{"/-x", "/a\n\xff", "/b"}));
}

TEST_F(ShmList, WhatVanishesMeanwhileIsLeftOut) {
  const pid_t churn = test::start([] {
    for (int i = 0; i < 3000; ++i) {
      const std::string name = "/churn" + std::to_string(i % 7);
      Fd{::shm_open(name.c_str(), O_CREAT | O_RDWR, 0600)};
      ::shm_unlink(name.c_str());
    }
    return 0;
  });
  int status = 0;
  while (::waitpid(churn, &status, WNOHANG) == 0) {
    for (const auto& object : shm::list(shm::Directory{}, Holders::skip))
      EXPECT_TRUE(object.name.starts_with("/churn"));
  }
  EXPECT_EQ(status, 0);
}

TEST_F(ShmList, InspectTellsAllAboutOne) {
  make_memory("/x", std::string(5000, 'x'), 0640);
  const auto object = inspect("x");
  EXPECT_EQ(object.name, "/x");
  EXPECT_EQ(object.kind, Kind::memory);
  EXPECT_EQ(object.size, 5000U);
  EXPECT_EQ(object.used, 8192U);
  EXPECT_EQ(object.mode, 0640U);
  EXPECT_EQ(object.uid, ::geteuid());
  EXPECT_TRUE(object.linked);
  EXPECT_TRUE(object.modified && object.accessed && object.changed && object.inode && object.device);
  expect_error(Exit::missing, ENOENT, "/y: no such object (ipctl shm ls lists them)",
               [] { static_cast<void>(inspect("y")); });
  expect_error(Exit::missing, ENOENT, "fd:987", [] { static_cast<void>(inspect("fd:987")); });
}

TEST_F(ShmList, InspectFollowsNoLink) {
  make_memory("/x", "text");
  ASSERT_EQ(::symlink("x", "/dev/shm/l"), 0);
  EXPECT_EQ(inspect("l").kind, Kind::symlink);
}

TEST_F(ShmList, InspectOfADescriptor) {
  const Fd peer = make_memory("/x", "text");
  const std::string name = "fd:" + std::to_string(peer.get());
  EXPECT_TRUE(inspect(name).linked);
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const auto object = inspect(name, Holders::find);
  EXPECT_EQ(object.name, name);
  EXPECT_EQ(object.size, 4U);
  EXPECT_FALSE(object.linked);
  ASSERT_EQ(object.holders.size(), 1U) << "not the descriptor that the look itself needed";
  EXPECT_EQ(object.holders[0].fd, peer.get());
}

TEST_F(ShmList, InspectOfAMemoryFileFindsWhoHasItOpen) {
  const Fd memory{::memfd_create("shm_directory_test", MFD_CLOEXEC)};
  const test::Companion other{[] { return true; }};
  const auto object = inspect(std::to_string(other.pid()) + ":" + std::to_string(memory.get()), Holders::find);
  EXPECT_EQ(object.usage, Usage::used);
  EXPECT_EQ(object.holders.size(), 2U);
}

TEST_F(ShmList, HoldersByDescriptorAndByMapping) {
  Fd peer = make_memory("/x", std::string(4096, 'x'));
  make_memory("/nobodys");
  const test::Companion mapper{[&peer] {
    const void* const memory = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, peer.get(), 0);
    peer.reset();
    return memory != MAP_FAILED;
  }};
  auto objects = shm::list(shm::Directory{}, Holders::find);
  ASSERT_EQ(objects.size(), 2U);
  EXPECT_EQ(objects[0].usage, without_holders());
  EXPECT_TRUE(objects[0].holders.empty());
  auto& holders = objects[1].holders;
  ASSERT_EQ(holders.size(), 2U);
  std::sort(holders.begin(), holders.end(), [](const Holder& a, const Holder& b) { return a.fd < b.fd; });
  EXPECT_TRUE(holders[0].is_mapping());
  EXPECT_EQ(holders[0].pid, mapper.pid());
  EXPECT_EQ(holders[0].direction, Direction::both);
  EXPECT_EQ(holders[1].fd, peer.get());
  EXPECT_EQ(holders[1].pid, ::getpid());
  EXPECT_EQ(objects[1].usage, Usage::used);
}

TEST_F(ShmList, APrivateMappingHoldsToo) {
  Fd peer = make_memory("/x", std::string(4096, 'x'));
  const Mapping mapping{peer.get(), 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, "/x"};
  peer.reset();
  const auto object = inspect("x", Holders::find);
  ASSERT_EQ(object.holders.size(), 1U);
  EXPECT_TRUE(object.holders[0].is_mapping());
  EXPECT_EQ(object.holders[0].direction, Direction::read);
}

TEST_F(ShmList, OfAnotherMountNamespace) {
  make_memory("/ours");
  const test::Companion other{[] {
    if (::unshare(CLONE_NEWNS) != 0 || !mount_shm()) return false;
    static const Fd held = make_memory("/memfd:theirs", "text");
    return static_cast<bool>(held);
  }};
  for (const std::string& where : {std::to_string(other.pid()), "/proc/" + std::to_string(other.pid()) + "/ns/mnt"}) {
    const auto objects = shm::list(shm::Directory{where}, Holders::find);
    EXPECT_EQ(names_of(objects), (std::vector<std::string>{"/memfd:theirs"}));
    ASSERT_EQ(objects.at(0).holders.size(), 1U);
    EXPECT_EQ(objects[0].holders[0].pid, other.pid());
  }
}

TEST_F(ShmDeleted, NothingWasRemoved) {
  const Fd peer = make_memory("/x", "text");
  const Mapping mapping{peer.get(), 1, PROT_READ, MAP_SHARED, "/x"};
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty());
}

TEST_F(ShmDeleted, ByDescriptor) {
  const Fd peer = make_memory("/x", "text", 0640);
  ASSERT_EQ(::shm_unlink("/x"), 0);
  make_memory("/x", "another of that name");
  const auto found = shm::list_deleted(shm::Directory{}).objects;
  ASSERT_EQ(names_of(found), std::vector<std::string>{"/x"});
  EXPECT_EQ(found[0].mechanism, "shm");
  EXPECT_FALSE(found[0].linked);
  EXPECT_EQ(found[0].size, 4U);
  EXPECT_EQ(found[0].mode, 0640U);
  EXPECT_EQ(found[0].usage, Usage::used);
  ASSERT_EQ(found[0].holders.size(), 1U);
  EXPECT_EQ(found[0].holders[0].fd, peer.get());
}

TEST_F(ShmDeleted, ByMappingOnly) {
  Fd peer = make_memory("/x", std::string(8192, 'x'));
  const Mapping mapping{peer.get(), 8192, PROT_READ, MAP_SHARED, "/x"};
  peer.reset();
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const auto found = shm::list_deleted(shm::Directory{}).objects;
  ASSERT_EQ(names_of(found), std::vector<std::string>{"/x"});
  EXPECT_FALSE(found[0].linked);
  ASSERT_EQ(found[0].holders.size(), 1U);
  EXPECT_TRUE(found[0].holders[0].is_mapping());
  if (test::is_root()) {
    EXPECT_EQ(found[0].size, 8192U);
  }
}

TEST_F(ShmDeleted, OneForEachFileHoweverManyHoldIt) {
  const Fd first = make_memory("/x", "1");
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const Fd second = make_memory("/x", "22");
  const Fd again{::shm_open("/x", O_RDONLY, 0)};
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const Mapping mapping{second.get(), 1, PROT_READ, MAP_SHARED, "/x"};
  const auto found = shm::list_deleted(shm::Directory{}).objects;
  ASSERT_EQ(names_of(found), (std::vector<std::string>{"/x", "/x"}));
  EXPECT_EQ(found[0].holders.size() + found[1].holders.size(), 4U);
}

TEST_F(ShmDeleted, NamesOfAnyBytes) {
  const Fd ends = make_memory("/x (deleted)");
  const Fd newline = make_memory("/a\nb");
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty()) << "a name that looks like it";
  ASSERT_EQ(::shm_unlink("/x (deleted)"), 0);
  ASSERT_EQ(::shm_unlink("/a\nb"), 0);
  EXPECT_EQ(names_of(shm::list_deleted(shm::Directory{}).objects), (std::vector<std::string>{"/a\nb", "/x (deleted)"}));
}

TEST_F(ShmDeleted, NotWhatIsBelowADirectory) {
  ASSERT_EQ(::mkdir("/dev/shm/d", 0700), 0);
  const Fd file{::open("/dev/shm/d/file", O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  ASSERT_EQ(::ftruncate(file.get(), 4096), 0);
  const Mapping mapping{file.get(), 4096, PROT_READ, MAP_SHARED, "file"};
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty());
}

// It only looks as if it had been removed.
TEST_F(ShmDeleted, NotWhatIsBelowADirectoryUnderSuchAName) {
  ASSERT_EQ(::mkdir("/dev/shm/d", 0700), 0);
  const Fd file{::open("/dev/shm/d/file (deleted)", O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  ASSERT_TRUE(file);
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty());
}

TEST_F(ShmDeleted, SemaphoresAreTold) {
  const test::OpenSemaphore semaphore = test::make_semaphore("/s", 1);
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty()) << "its creator maps it by another name";
  ASSERT_EQ(::sem_unlink("/s"), 0);
  const auto found = shm::list_deleted(shm::Directory{}).objects;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_FALSE(found[0].linked);
}

TEST_F(ShmDeleted, OfAnotherFileSystemNot) {
  const Fd memory{::memfd_create("x", MFD_CLOEXEC)};
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("f", "text");
  const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  ASSERT_EQ(::unlink(path.c_str()), 0);
  EXPECT_TRUE(shm::list_deleted(shm::Directory{}).objects.empty());
}

}  // namespace
}  // namespace ipctl
