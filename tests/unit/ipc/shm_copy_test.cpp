// shm: copies that appear complete or not at all, and where they may go. The peer is the plain API.
#include <sys/statfs.h>
#include <sys/syscall.h>

#include <atomic>

#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "support.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using test::expect_error;
using test::make_memory;

class ShmCopy : public test::PrivateShm {};

const auto no_progress = [](std::uint64_t) {};

std::uint64_t copy(const std::string& from, const std::string& to, bool replace = false) {
  shm::Destination destination = shm::parse_destination(to);
  destination.replace = replace;
  const shm::Directory directory;
  return shm::copy(shm::Memory::open(directory, shm::parse_reference(from), shm::Access::read), directory, destination,
                   no_progress);
}

auto copying(const std::string& from, const std::string& to, bool replace = false) {
  return [=] { copy(from, to, replace); };
}

struct stat status_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

TEST(ShmDestination, ObjectsAndFiles) {
  for (const char* text : {"/x", "//x", "/-", "/fd:3"}) {
    const shm::Destination to = shm::parse_destination(text);
    EXPECT_TRUE(to.is_memory) << text;
    EXPECT_EQ(to.text, shm::canonical_name(text));
    EXPECT_FALSE(to.replace);
  }
  for (const auto& [text, path] : {std::pair{"x", "x"},
                                   {"./x", "./x"},
                                   {"/tmp/x", "/tmp/x"},
                                   {"//tmp/x", "//tmp/x"},
                                   {"a/b", "a/b"},
                                   {"file:-", "-"},
                                   {"file:fd:3", "fd:3"},
                                   {"file:/x", "/x"},
                                   {"file:x", "x"},
                                   {"file:file:x", "file:x"},
                                   {"./12:3", "./12:3"},
                                   {"shm:/x", "shm:/x"}}) {
    const shm::Destination to = shm::parse_destination(text);
    EXPECT_FALSE(to.is_memory) << text;
    EXPECT_EQ(to.text, path);
  }
  for (const char* text : {"-", "12:3", "fd:3"})
    EXPECT_THROW(static_cast<void>(shm::parse_destination(text)), UsageError);
}

TEST(ShmDestination, Refuses) {
  for (const std::string& bad :
       {std::string{}, std::string{"/"}, std::string{"//"}, std::string{"/."}, std::string{"/.."}, std::string{"file:"},
        std::string{"file:/"}, std::string{"a/"}, std::string{"/tmp/"}, "/" + std::string(256, 'x')}) {
    EXPECT_THROW(static_cast<void>(shm::parse_destination(bad)), UsageError) << bad;
  }
}

TEST_F(ShmCopy, ToAnObject) {
  make_memory("/x", "text", 0644);
  EXPECT_EQ(copy("x", "/y"), 4U);
  EXPECT_EQ(test::memory_text("/y"), "text");
  EXPECT_EQ(status_of("/dev/shm/y").st_mode, S_IFREG | 0644U);
  make_memory("/empty");
  EXPECT_EQ(copy("empty", "/empty2"), 0U);
  EXPECT_EQ(test::memory_text("/empty2"), "");
}

