// process: what a scan of /proc finds, what it may not see, and the parsers.
#include "os/process.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>

#include <csignal>
#include <filesystem>
#include <set>

#include "os/file.hpp"
#include "os/mapping.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

std::string unique_name() {
  return "process_test-" + std::to_string(::getpid());
}

std::string memory_target() {
  return "/memfd:" + unique_name() + " (deleted)";
}

Fd make_memory() {
  return Fd{::memfd_create(unique_name().c_str(), MFD_CLOEXEC)};
}

std::vector<Descriptor> find_memory(ScanReport* report = nullptr) {
  std::vector<Descriptor> all;
  const std::string wanted = memory_target();
  const ScanReport seen = scan_descriptors([&wanted](std::string_view target) { return target == wanted; },
                                           [&all](const Descriptor& one) { all.push_back(one); });
  if (report != nullptr) *report = seen;
  return all;
}

ScanReport scan_nothing() {
  return scan_descriptors([](std::string_view) { return false; }, [](const Descriptor&) { FAIL(); });
}

// Mounts /proc anew in a mount namespace of our own. False where that is not allowed.
bool mount_proc(const char* options) {
  return ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("proc", "/proc", "proc", 0, options) == 0;
}

constexpr int not_allowed = 77;

/// The exit status of `body`, run as process 1 of a new PID namespace: nobody else comes and goes in its /proc.
template <class Body>
int in_private_proc(Body body) {
  const int status = test::in_child([&body] {
    if (::unshare(CLONE_NEWPID) != 0) return not_allowed;
    return WEXITSTATUS(test::in_child([&body] { return mount_proc(nullptr) ? body() : not_allowed; }));
  });
  return WEXITSTATUS(status);
}

TEST(ScanDescriptors, FindsOursByDeviceAndInode) {
  const Fd first = make_memory();
  const Fd other = make_memory();  // the same text, another inode
  const Fd second{::fcntl(first.get(), F_DUPFD_CLOEXEC, 100)};
  struct stat status {};
  ASSERT_EQ(::fstat(first.get(), &status), 0);
  std::set<int> fds;
  int strangers = 0;
  ScanReport report;
  for (const Descriptor& one : find_memory(&report)) {
    EXPECT_EQ(one.pid, ::getpid());
    EXPECT_EQ(one.target, memory_target());
    if (one.device == status.st_dev && one.inode == status.st_ino) {
      fds.insert(one.fd);
    } else {
      ++strangers;
      EXPECT_EQ(one.fd, other.get());
    }
  }
  EXPECT_EQ(fds, (std::set<int>{first.get(), second.get()}));
  EXPECT_EQ(strangers, 1);
  EXPECT_GE(report.seen, 1U);
}

TEST(ScanDescriptors, FindsAnotherProcess) {
  const test::Pipe hold = test::make_pipe();
  Fd memory = make_memory();
  const pid_t pid = test::start([&hold] {
    ::close(hold.writer.get());
    char byte = 0;
    return static_cast<int>(::read(hold.reader.get(), &byte, 1));
  });
  const int fd = memory.get();
  memory.reset();
  const auto found = find_memory();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  EXPECT_EQ(found[0].fd, fd);
  ASSERT_EQ(::write(hold.writer.get(), "x", 1), 1);
  test::wait_status(pid);
  EXPECT_TRUE(find_memory().empty());
}

TEST(ScanDescriptors, DoesNotFollowThePath) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("f", "");
  const Fd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status {};
  ASSERT_EQ(::fstat(fd.get(), &status), 0);
  ASSERT_EQ(::rename(path.c_str(), (path + "2").c_str()), 0);
  ASSERT_EQ(::symlink("/dev/null", path.c_str()), 0);
  int found = 0;
  scan_descriptors([&path](std::string_view target) { return target == path + "2"; },
                   [&](const Descriptor& one) {
                     ++found;
                     EXPECT_EQ(one.device, status.st_dev);
                     EXPECT_EQ(one.inode, status.st_ino);
                   });
  EXPECT_EQ(found, 1);
}

