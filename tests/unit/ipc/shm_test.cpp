// shm: names and references; opening, creating, sizing and removing objects. The peer is the plain API.
#include "ipc/shm.hpp"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <csignal>
#include <limits>

#include "os/error.hpp"
#include "os/signals.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using shm::Access;
using shm::Memory;
using test::expect_error;
using test::make_memory;

class Shm : public test::PrivateShm {};

shm::Reference named(const std::string& name) {
  return {.text = name, .pid = {}};
}

Memory open_memory(const std::string& name, Access access = Access::write) {
  return Memory::open(shm::Directory{}, shm::parse_reference(name), access);
}

Memory create(const shm::Directory& directory, const std::string& name) {
  shm::NewMemory made{directory, name};
  made.publish();
  return std::move(made.memory());
}

auto opening(const std::string& name, Access access) {
  return [=] { static_cast<void>(open_memory(name, access)); };
}

bool exists(const std::string& name) {
  return ::access(("/dev/shm" + name).c_str(), F_OK) == 0;
}

struct stat status_of(int fd) {
  struct stat status {};
  EXPECT_EQ(::fstat(fd, &status), 0);
  return status;
}

TEST(ShmName, SlashesBeforeItCountAsOne) {
  EXPECT_EQ(shm::canonical_name("x"), "/x");
  EXPECT_EQ(shm::canonical_name("///x"), "/x");
  EXPECT_EQ(shm::canonical_name("12:x"), "/12:x");
  EXPECT_EQ(shm::canonical_name(std::string(255, 'x')).size(), 256U);
  for (const auto& bad : {""s, "/"s, "."s, "/.."s, "a/b"s, "a\0"s, std::string(256, 'x')}) {
    EXPECT_THROW(static_cast<void>(shm::canonical_name(bad)), UsageError) << bad;
  }
}

TEST(ShmReference, Names) {
  for (const auto& [text, name] : {std::pair{"x", "/x"},
                                   {"/x", "/x"},
                                   {"//12:3", "/12:3"},
                                   {"/12:3", "/12:3"},
                                   {"/fd:4", "/fd:4"},
                                   {"12:", "/12:"},
                                   {":3", "/:3"},
                                   {"0:3", "/0:3"},
                                   {"a:3", "/a:3"},
                                   {"12:3:4", "/12:3:4"},
                                   {"12:-3", "/12:-3"},
                                   {"-1:3", "/-1:3"},
                                   {"+1:3", "/+1:3"},
                                   {"fd:", "/fd:"},
                                   {"fd:x", "/fd:x"},
                                   {"FD:3", "/FD:3"},
                                   {"12:2147483648", "/12:2147483648"},
                                   {"2147483648:3", "/2147483648:3"},
                                   {"12:18446744073709551619", "/12:18446744073709551619"},
                                   {"12: 3", "/12: 3"},
                                   {"012x:3", "/012x:3"}}) {
    const shm::Reference reference = shm::parse_reference(text);
    EXPECT_TRUE(reference.is_name()) << text;
    EXPECT_EQ(reference.text, name);
    EXPECT_EQ(reference.pid, std::nullopt);
  }
}

TEST(ShmReference, Descriptors) {
  const shm::Reference other = shm::parse_reference("1234:5");
  EXPECT_FALSE(other.is_name());
  EXPECT_EQ(other.text, "1234:5");
  EXPECT_EQ(other.pid, 1234);
  EXPECT_EQ(other.descriptor, 5);
  const shm::Reference own = shm::parse_reference("fd:0");
  EXPECT_FALSE(own.is_name());
  EXPECT_EQ(own.text, "fd:0");
  EXPECT_EQ(own.pid, 0);
  EXPECT_EQ(own.descriptor, 0);
  EXPECT_EQ(shm::parse_reference("2147483647:2147483647").descriptor, 2147483647);
}

TEST(ShmReference, Refuses) {
  for (const char* bad : {"", "/", "..", "a/1:2", "1:2/3"}) {
    EXPECT_THROW(static_cast<void>(shm::parse_reference(bad)), UsageError) << bad;
  }
}