TEST_F(ShmCopy, ToAFile) {
  const test::TemporaryDirectory directory;
  const std::string text = test::all_bytes() + std::string(100000, 'x');
  make_memory("/x", text, 0640);
  for (const std::string& to : {directory.path() + "/a", "file:" + directory.path() + "/b"}) {
    EXPECT_EQ(copy("x", to), text.size());
  }
  EXPECT_TRUE(test::all_of(directory.path() + "/a") == text);
  EXPECT_TRUE(test::all_of(directory.path() + "/b") == text);
  EXPECT_EQ(status_of(directory.path() + "/a").st_mode, S_IFREG | 0640U);
  EXPECT_EQ(test::names_in(directory.path()), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(WEXITSTATUS(test::in_child([&directory] {
              if (::chdir(directory.path().c_str()) != 0) return 2;
              return copy("x", "relative") > 0 && copy("x", "./a2") > 0 ? 0 : 1;
            })),
            0);
  EXPECT_TRUE(test::all_of(directory.path() + "/relative") == text);
}

TEST_F(ShmCopy, HolesStayHoles) {
  const Fd peer = make_memory("/x");
  constexpr std::uint64_t length = 1ULL << 40U;
  ASSERT_EQ(::ftruncate(peer.get(), length), 0);
  for (const off_t at : {off_t{0}, off_t{1} << 20, off_t{length - 3}}) ASSERT_EQ(::pwrite(peer.get(), "abc", 3, at), 3);
  EXPECT_EQ(copy("x", "/y"), length);
  const Fd made{::shm_open("/y", O_RDONLY, 0)};
  struct stat status {};
  ASSERT_EQ(::fstat(made.get(), &status), 0);
  EXPECT_EQ(status.st_size, static_cast<off_t>(length));
  EXPECT_LE(status.st_blocks * 512, 64 * 1024);
  std::array<char, 3> bytes{};
  for (const off_t at : {off_t{0}, off_t{1} << 20, off_t{length - 3}}) {
    ASSERT_EQ(::pread(made.get(), bytes.data(), bytes.size(), at), 3);
    EXPECT_EQ((std::string_view{bytes.data(), 3}), "abc") << at;
  }
}

TEST_F(ShmCopy, WhatExistsStays) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.file("f", "former");
  make_memory("/x", "text");
  make_memory("/y", "former");
  expect_error(Exit::exists, EEXIST, "/y: exists already (--force replaces it)", copying("x", "/y"));
  expect_error(Exit::exists, EEXIST, file + ": exists already (--force replaces it)", copying("x", file));
  EXPECT_EQ(test::memory_text("/y"), "former");
  EXPECT_EQ(test::all_of(file), "former");
  expect_error(Exit::exists, EEXIST, "/x", copying("x", "/x"));
}

TEST_F(ShmCopy, ReplacesAtOnce) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.file("f", "former");
  const Fd reader{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  make_memory("/x", "text");
  const Fd former = make_memory("/y", "former");
  EXPECT_EQ(copy("x", "/y", true), 4U);
  EXPECT_EQ(copy("x", file, true), 4U);
  EXPECT_EQ(copy("x", "/new", true), 4U);
  expect_error(Exit::failed, 0, "/x: is the object itself", copying("x", "/x", true));
  EXPECT_EQ(test::memory_text("/y"), "text");
  EXPECT_EQ(test::memory_text("/x"), "text");
  EXPECT_EQ(test::all_of(file), "text");
  EXPECT_EQ(test::all_of(reader), "former") << "who has it open keeps it";
  EXPECT_EQ(test::all_of(former), "former");
  EXPECT_EQ(test::names_in("/dev/shm"), (std::vector<std::string>{"new", "x", "y"})) << "no draft is left";
  EXPECT_EQ(test::names_in(directory.path()), std::vector<std::string>{"f"});
}

TEST_F(ShmCopy, ReplacesOnlyItsOwnKind) {
  const test::TemporaryDirectory directory;
  make_memory("/x", "text");
  ASSERT_EQ(::mkdir("/dev/shm/d", 0700), 0);
  ASSERT_EQ(::symlink("x", "/dev/shm/l"), 0);
  for (const char* name : {"/d", "/l"}) {
    expect_error(Exit::failed, 0, std::string(name) + ": is not shared memory, and is not replaced",
                 copying("x", name, true));
  }
  const std::string fifo = directory.path() + "/fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  for (const std::string& path : {fifo, std::string{"/dev/null"}, directory.path() + "/."}) {
    expect_error(Exit::failed, 0, path + ": is not a regular file, and is not replaced", copying("x", path, true));
  }
  EXPECT_EQ(test::names_in(directory.path()), std::vector<std::string>{"fifo"});
}

TEST_F(ShmCopy, WhereThereIsNoDirectory) {
  make_memory("/x", "text");
  expect_error(Exit::failed, ENOENT, "/nonexistent/", copying("x", "/nonexistent/x"));
  expect_error(Exit::failed, ENOTDIR, "/dev/null/", copying("x", "/dev/null/x"));
}