TEST(ScanDescriptors, FindsWhatOtherThreadsHoldAfterTheFirstEnded) {
  test::Pipe ready = test::make_pipe();
  const test::Pipe hold = test::make_pipe();
  Fd memory = make_memory();
  const pid_t pid = test::start([&ready, &hold]() -> int {
    ::close(hold.writer.get());
    std::thread other{[&ready, &hold, leader = ::getpid()] {
      const std::string path = "/proc/" + std::to_string(leader) + "/stat";
      while (read_small_file(path).value_or("").find(") Z ") == std::string::npos) ::usleep(1000);
      char byte = 'x';
      if (::write(ready.writer.get(), &byte, 1) != 1 || ::read(hold.reader.get(), &byte, 1) != 1) ::_exit(1);
      ::_exit(0);
    }};
    ::syscall(SYS_exit, 0);
    return 2;
  });
  memory.reset();
  char byte = 0;
  ASSERT_EQ(::read(ready.reader.get(), &byte, 1), 1);
  const auto found = find_memory();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  ASSERT_EQ(::write(hold.writer.get(), "x", 1), 1);
  EXPECT_EQ(test::wait_status(pid), 0);
}

// As an ordinary user: we are root's, so somebody is not to be looked at; kernel threads are no such body.
TEST(ScanDescriptors, AnotherUsersProcessIsUnreadable) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  const Fd memory = make_memory();
  const pid_t holder = ::getpid();
  const int status = test::in_child([&memory, holder] {
    ::close(memory.get());
    if (!test::become_nobody()) return 2;
    ScanReport report;
    for (const Descriptor& one : find_memory(&report)) {
      if (one.pid == holder) return 3;
    }
    if (report.unreadable == 0 || report.complete()) return 4;
    return report.seen > 0 ? 0 : 5;  // at least ourselves
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ScanDescriptors, KernelThreadsAreNotUnreadable) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  if (command_of(2) != "kthreadd") GTEST_SKIP() << "no kernel threads in this process namespace";
  std::uint64_t threads = 0;  // the children of process 2
  for (const auto& entry : std::filesystem::directory_iterator{"/proc"}) {
    const auto text = read_small_file(entry.path().string() + "/stat").value_or("");
    const std::size_t end = text.rfind(')');
    if (end != std::string::npos && text.substr(end, 6).find(" 2 ") == 3) ++threads;
  }
  ASSERT_GT(threads, 1U);
  const int status = test::in_child([threads] {
    if (!test::become_nobody()) return 2;
    return scan_nothing().seen >= threads / 2 ? 0 : 1;  // some may have ended since
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ScanDescriptors, CountsEveryProcess) {
  const int status = in_private_proc([] {
    const test::Pipe hold = test::make_pipe();
    std::array<pid_t, 3> others{};
    for (pid_t& pid : others) {
      pid = test::start([&hold] {
        ::close(hold.writer.get());
        char byte = 0;
        return static_cast<int>(::read(hold.reader.get(), &byte, 1));
      });
    }
    const ScanReport report = scan_nothing();
    for (const pid_t pid : others) {
      if (::kill(pid, SIGKILL) != 0) return 1;
      test::wait_status(pid);
    }
    return report.seen == 4 && report.unreadable == 0 ? 0 : 2;
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace";
  EXPECT_EQ(status, 0);
}

TEST(ScanDescriptors, ProcessesThatComeAndGoDoNoHarm) {
  const int status = in_private_proc([] {
    const pid_t churn = test::start([] {
      for (int i = 0; i < 300; ++i) test::wait_status(test::start([] { return 0; }));
      return 0;
    });
    int churned = 0;
    while (::waitpid(churn, &churned, WNOHANG) == 0) {
      const ScanReport report = scan_nothing();
      if (report.unreadable != 0 || report.seen == 0) return 1;
    }
    return churned;
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace";
  EXPECT_EQ(status, 0);
}

// Nobody but root may open /proc/PID/fd of one that has ended, its own parent included.
TEST(ScanDescriptors, EndedProcessIsNotUnreadable) {
  const int status = in_private_proc([] {
    const int inner = test::in_child([] {
      if (!test::become_nobody()) return not_allowed;
      const pid_t zombie = test::start([] { return 0; });
      siginfo_t info{};
      if (::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT) != 0) return 2;
      const ScanReport report = scan_nothing();
      test::wait_status(zombie);
      return report.seen == 2 && report.unreadable == 1 ? 0 : 1;  // ourselves and the ended one; process 1 is root's
    });
    return WEXITSTATUS(inner);
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace, or become an ordinary user in it";
  EXPECT_EQ(status, 0);
}

TEST(ScanDescriptors, OuterNamespaceMakesItIncomplete) {
  const int status = in_private_proc([] {
    const ScanReport report = scan_nothing();
    if (report.seen != 1 || report.unreadable != 0) return 2;
    return report.hidden && !report.complete() ? 0 : 1;
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace";
  EXPECT_EQ(status, 0);
}

TEST(ScanDescriptors, ProcessesThatProcHidesMakeItIncomplete) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to mount /proc";
  for (const char* options : {"hidepid=2", "hidepid=4"}) {
    const int status = test::in_child([options] {
      if (!mount_proc(options)) return not_allowed;
      if (!test::become_nobody()) return 2;
      const ScanReport report = scan_nothing();
      return report.hidden && !report.complete() ? 0 : 1;
    });
    if (WEXITSTATUS(status) == not_allowed) GTEST_SKIP() << "cannot mount /proc with " << options;
    EXPECT_EQ(WEXITSTATUS(status), 0) << options;
  }
}

TEST(ScanDescriptors, FirstNamespaceHidesNothing) {
  struct stat status {};
  ASSERT_EQ(::stat("/proc/self/ns/pid", &status), 0);
  if (status.st_ino != 0xEFFFFFFC) GTEST_SKIP() << "not in the first PID namespace";
  if (!command_of(1)) GTEST_SKIP() << "/proc does not show process 1";
  EXPECT_FALSE(scan_nothing().hidden);
}

/// What scan_mappings() tells of a file.
std::vector<MappedFile> find_mapped(const Fd& file, ScanReport* report = nullptr) {
  struct stat status {};
  EXPECT_EQ(::fstat(file.get(), &status), 0);
  std::vector<MappedFile> all;
  const ScanReport seen = scan_mappings(
      [&status](dev_t device, ino_t inode) { return device == status.st_dev && inode == status.st_ino; },
      [&all](const MappedFile& one) { all.push_back(one); });
  if (report != nullptr) *report = seen;
  return all;
}

ScanReport scan_no_mapping() {
  return scan_mappings([](dev_t, ino_t) { return false; }, [](const MappedFile&) { FAIL(); });
}

std::size_t page_size() {
  return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// A memory file of `pages` pages.
Fd make_pages(std::size_t pages) {
  Fd memory = make_memory();
  EXPECT_EQ(::ftruncate(memory.get(), static_cast<off_t>(pages * page_size())), 0);
  return memory;
}

Mapping map(const Fd& file, int protection, int flags, std::size_t pages = 1) {
  return {file.get(), pages * page_size(), protection, flags, "memory"};
}

TEST(ScanMappings, FindsOurs) {
  const Fd memory = make_pages(2);
  const Fd other = make_pages(1);
  const Mapping mapping = map(memory, PROT_READ | PROT_WRITE, MAP_SHARED, 2);
  const Mapping another = map(other, PROT_READ, MAP_SHARED);
  ScanReport report;
  const auto found = find_mapped(memory, &report);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, ::getpid());
  EXPECT_EQ(found[0].target, memory_target());
  EXPECT_EQ(found[0].direction, Direction::both);
  const auto start = reinterpret_cast<std::uintptr_t>(mapping.bytes().data());
  EXPECT_EQ(found[0].start, start);
  EXPECT_EQ(found[0].end, start + 2 * page_size());
  EXPECT_GE(report.seen, 1U);
}

TEST(ScanMappings, DirectionIsWhatCanBeDoneToTheFile) {
  const Fd memory = make_pages(1);
  const auto direction = [&memory] {
    const auto found = find_mapped(memory);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0).direction;
  };
  {
    const Mapping mapping = map(memory, PROT_READ, MAP_SHARED);
    EXPECT_EQ(direction(), Direction::read);
  }
  {
    const Mapping mapping = map(memory, PROT_NONE, MAP_SHARED);
    EXPECT_EQ(direction(), Direction::read);
  }
  {
    const Mapping mapping = map(memory, PROT_READ | PROT_WRITE, MAP_PRIVATE);
    EXPECT_EQ(direction(), Direction::read) << "what is written there stays there";
  }
  {
    const Mapping mapping = map(memory, PROT_WRITE, MAP_SHARED);
    EXPECT_EQ(direction(), Direction::write);
  }
  {
    const Mapping reading = map(memory, PROT_READ, MAP_PRIVATE);
    const Mapping writing = map(memory, PROT_WRITE, MAP_SHARED);
    EXPECT_EQ(direction(), Direction::both);
  }
}

TEST(ScanMappings, OneForAllMappingsOfAFile) {
  const Fd memory = make_pages(3);
  std::vector<Mapping> mappings;
  for (int i = 0; i < 4; ++i) mappings.push_back(map(memory, PROT_READ, MAP_SHARED, 3));
  // A hole in one makes two lines of it.
  ASSERT_EQ(::munmap(mappings[0].bytes().data() + page_size(), page_size()), 0);
  const auto found = find_mapped(memory);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(found[0].start, found[0].end);
  const std::string link =
      fmt::format("/proc/self/map_files/{:x}-{:x}", found[0].start, found[0].end);
  struct stat status {};
  struct stat own {};
  ASSERT_EQ(::fstat(memory.get(), &own), 0);
  if (::stat(link.c_str(), &status) == 0) {  // that is root's
    EXPECT_EQ(status.st_ino, own.st_ino);
  }
}

TEST(ScanMappings, AnotherProcessWithoutADescriptor) {
  const test::Pipe hold = test::make_pipe();
  test::Pipe ready = test::make_pipe();
  const Fd memory = make_pages(1);
  const pid_t pid = test::start([&] {
    ::close(hold.writer.get());
    const Mapping mapping = map(memory, PROT_READ, MAP_SHARED);
    ::close(memory.get());
    char byte = 'x';
    if (::write(ready.writer.get(), &byte, 1) != 1) return 2;
    return static_cast<int>(::read(hold.reader.get(), &byte, 1));
  });
  char byte = 0;
  ASSERT_EQ(::read(ready.reader.get(), &byte, 1), 1);
  const auto found = find_mapped(memory);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  ASSERT_EQ(::write(hold.writer.get(), "x", 1), 1);
  test::wait_status(pid);
  EXPECT_TRUE(find_mapped(memory).empty());
}

TEST(ScanMappings, WhatOtherThreadsMapAfterTheFirstEnded) {
  test::Pipe ready = test::make_pipe();
  const test::Pipe hold = test::make_pipe();
  const Fd memory = make_pages(1);
  const pid_t pid = test::start([&]() -> int {
    ::close(hold.writer.get());
    const Mapping mapping = map(memory, PROT_READ | PROT_WRITE, MAP_SHARED);
    ::close(memory.get());
    std::thread other{[&ready, &hold, leader = ::getpid()] {
      const std::string path = "/proc/" + std::to_string(leader) + "/stat";
      while (read_small_file(path).value_or("").find(") Z ") == std::string::npos) ::usleep(1000);
      char byte = 'x';
      if (::write(ready.writer.get(), &byte, 1) != 1 || ::read(hold.reader.get(), &byte, 1) != 1) ::_exit(1);
      ::_exit(0);
    }};
    ::syscall(SYS_exit, 0);
    return 2;
  });
  char byte = 0;
  ASSERT_EQ(::read(ready.reader.get(), &byte, 1), 1);
  const auto found = find_mapped(memory);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pid, pid);
  EXPECT_EQ(found[0].direction, Direction::both);
  ASSERT_EQ(::write(hold.writer.get(), "x", 1), 1);
  EXPECT_EQ(test::wait_status(pid), 0);
}

TEST(ScanMappings, UnlinkedFileAndOneWithANewline) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("two\nlines", "text");
  const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  const Mapping mapping = map(file, PROT_READ, MAP_SHARED);
  const auto target = [&file] {
    const auto found = find_mapped(file);
    EXPECT_EQ(found.size(), 1U);
    return found.at(0).target;
  };
  EXPECT_EQ(target(), directory.path() + "/two\\012lines");
  ASSERT_EQ(::unlink(path.c_str()), 0);
  EXPECT_EQ(target(), directory.path() + "/two\\012lines (deleted)");
}

// More lines than one read gives, and one that is longer than the buffer was.
TEST(ScanMappings, ManyMappingsAndLongPaths) {
  const test::TemporaryDirectory directory;
  std::string path = directory.path();
  std::string deep = path;
  for (int i = 0; i < 12; ++i) {
    deep += "/" + std::string(240, 'd');
    ASSERT_EQ(::mkdir(deep.c_str(), 0700), 0);
  }
  const Fd file{::open((deep + "/file").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)};
  ASSERT_TRUE(file);
  ASSERT_EQ(::ftruncate(file.get(), static_cast<off_t>(page_size())), 0);
  std::vector<Mapping> many;
  for (int i = 0; i < 200; ++i) {
    many.push_back(map(file, i % 2 == 0 ? PROT_READ : PROT_READ | PROT_EXEC, MAP_SHARED));
  }
  const auto found = find_mapped(file);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].target, deep + "/file");
}

TEST(ScanMappings, AnotherUsersProcessIsUnreadable) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  const Fd memory = make_pages(1);
  const Mapping mapping = map(memory, PROT_READ, MAP_SHARED);
  const int status = test::in_child([&memory] {
    const Mapping own = map(memory, PROT_READ, MAP_SHARED);
    if (!test::become_nobody()) return 2;
    ScanReport report;
    for (const MappedFile& one : find_mapped(memory, &report)) {
      if (one.pid != ::getpid()) return 3;
    }
    return report.unreadable > 0 && report.seen > 0 && !report.complete() ? 0 : 4;
  });
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(ScanMappings, CountsLikeTheScanOfDescriptors) {
  const int status = in_private_proc([] {
    const test::Pipe hold = test::make_pipe();
    const pid_t other = test::start([&hold] {
      ::close(hold.writer.get());
      char byte = 0;
      return static_cast<int>(::read(hold.reader.get(), &byte, 1));
    });
    const ScanReport report = scan_no_mapping();
    if (::kill(other, SIGKILL) != 0) return 1;
    test::wait_status(other);
    return report.seen == 2 && report.unreadable == 0 && report.hidden ? 0 : 2;
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace";
  EXPECT_EQ(status, 0);
}

TEST(ScanMappings, ProcessesThatComeAndGoDoNoHarm) {
  const int status = in_private_proc([] {
    const pid_t churn = test::start([] {
      for (int i = 0; i < 300; ++i) test::wait_status(test::start([] { return 0; }));
      return 0;
    });
    int churned = 0;
    while (::waitpid(churn, &churned, WNOHANG) == 0) {
      const ScanReport report = scan_no_mapping();
      if (report.unreadable != 0 || report.seen == 0) return 1;
    }
    return churned;
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace";
  EXPECT_EQ(status, 0);
}

TEST(ScanMappings, EndedProcessIsNotUnreadable) {
  const int status = in_private_proc([] {
    const int inner = test::in_child([] {
      if (!test::become_nobody()) return not_allowed;
      const pid_t zombie = test::start([] { return 0; });
      siginfo_t info{};
      if (::waitid(P_PID, static_cast<id_t>(zombie), &info, WEXITED | WNOWAIT) != 0) return 2;
      const ScanReport report = scan_no_mapping();
      test::wait_status(zombie);
      return report.unreadable == 1 ? 0 : 1;  // process 1 is root's
    });
    return WEXITSTATUS(inner);
  });
  if (status == not_allowed) GTEST_SKIP() << "cannot make a PID namespace, or become an ordinary user in it";
  EXPECT_EQ(status, 0);
}

TEST(MappedIdentity, OfAnyAddressInAMapping) {
  const Fd memory = make_pages(2);
  struct stat status {};
  ASSERT_EQ(::fstat(memory.get(), &status), 0);
  const std::pair<dev_t, ino_t> expected{status.st_dev, status.st_ino};
  const Mapping mapping = map(memory, PROT_READ, MAP_SHARED, 2);
  const char* const start = mapping.bytes().data();
  EXPECT_EQ(mapped_identity(start), expected);
  EXPECT_EQ(mapped_identity(start + 2 * page_size() - 1), expected);
}

TEST(MappedIdentity, OfWhatIsNoFile) {
  const Mapping memory{-1, page_size(), PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, "memory"};
  EXPECT_EQ(mapped_identity(memory.bytes().data()), std::nullopt);
  EXPECT_EQ(mapped_identity(nullptr), std::nullopt);
}

TEST(ParseMapsLine, AllFields) {
  const auto line = parse_maps_line(
      "7f1c5a000000-7f1c5a021000 rw-s 00003000 fd:1a 1234567                    /dev/shm/a b (deleted)");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->start, 0x7f1c5a000000U);
  EXPECT_EQ(line->end, 0x7f1c5a021000U);
  EXPECT_TRUE(line->readable && line->writable && line->shared);
  EXPECT_EQ(line->device, makedev(0xfd, 0x1a));
  EXPECT_EQ(line->inode, 1234567U);
  EXPECT_EQ(line->path, "/dev/shm/a b (deleted)");
}

TEST(ParseMapsLine, OtherKindsOfLines) {
  const auto anonymous = parse_maps_line("00400000-00401000 ---p 00000000 00:00 0 ");
  ASSERT_TRUE(anonymous);
  EXPECT_FALSE(anonymous->readable || anonymous->writable || anonymous->shared);
  EXPECT_EQ(anonymous->inode, 0U);
  EXPECT_EQ(anonymous->path, "");
  const auto stack = parse_maps_line("7ffc0-7ffc1 r-xp 00000000 00:00 0                          [stack]");
  ASSERT_TRUE(stack);
  EXPECT_EQ(stack->path, "[stack]");
  const auto highest = parse_maps_line("ffffffffff600000-ffffffffffffffff --xp 00000000 fffff:fff 18446744073709551615");
  ASSERT_TRUE(highest);
  EXPECT_EQ(highest->end, UINT64_MAX);
  EXPECT_EQ(highest->inode, UINT64_MAX);
}

TEST(ParseMapsLine, Refuses) {
  for (const char* bad : {"", "\n", "-", "0-", "0-1", "0-1 ", "0-1 rw-s", "0-1 rw-s ", "0-1 rw-s 0", "0-1 rw-s 0 1:2",
                          "0-1 rw-s 0 1:2 ", "0-1 rw-s 0 12 3", "0-1 rw-s 0 1:2 x", "0-1 rw-s 0 1:2 3x /f",
                          "g-1 rw-s 0 1:2 3", "0 1 rw-s 0 1:2 3", "0-1 rw-sx 0 1:2 3", "0-1 rw- 0 1:2 3",
                          "10000000000000000-1 rw-s 0 1:2 3", "0-1 rw-s 0 100000000:2 3",
                          "0-1 rw-s 0 1:2 18446744073709551616", "0x0-1 rw-s 0 1:2 3", "0-1 r\ns 0 1:2 3", "0-1 ?w-s 0 1:2 3", "0-1 rw-s -0 1:2 3"}) {
    EXPECT_FALSE(parse_maps_line(bad)) << bad;
  }
}

TEST(ScanReport, CompleteOnlyWhenAllWasSeen) {
  EXPECT_TRUE((ScanReport{.seen = 3}).complete());
  EXPECT_FALSE((ScanReport{.seen = 3, .unreadable = 1}).complete());
  EXPECT_FALSE((ScanReport{.seen = 3, .hidden = true}).complete());
}

TEST(CommandOf, AnyBytesWithoutTheNewline) {
  std::array<char, 16> former{};
  ASSERT_EQ(::prctl(PR_GET_NAME, former.data()), 0);
  for (const char* name : {"plain", "a) b (c", "line\nfeed\n", "\x1b[2J\xff"}) {
    ASSERT_EQ(::prctl(PR_SET_NAME, name), 0);
    EXPECT_EQ(command_of(::getpid()), name);
  }
  ::prctl(PR_SET_NAME, former.data());
}

TEST(CommandOf, VanishedProcess) {
  const pid_t pid = test::start([] { return 0; });
  test::wait_status(pid);
  EXPECT_EQ(command_of(pid), std::nullopt);
  EXPECT_EQ(direction_of(pid, 0), std::nullopt);
}

TEST(DirectionOf, EachMode) {
  const Fd read{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  const Fd write{::open("/dev/null", O_WRONLY | O_CLOEXEC | O_APPEND)};
  const Fd both{::open("/dev/null", O_RDWR | O_CLOEXEC | O_NONBLOCK)};
  EXPECT_EQ(direction_of(::getpid(), read.get()), Direction::read);
  EXPECT_EQ(direction_of(::getpid(), write.get()), Direction::write);
  EXPECT_EQ(direction_of(::getpid(), both.get()), Direction::both);
}

TEST(DirectionOf, ClosedDescriptor) {
  EXPECT_EQ(direction_of(::getpid(), 987), std::nullopt);
  EXPECT_EQ(direction_of(::getpid(), -1), std::nullopt);
}

TEST(DirectionOf, Texts) {
  EXPECT_EQ(to_string(Direction::read), "r");
  EXPECT_EQ(to_string(Direction::write), "w");
  EXPECT_EQ(to_string(Direction::both), "rw");
}

TEST(ParseFdinfoFlags, OctalLine) {
  EXPECT_EQ(parse_fdinfo_flags("pos:\t0\nflags:\t0100002\nmnt_id:\t15\n"), 0100002U);
  EXPECT_EQ(parse_fdinfo_flags("flags:\t02\n"), 2U);
  EXPECT_EQ(parse_fdinfo_flags("flags:\t0"), 0U);
  EXPECT_EQ(parse_fdinfo_flags("flags: 02100001\n"), 02100001U);
}

TEST(ParseFdinfoFlags, Refuses) {
  for (const char* bad : {"", "\n", "pos:\t0\n", "flags:", "flags:\t\n", "flags:\t9\n", "flags:\t02x\n",
                          "xflags:\t02\n", "flags\t02\n", "flags:\t-2\n", "flags:\t40000000000\n"}) {
    EXPECT_EQ(parse_fdinfo_flags(bad), std::nullopt) << bad;
  }
}

TEST(ParseStatFlags, NinthField) {
  EXPECT_EQ(parse_stat_flags("2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0\n"), 2129984U);
  EXPECT_EQ(parse_stat_flags("77 (a) b (c 1 2 3) S 1 77 77 0 -1 4194560 9 9\n"), 4194560U);
  EXPECT_EQ(parse_stat_flags("77 (x) R 1 77 77 34816 77 5\n"), 5U);
}

TEST(ParseStatFlags, Refuses) {
  for (const char* bad : {"", "77 (x", "77 (x)", "77 (x) S", "77 (x) S 1 2 3 4 5", "77 (x) S 1 2 3 4 5 ",
                          "77 (x) S 1 2 3 4 5 -6 7", "77 (x) S 1 2 3 4 5 4294967296 7"}) {
    EXPECT_EQ(parse_stat_flags(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace ipctl