TEST_F(Shm, OpensWhatAnotherMade) {
  const Fd peer = make_memory("/x", "text");
  const Memory memory = open_memory("x", Access::read);
  EXPECT_EQ(memory.mechanism(), "shm");
  EXPECT_EQ(memory.name(), "/x");
  EXPECT_EQ(memory.size(), 4U);
  EXPECT_EQ(::fcntl(memory.fd(), F_GETFD), FD_CLOEXEC);
  EXPECT_EQ(::fcntl(memory.fd(), F_GETFL) & O_ACCMODE, O_RDONLY);
  EXPECT_EQ(::fcntl(open_memory("//x").fd(), F_GETFL) & O_ACCMODE, O_RDWR);
}

TEST_F(Shm, OpensNoSuchObject) {
  for (const Access access : {Access::read, Access::write}) {
    expect_error(Exit::missing, ENOENT, "/x: no such object (ipctl shm ls lists them)", opening("x", access));
  }
}

TEST_F(Shm, OpensOnlyMemory) {
  ASSERT_EQ(::mkdir("/dev/shm/directory", 0700), 0);
  ASSERT_EQ(::symlink("/etc/passwd", "/dev/shm/symlink"), 0);
  ASSERT_EQ(::mkfifo("/dev/shm/fifo", 0600), 0);
  test::make_semaphore("/s");
  for (const Access access : {Access::read, Access::write}) {
    expect_error(Exit::failed, 0, "/directory: is a directory, not shared memory: ipctl shm leaves it alone",
                 opening("directory", access));
    expect_error(Exit::failed, 0, "/symlink: is a symlink, not", opening("symlink", access));
    expect_error(Exit::failed, 0, "/fifo: is a fifo, not", opening("fifo", access));
  }
  expect_error(Exit::failed, 0, "/sem.s: is the semaphore /s (ipctl sem)", opening("sem.s", Access::write));
  EXPECT_EQ(open_memory("sem.s", Access::read).size(), 32U) << "to look at one breaks nothing";
}

TEST_F(Shm, OpensOnlyWherePermitted) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  make_memory("/secret");
  make_memory("/readable", "text", 0644);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/secret: permission to read denied: it belongs to root and has mode 0600",
                 opening("secret", Access::read));
    expect_error(Exit::failed, EACCES, "/secret: permission to write denied", opening("secret", Access::write));
    EXPECT_EQ(open_memory("readable", Access::read).size(), 4U);
    expect_error(Exit::failed, EACCES, "/readable: permission to write denied", opening("readable", Access::write));
  }));
}

TEST_F(Shm, OpensOurOwnDescriptors) {
  const Fd peer = make_memory("/x", "text");
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const std::string name = "fd:" + std::to_string(peer.get());
  const Memory memory = open_memory(name);
  EXPECT_EQ(memory.name(), name);
  EXPECT_EQ(memory.size(), 4U);
  EXPECT_NE(memory.fd(), peer.get());
  EXPECT_EQ(::fcntl(memory.fd(), F_GETFD), FD_CLOEXEC);
  const Fd reading{::open(("/proc/self/fd/" + std::to_string(peer.get())).c_str(), O_RDONLY | O_CLOEXEC)};
  const std::string read_only = "fd:" + std::to_string(reading.get());
  EXPECT_EQ(open_memory(read_only, Access::read).size(), 4U);
  expect_error(Exit::failed, EBADF, read_only + ": is not open for writing", opening(read_only, Access::write));
  const Fd writing{::open(("/proc/self/fd/" + std::to_string(peer.get())).c_str(), O_WRONLY | O_CLOEXEC)};
  const std::string write_only = "fd:" + std::to_string(writing.get());
  for (const Access access : {Access::read, Access::write}) {
    expect_error(Exit::failed, EBADF, write_only + ": is not open for reading", opening(write_only, access));
  }
  expect_error(Exit::missing, ENOENT, "fd:987: there is no such descriptor", opening("fd:987", Access::read));
  expect_error(Exit::missing, ENOENT, "fd:2147483647: there is no such descriptor",
               opening("fd:2147483647", Access::read));
}

TEST_F(Shm, OpensWhatAnotherProcessHasOpen) {
  const Fd peer = make_memory("/x", "text");
  const test::Companion holder{[] { return true; }};
  ASSERT_EQ(::shm_unlink("/x"), 0);
  const std::string pid = std::to_string(holder.pid());
  const std::string name = pid + ":" + std::to_string(peer.get());
  const Memory memory = open_memory(name);
  EXPECT_EQ(memory.name(), name);
  ASSERT_EQ(::pwrite(memory.fd(), "T", 1, 0), 1);
  char byte = 0;
  EXPECT_EQ(::pread(peer.get(), &byte, 1, 0), 1);
  EXPECT_EQ(byte, 'T');
  expect_error(Exit::missing, 0, pid + ":987: there is no such process", opening(pid + ":987", Access::read));
}