TEST_F(ShmCopy, FullMemoryLeavesNothing) {
  make_memory("/x", std::string(3U << 20U, 'x'));
  expect_error(Exit::failed, ENOSPC, "/y: 3145728 bytes do not fit: /dev/shm is full", copying("x", "/y"));
  EXPECT_EQ(test::names_in("/dev/shm"), std::vector<std::string>{"x"});
  make_memory("/y", "former");
  expect_error(Exit::failed, ENOSPC, "/y: 3145728 bytes do not fit: /dev/shm is full", copying("x", "/y", true));
  EXPECT_EQ(test::memory_text("/y"), "former") << "and replaces nothing";
}

TEST_F(ShmCopy, WithoutAFileToSpare) {
  make_memory("/x", "text");
  for (int i = 0; i < 70; ++i) Fd{::open(("/dev/shm/f" + std::to_string(i)).c_str(), O_CREAT | O_RDONLY, 0600)};
  expect_error(Exit::failed, ENOSPC, "/y: /dev/shm has as many files as it may", copying("x", "/y"));
}

TEST_F(ShmCopy, OfADescriptorAndOfASemaphore) {
  const Fd peer = make_memory("/x", "text");
  ASSERT_EQ(::shm_unlink("/x"), 0);
  EXPECT_EQ(copy("fd:" + std::to_string(peer.get()), "/y"), 4U);
  EXPECT_EQ(test::memory_text("/y"), "text");
  test::make_semaphore("/s", 3);
  EXPECT_EQ(copy("sem.s", "/t"), 32U);
  EXPECT_EQ(test::memory_text("/t"), test::memory_text("/sem.s"));
  EXPECT_THROW(copy("x", "/sem.t"), UsageError);
}

// At some moment of the copy nothing of the object is left: then there is an error, or all was copied before.
TEST_F(ShmCopy, OfWhatIsShrunkMeanwhileIsNoCopy) {
  const Fd peer = make_memory("/x");
  const std::string text(4096, 'x');
  for (int i = 0; i < 3000; ++i) {
    ASSERT_EQ(::pwrite(peer.get(), text.data(), text.size(), 0), 4096);
    std::atomic<bool> begun{false};
    std::thread shrinker{[&] {
      while (!begun) {
      }
      for (volatile int spin = 0; spin < (i % 64) * 16;) spin = spin + 1;
      EXPECT_EQ(::ftruncate(peer.get(), 0), 0);
    }};
    const shm::Directory directory;
    const shm::Memory memory = shm::Memory::open(directory, shm::parse_reference("x"), shm::Access::read);
    const shm::Destination to{.text = "/y", .replace = true};
    begun = true;
    try {
      shm::copy(memory, directory, to, no_progress);
      const auto copied = test::memory_text("/y");
      shrinker.join();
      ASSERT_TRUE(copied == "" || copied == text) << "after " << i << " rounds";
    } catch (const Error& error) {
      shrinker.join();
      ASSERT_STREQ(error.what(), "/x: was shrunk by another process while it was copied");
    }
  }
  EXPECT_LE(test::names_in("/dev/shm").size(), 2U);
}

TEST_F(ShmCopy, InAnotherMountNamespace) {
  const test::Companion other{[] {
    if (::unshare(CLONE_NEWNS) != 0 || !mount_shm()) return false;
    make_memory("/x", "theirs");
    return true;
  }};
  const shm::Directory there{std::to_string(other.pid())};
  const shm::Memory memory = shm::Memory::open(there, shm::parse_reference("x"), shm::Access::read);
  EXPECT_EQ(shm::copy(memory, there, shm::parse_destination("/y"), no_progress), 6U);
  EXPECT_TRUE(test::names_in("/dev/shm").empty());
  EXPECT_EQ(shm::list(there, Holders::skip).size(), 2U);
}

}  // namespace
}  // namespace ipctl