TEST_F(Shm, DescriptorsOfWhatIsNoMemory) {
  const test::Pipe pipe = test::make_pipe();
  const Fd null{::open("/dev/null", O_RDWR | O_CLOEXEC)};
  const Fd directory{::open("/dev/shm", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  for (const Fd* const fd : {&pipe.reader, &null, &directory}) {
    for (const std::string& owner : {"fd"s, std::to_string(::getpid())}) {
      const std::string name = owner + ":" + std::to_string(fd->get());
      expect_error(Exit::failed, 0, name + ": is neither memory nor a file", opening(name, Access::read));
    }
  }
}

TEST_F(Shm, CreatesForItsCreatorOnly) {
  const mode_t former = ::umask(0);
  const Memory memory = create(shm::Directory{}, "/x");
  ::umask(former);
  const struct stat status = status_of(memory.fd());
  EXPECT_EQ(status.st_mode, S_IFREG | 0600U);
  EXPECT_EQ(status.st_size, 0);
  EXPECT_EQ(test::memory_text("/x"), "");
  EXPECT_EQ(::fcntl(memory.fd(), F_GETFL) & O_ACCMODE, O_RDWR);
}

TEST_F(Shm, CreatesWhereNothingIs) {
  const auto creating = [](const std::string& name) {
    return [name] { static_cast<void>(create(shm::Directory{}, name)); };
  };
  make_memory("/x", "text");
  expect_error(Exit::exists, EEXIST, "/x: the object exists already (--if-missing accepts it)", creating("/x"));
  EXPECT_EQ(test::memory_text("/x"), "text");
  ASSERT_EQ(::symlink("/dev/shm/elsewhere", "/dev/shm/link"), 0);
  expect_error(Exit::exists, 0, "/link: what has this name is a symlink", creating("/link"));
  EXPECT_FALSE(exists("/elsewhere"));
  EXPECT_THROW(creating("/sem.x")(), UsageError);
  EXPECT_NO_THROW(creating("/sem.")()) << "no semaphore has an empty name";
  EXPECT_FALSE(exists("/sem.x"));
}

TEST_F(Shm, CreateSaysWhyItCannot) {
  for (int i = 0; i < 70; ++i) Fd{::open(("/dev/shm/f" + std::to_string(i)).c_str(), O_CREAT | O_RDONLY, 0600)};
  expect_error(Exit::failed, ENOSPC, "/x: /dev/shm has as many files as it may, 64; remove some (ipctl shm ls)",
               [] { static_cast<void>(create(shm::Directory{}, "/x")); });
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  ASSERT_EQ(::chmod("/dev/shm", 0755), 0);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/x: permission denied: /dev/shm may not be written to",
                 [] { static_cast<void>(create(shm::Directory{}, "/x")); });
  }));
}

// Without the directory, that is no missing object.
TEST(ShmWithout, ADirectory) {
  EXPECT_TRUE(test::holds_in_child([] {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return;
    ASSERT_EQ(::mount("dev", "/dev", "tmpfs", 0, nullptr), 0);
    expect_error(Exit::failed, 0, "/dev/shm: does not exist; have root mount it",
                 [] { static_cast<void>(create(shm::Directory{}, "/x")); });
    expect_error(Exit::missing, ENOENT, "/x", opening("x", Access::read));
    EXPECT_TRUE(shm::names().empty());
    EXPECT_TRUE(shm::list(shm::Directory{}, Holders::skip).empty());
  }));
}

TEST_F(Shm, SetSizeTakesNoMemory) {
  Memory memory = create(shm::Directory{}, "/x");
  memory.set_size(1ULL << 40U);
  EXPECT_EQ(memory.size(), 1ULL << 40U);
  EXPECT_EQ(status_of(memory.fd()).st_blocks, 0);
  memory.set_size(3);
  EXPECT_EQ(test::memory_text("/x"), "\0\0\0"s);
}

TEST_F(Shm, SizesBeyondWhatAFileCanHave) {
  Memory memory = create(shm::Directory{}, "/x");
  for (const std::uint64_t size : {std::uint64_t{1} << 63U, std::numeric_limits<std::uint64_t>::max()}) {
    expect_error(Exit::failed, EFBIG, "/x: no object can have " + std::to_string(size) + " bytes",
                 [&] { memory.set_size(size); });
    expect_error(Exit::failed, EFBIG, "/x: no object can have", [&] { memory.grow(size); });
    expect_error(Exit::failed, EFBIG, "/x: no object can have", [&] { memory.reserve(size, size); });
  }
  memory.set_size((1ULL << 63U) - 1);
  EXPECT_EQ(memory.size(), (1ULL << 63U) - 1);
  memory.set_size(0);
  expect_error(Exit::failed, ENOSPC, "9223372036854775807 bytes do not fit", [&] { memory.grow((1ULL << 63U) - 1); });
  EXPECT_EQ(memory.size(), 0U);
}

TEST_F(Shm, ReserveTakesMemoryAndKeepsWhatIsThere) {
  const Fd peer = make_memory("/x", "text");
  Memory memory = open_memory("x");
  memory.grow(100000);
  EXPECT_EQ(memory.size(), 100000U);
  EXPECT_GE(status_of(peer.get()).st_blocks * 512, 100000);
  EXPECT_EQ(test::memory_text("/x").value_or("").substr(0, 6), "text\0\0"s);
  memory.grow(10);
  EXPECT_EQ(memory.size(), 100000U) << "it is no shorter for that";
  memory.reserve(5, 5);
  memory.reserve(9, 5);
  EXPECT_EQ(memory.size(), 100000U);
}

TEST_F(Shm, ReserveSaysThatItIsFull) {
  Memory memory = create(shm::Directory{}, "/x");
  memory.reserve(0, 1U << 20U);
  expect_error(Exit::failed, ENOSPC,
               "/x: 4194304 bytes do not fit: /dev/shm is full: 3145728 bytes are free of 4194304; remove some objects "
               "(ipctl shm ls), or have root enlarge it: mount -o remount,size=SIZE /dev/shm",
               [&] { memory.reserve(1U << 20U, 5U << 20U); });
  EXPECT_EQ(memory.size(), 1U << 20U);
}

TEST_F(Shm, SizesBeyondALimit) {
  EXPECT_TRUE(test::holds_in_child([] {
    static_cast<void>(::signal(SIGXFSZ, SIG_IGN));
    const rlimit limit{4096, 4096};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    Memory memory = create(shm::Directory{}, "/x");
    expect_error(Exit::failed, EFBIG, "RLIMIT_FSIZE", [&] { memory.grow(8192); });
    expect_error(Exit::failed, EFBIG, "RLIMIT_FSIZE", [&] { memory.set_size(8192); });
  }));
}

TEST_F(Shm, SealedMemory) {
  const Fd sealed{::memfd_create("shm_test", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  ASSERT_EQ(::ftruncate(sealed.get(), 100), 0);
  ASSERT_EQ(::fcntl(sealed.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW), 0);
  Memory memory = open_memory("fd:" + std::to_string(sealed.get()));
  expect_error(Exit::failed, EPERM, "it is sealed against that", [&] { memory.set_size(10); });
  expect_error(Exit::failed, EPERM, "it is sealed against that", [&] { memory.grow(1000); });
  EXPECT_EQ(memory.size(), 100U);
}

TEST_F(Shm, AStopRequestEndsReserve) {
  Memory memory = create(shm::Directory{}, "/x");
  const StopSignals stop;
  ::raise(SIGTERM);
  expect_error(Exit::failed, EINTR, "/x", [&] { memory.grow(4096); });
}

TEST_F(Shm, MovesAndGivesUpItsDescriptor) {
  Memory memory = create(shm::Directory{}, "/x");
  const int number = memory.fd();
  Memory other{std::move(memory)};
  EXPECT_EQ(other.fd(), number);
  EXPECT_EQ(other.name(), "/x");
  const Fd fd = std::move(other).into_fd();
  EXPECT_EQ(fd.get(), number);
}

TEST_F(Shm, WhyNoRoom) {
  const Fd memory = make_memory("/x");
  EXPECT_EQ(shm::why_no_room(EACCES, memory.get(), 5), "");
  EXPECT_EQ(shm::why_no_room(ENOSPC, -1, 5), "");
  EXPECT_NE(shm::why_no_room(EFBIG, -1, {}).find("ulimit -f"), std::string::npos);
  EXPECT_TRUE(shm::why_no_room(ENOSPC, memory.get(), {}).starts_with("/dev/shm is full: 4194304 bytes are free of"));
  EXPECT_TRUE(shm::why_no_room(ENOSPC, memory.get(), 7).starts_with("7 bytes do not fit: /dev/shm is full"));
}

TEST_F(Shm, RemovesTheName) {
  const Fd peer = make_memory("/x", "text");
  shm::remove(shm::Directory{}, "/x");
  EXPECT_FALSE(exists("/x"));
  EXPECT_EQ(status_of(peer.get()).st_size, 4) << "who has it open keeps it";
  expect_error(Exit::missing, ENOENT, "/x: no such object (ipctl shm ls lists them)",
               [] { shm::remove(shm::Directory{}, "/x"); });
}

TEST_F(Shm, RemovesOnlyMemory) {
  ASSERT_EQ(::mkdir("/dev/shm/d", 0700), 0);
  ASSERT_EQ(::symlink("/etc/passwd", "/dev/shm/l"), 0);
  test::make_semaphore("/s\x1b");
  expect_error(Exit::failed, 0, "/d: is a directory, not shared memory: ipctl shm leaves it alone",
               [] { shm::remove(shm::Directory{}, "/d"); });
  expect_error(Exit::failed, 0, "/l: is a symlink", [] { shm::remove(shm::Directory{}, "/l"); });
  expect_error(Exit::failed, 0, "is the semaphore /s\\x1b (ipctl sem)",
               [] { shm::remove(shm::Directory{}, "/sem.s\x1b"); });
  EXPECT_TRUE(exists("/d") && exists("/l") && exists("/sem.s\x1b"));
}

TEST_F(Shm, RemovesOnlyWherePermitted) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  make_memory("/x", "text", 0666);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/x: permission denied: only its owner or root may remove an object",
                 [] { shm::remove(shm::Directory{}, "/x"); });
  }));
  EXPECT_TRUE(exists("/x"));
}

TEST_F(Shm, InAnotherMountNamespace) {
  make_memory("/x", "ours");
  const test::Companion other{[] {
    if (::unshare(CLONE_NEWNS) != 0 || !mount_shm()) return false;
    make_memory("/x", "theirs");
    make_memory("/only", "there");
    test::make_semaphore("/s");
    return ::symlink("/etc/passwd", "/dev/shm/link") == 0;
  }};
  const shm::Directory there{std::to_string(other.pid())};
  EXPECT_FALSE(there.is_own());
  EXPECT_EQ(there.entry("x"), "x");
  EXPECT_EQ(Memory::open(there, named("/x"), Access::read).size(), 6U);
  EXPECT_EQ(open_memory("x", Access::read).size(), 4U);
  expect_error(Exit::failed, 0, "/link: is a symlink",
               [&] { static_cast<void>(Memory::open(there, named("/link"), Access::read)); });
  expect_error(Exit::exists, EEXIST, "/only", [&] { static_cast<void>(create(there, "/only")); });
  const Memory made = create(there, "/made");
  EXPECT_FALSE(exists("/made"));
  EXPECT_EQ(status_of(made.fd()).st_mode, S_IFREG | 0600U);
  shm::remove(there, "/x");
  EXPECT_TRUE(exists("/x"));
  expect_error(Exit::missing, ENOENT, "/x", [&] { shm::remove(there, "/x"); });
  expect_error(Exit::failed, 0, "is the semaphore /s", [&] { shm::remove(there, "/sem.s"); });
}

TEST(ShmDirectory, OurOwnAndThoseThatAreNot) {
  const shm::Directory own;
  EXPECT_TRUE(own.is_own());
  EXPECT_EQ(own.fd(), AT_FDCWD);
  EXPECT_EQ(own.entry("x"), "/dev/shm/x");
  expect_error(Exit::missing, 0, "no such process", [] { const shm::Directory there{"0"}; });
  expect_error(Exit::failed, 0, "is not a mount namespace", [] { const shm::Directory there{"/proc/self/ns/ipc"}; });
}

}  // namespace
}  // namespace ipctl
