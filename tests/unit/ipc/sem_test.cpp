// sem: names and addresses; opening, making, unmaking, removing and listing semaphores. The peer is the plain API.
#include "ipc/sem.hpp"

#include <sys/resource.h>

#include <csignal>

#include "os/error.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using sem::Semaphore;
using test::expect_error;
using test::make_memory;
using test::make_semaphore;
using Existing = sem::Semaphore::Existing;

class Sem : public test::PrivateShm {};

Semaphore open_it(const std::string& address) {
  return Semaphore::open(shm::Directory{}, sem::parse_address(address));
}

auto opening(const std::string& address) {
  return [=] { static_cast<void>(open_it(address)); };
}

sem::SemaphoreObject inspect(const std::string& address, Holders holders = Holders::skip) {
  return sem::inspect(shm::Directory{}, sem::parse_address(address), holders);
}

void create(const std::string& name, const sem::Attributes& attributes = {}) {
  Semaphore::create(shm::Directory{}, name, attributes);
}

void init(const std::string& address, std::uint32_t value, Existing existing = Existing::refuse) {
  Semaphore::init(shm::Directory{}, sem::parse_address(address), value, existing);
}

void destroy(const std::string& address, Semaphore::Waiters waiters = Semaphore::Waiters::refuse) {
  Semaphore::destroy(shm::Directory{}, sem::parse_address(address), waiters);
}

bool exists(const std::string& name) {
  return test::open_semaphore(name) != nullptr;
}

mode_t mode_of(const std::string& name) {
  struct stat status {};
  EXPECT_EQ(::stat(("/dev/shm/sem." + name).c_str(), &status), 0);
  return status.st_mode & 07777U;
}

constexpr std::string_view no_semaphore = "is no semaphore: the bytes there have not the layout of a glibc semaphore";

TEST(SemName, LeavesRoomForThePrefix) {
  EXPECT_EQ(sem::canonical_name("s"), "/s");
  EXPECT_EQ(sem::canonical_name("//s"), "/s");
  EXPECT_EQ(sem::canonical_name("."), "/.");
  EXPECT_EQ(sem::canonical_name("/.."), "/..");
  EXPECT_EQ(sem::canonical_name(std::string(251, 's')).size(), 252U);
  for (const auto& bad : {""s, "/"s, "a/b"s, "s\0"s, std::string(252, 's')}) {
    EXPECT_THROW(static_cast<void>(sem::canonical_name(bad)), UsageError) << bad;
  }
}

TEST(SemAddress, Names) {
  for (const auto& [text, name] : {std::pair{"s", "/s"},
                                   {"/s", "/s"},
                                   {"s+8", "/s+8"},
                                   {"/s+0x40", "/s+0x40"},
                                   {"/12:3", "/12:3"},
                                   {"/12:3+8", "/12:3+8"},
                                   {"12:+8", "/12:+8"},
                                   {"a:b+8", "/a:b+8"},
                                   {"0:3", "/0:3"},
                                   {"fd:+8", "/fd:+8"},
                                   {"SHM:x", "/SHM:x"},
                                   {"12:3+", "/12:3+"},
                                   {"12:3+x", "/12:3+x"},
                                   {"12:3+18446744073709551616", "/12:3+18446744073709551616"}}) {
    const sem::Address address = sem::parse_address(text);
    EXPECT_EQ(address.kind, sem::Address::Kind::name) << text;
    EXPECT_EQ(address.text, name);
    EXPECT_EQ(address.offset, 0U) << text;
  }
}

TEST(SemAddress, InMemory) {
  const auto check = [](const std::string& text, const std::string& reference, std::uint64_t offset) {
    const sem::Address address = sem::parse_address(text);
    EXPECT_EQ(address.kind, sem::Address::Kind::memory) << text;
    EXPECT_EQ(address.text, text);
    EXPECT_EQ(address.memory.text, reference);
    EXPECT_EQ(address.offset, offset) << text;
  };
  check("shm:/x", "/x", 0);
  check("shm:x+64", "/x", 64);
  check("shm:/x+0x40", "/x", 64);
  check("shm:/x+8+16", "/x+8", 16);
  check("shm:/x+0x", "/x+0x", 0);
  check("shm:12:3+8", "/12:3", 8);
  check("12:3", "12:3", 0);
  check("12:3+64", "12:3", 64);
  check("fd:3+0x0", "fd:3", 0);
  check("shm:/x+4611686018427387904", "/x", std::uint64_t{1} << 62U);
}

TEST(SemAddress, InAFile) {
  const sem::Address address = sem::parse_address("file:a/b+c+64");
  EXPECT_EQ(address.kind, sem::Address::Kind::file);
  EXPECT_EQ(address.path, "a/b+c");
  EXPECT_EQ(address.offset, 64U);
  EXPECT_EQ(sem::parse_address("file:a+b").path, "a+b");
}

TEST(SemAddress, Refuses) {
  for (const char* bad : {"", "/", "shm:", "shm:/", "shm:/x+1", "shm:/x+4", "shm:/x+0x41", "file:", "file:+8",
                          "file:f+9", "12:3+7", "fd:3+1", "shm:/x+9223372036854775808", "shm:/x+18446744073709551608",
                          "shm:/x+0xfffffffffffffff8", "shm:a/b", "a/b", "1:2/3+8", "shm:.."}) {
    EXPECT_THROW(static_cast<void>(sem::parse_address(bad)), UsageError) << bad;
  }
}

TEST_F(Sem, OpensWhatAnotherMade) {
  const auto peer = make_semaphore("/s", 3);
  Semaphore semaphore = open_it("s");
  EXPECT_EQ(semaphore.name(), "/s");
  EXPECT_EQ(semaphore.value(), 3U);
  EXPECT_TRUE(semaphore.try_wait());
  EXPECT_EQ(test::value_of(peer), 2);
}

TEST_F(Sem, NamesOfAllKinds) {
  for (const auto& name : {"."s, ".."s, "a\n\xff"s, "sem.x"s, "12:3"s, std::string(251, 's')}) {
    create("/" + name, {.value = 2, .mode = {}, .owner = {}});
    EXPECT_TRUE(exists("/" + name)) << name;
    EXPECT_EQ(inspect("/" + name).value, 2U);
    sem::remove(shm::Directory{}, "/" + name);
  }
}

TEST_F(Sem, OpensNoSuchSemaphore) {
  expect_error(Exit::missing, ENOENT, "/s: no such semaphore (ipctl sem ls lists them)", opening("s"));
  expect_error(Exit::missing, ENOENT, "/x: no such object", opening("shm:/x"));
  expect_error(Exit::missing, ENOENT, "file:/nonexistent/f", opening("file:/nonexistent/f"));
  expect_error(Exit::missing, ENOENT, "fd:987", opening("fd:987"));
}

TEST_F(Sem, OpensOnlySemaphores) {
  make_memory("/sem.zeros", std::string(32, '\0'));
  make_memory("/sem.short", "x");
  make_memory("/x", std::string(100, 'x'));
  ASSERT_EQ(::symlink("sem.zeros", "/dev/shm/sem.link"), 0);
  ASSERT_EQ(::mkdir("/dev/shm/sem.directory", 0700), 0);
  ASSERT_EQ(::mkfifo("/dev/shm/sem.fifo", 0600), 0);
  for (const char* name : {"zeros", "short", "link", "directory", "fifo"}) {
    expect_error(Exit::failed, 0, std::string("/") + name + ": " + std::string(no_semaphore), opening(name));
  }
  expect_error(Exit::failed, 0, "shm:/x: " + std::string(no_semaphore), opening("shm:/x"));
  expect_error(Exit::failed, 0, "file:/dev: is no regular file", [] { static_cast<void>(inspect("file:/dev")); });
  expect_error(Exit::failed, 0, "file:/dev/null: is no regular file", opening("file:/dev/null"));
}

TEST_F(Sem, OpensOnlyWherePermitted) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  make_semaphore("/s", 0, 0600);
  make_semaphore("/readable", 3, 0644);
  make_memory("/x", std::string(64, 'x'), 0644);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/s: permission to read and write denied: it belongs to root and has mode 0600",
                 opening("s"));
    expect_error(Exit::failed, EACCES, "/readable: permission to read and write denied", opening("readable"));
    expect_error(Exit::failed, EACCES, "/x: permission to write denied", opening("shm:/x"));
    const auto object = inspect("readable");
    EXPECT_EQ(object.value, 3U) << "to look at it, reading suffices";
    EXPECT_EQ(inspect("s").value, std::nullopt);
    EXPECT_EQ(inspect("s").mode, 0600U);
  }));
}

TEST_F(Sem, CreatesWithExactAttributes) {
  const mode_t former = ::umask(077);
  create("/s", {.value = 5, .mode = Mode{0666}, .owner = {}});
  create("/most", {.value = sem::max_value, .mode = {}, .owner = {}});
  EXPECT_EQ(::umask(former), 077U) << "the umask is as before";
  EXPECT_EQ(mode_of("s"), 0666U);
  EXPECT_EQ(mode_of("most"), 0600U);
  EXPECT_EQ(test::value_of(test::open_semaphore("/s")), 5);
  EXPECT_EQ(test::value_of(test::open_semaphore("/most")), 2147483647);
  expect_error(Exit::exists, EEXIST, "/s: the semaphore exists already (--if-missing accepts it)",
               [] { create("/s", {.value = 9, .mode = {}, .owner = {}}); });
  EXPECT_EQ(test::value_of(test::open_semaphore("/s")), 5);
}

TEST_F(Sem, CreatesForAnother) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to give it to another user";
  create("/s", {.value = 1, .mode = Mode{0640}, .owner = {.user = 11, .group = 12}});
  const auto object = inspect("s");
  EXPECT_EQ(object.uid, 11U);
  EXPECT_EQ(object.gid, 12U);
  EXPECT_EQ(object.mode, 0640U);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EPERM, "/mine: only root may give it",
                 [] { create("/mine", {.value = 1, .mode = {}, .owner = {.user = 0, .group = {}}}); });
    EXPECT_FALSE(exists("/mine")) << "nothing is left";
  }));
}

TEST_F(Sem, CreateSaysWhyItCannot) {
  for (int i = 0; i < 70; ++i) Fd{::open(("/dev/shm/f" + std::to_string(i)).c_str(), O_CREAT | O_RDONLY, 0600)};
  expect_error(Exit::failed, ENOSPC, "/s: /dev/shm has as many files as it may", [] { create("/s"); });
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  ASSERT_EQ(::chmod("/dev/shm", 0755), 0);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/s: permission denied: /dev/shm may not be written to", [] { create("/s"); });
  }));
}

TEST_F(Sem, InitMakesOneAtAnAddress) {
  const Fd peer = make_memory("/x", std::string(128, 'x'));
  init("shm:/x+64", 7);
  const Mapping mapping{peer.get(), 128, PROT_READ | PROT_WRITE, MAP_SHARED, "/x"};
  int value = 0;
  ASSERT_EQ(::sem_getvalue(reinterpret_cast<sem_t*>(mapping.bytes().data() + 64), &value), 0);
  EXPECT_EQ(value, 7);
  const std::string all(mapping.bytes().begin(), mapping.bytes().end());
  EXPECT_EQ(all.substr(0, 64), std::string(64, 'x'));
  EXPECT_EQ(all.substr(96), std::string(32, 'x'));
  EXPECT_EQ(open_it("shm:/x+64").value(), 7U);
  EXPECT_EQ(open_it("fd:" + std::to_string(peer.get()) + "+0x40").value(), 7U);
  expect_error(Exit::exists, EEXIST, "shm:/x+64: a semaphore is there already (--force replaces it)",
               [] { init("shm:/x+64", 1); });
  init("shm:/x+64", 1, Existing::replace);
  EXPECT_EQ(inspect("shm:/x+64").value, 1U);
}

TEST_F(Sem, InitInAFile) {
  const test::TemporaryDirectory directory;
  const std::string address = "file:" + directory.file("f", std::string(8192, '\0')) + "+4080";  // across two pages
  init(address, 2);
  EXPECT_TRUE(open_it(address).try_wait());
  EXPECT_EQ(inspect(address).value, 1U);
  EXPECT_EQ(inspect(address).offset, 4080U);
}

TEST_F(Sem, AddressesBeyondTheEnd) {
  make_memory("/x", std::string(100, 'x'));
  init("shm:/x+64", 1);
  for (const auto& [address, offset] : {std::pair{"shm:/x+72", "72"},
                                        {"shm:/x+96", "96"},
                                        {"shm:/x+104", "104"},
                                        {"shm:/x+4611686018427387904", "4611686018427387904"}}) {
    const std::string words = std::string(address) + ": a semaphore's 32 bytes at offset " + offset +
                              " are beyond the end: there are 100 bytes";
    expect_error(Exit::failed, 0, words, opening(address));
    expect_error(Exit::failed, 0, words, [a = address] { init(a, 1); });
    EXPECT_EQ(inspect(address).value, std::nullopt) << address;
  }
}

TEST_F(Sem, FarInASparseObject) {
  const Fd peer = make_memory("/x");
  ASSERT_EQ(::ftruncate(peer.get(), off_t{1} << 41), 0);
  const std::string address = "shm:/x+" + std::to_string(std::uint64_t{1} << 40U);
  init(address, 4);
  EXPECT_EQ(open_it(address).value(), 4U);
}

TEST_F(Sem, DestroyClearsIt) {
  make_memory("/x", std::string(128, 'x'));
  init("shm:/x+64", 7);
  destroy("shm:/x+64");
  EXPECT_EQ(test::memory_text("/x"), std::string(64, 'x') + std::string(32, '\0') + std::string(32, 'x'));
  EXPECT_EQ(inspect("shm:/x+64").value, std::nullopt);
  expect_error(Exit::failed, 0, no_semaphore, [] { destroy("shm:/x+64"); });
}

TEST_F(Sem, DestroyNotUnderWhoWaits) {
  const Fd peer = make_memory("/x", std::string(64, 'x'));
  init("shm:/x", 0);
  const Mapping mapping{peer.get(), 64, PROT_READ | PROT_WRITE, MAP_SHARED, "/x"};
  auto* const semaphore = reinterpret_cast<sem_t*>(mapping.bytes().data());
  const pid_t waiter = test::start([semaphore] { return ::sem_wait(semaphore); });
  while (inspect("shm:/x").waiters != 1U) ::usleep(1000);
  expect_error(Exit::failed, 0, "shm:/x: those who wait on it, 1, would wait for ever; post first, or use --force",
               [] { destroy("shm:/x"); });
  EXPECT_EQ(inspect("shm:/x").waiters, 1U);
  destroy("shm:/x", Semaphore::Waiters::ignore);
  EXPECT_EQ(inspect("shm:/x").value, std::nullopt);
  ::kill(waiter, SIGKILL);
  test::wait_status(waiter);
}

TEST_F(Sem, RemovesTheName) {
  const auto peer = make_semaphore("/s", 1);
  Semaphore held = open_it("s");
  sem::remove(shm::Directory{}, "/s");
  EXPECT_FALSE(exists("/s"));
  held.post();
  EXPECT_EQ(test::value_of(peer), 2) << "who has it open goes on";
  expect_error(Exit::missing, ENOENT, "/s: no such semaphore (ipctl sem ls lists them)",
               [] { sem::remove(shm::Directory{}, "/s"); });
}

TEST_F(Sem, RemovesOnlySemaphores) {
  make_memory("/sem.x", "text");
  expect_error(Exit::failed, 0, "it is the file /dev/shm/sem.x", [] { sem::remove(shm::Directory{}, "/x"); });
  EXPECT_EQ(test::memory_text("/sem.x"), "text");
  if (!test::is_root()) GTEST_SKIP() << "needs root, to become an ordinary user";
  make_semaphore("/s", 1, 0600);
  EXPECT_TRUE(test::holds_in_child([] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EACCES, "/s: permission denied: only its owner or root may remove a semaphore",
                 [] { sem::remove(shm::Directory{}, "/s"); });
  }));
}

TEST_F(Sem, InspectTellsAllAboutOne) {
  const auto peer = make_semaphore("/s", 3, 0640);
  const auto object = inspect("s");
  EXPECT_EQ(object.mechanism, "sem");
  EXPECT_EQ(object.name, "/s");
  EXPECT_EQ(object.value, 3U);
  EXPECT_EQ(object.waiters, 0U);
  EXPECT_EQ(object.offset, std::nullopt);
  EXPECT_EQ(object.mode, 0640U);
  EXPECT_EQ(object.uid, ::geteuid());
  EXPECT_EQ(object.usage, Usage::unknown);
  expect_error(Exit::missing, ENOENT, "/t: no such semaphore", [] { static_cast<void>(inspect("t")); });
  make_memory("/x", std::string(64, 'x'));
  EXPECT_EQ(inspect("shm:/x+8").value, std::nullopt);
  EXPECT_EQ(inspect("shm:/x+8").offset, 8U);
}

TEST_F(Sem, WhoMapsItHoldsIt) {
  const auto peer = make_semaphore("/s");
  const auto object = inspect("s", Holders::find);
  ASSERT_EQ(object.holders.size(), 1U) << "sem_open(3) leaves no descriptor";
  EXPECT_TRUE(object.holders[0].is_mapping());
  EXPECT_EQ(object.holders[0].pid, ::getpid());
  EXPECT_EQ(object.usage, Usage::used);
  const auto all = sem::list(shm::Directory{}, Holders::find);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].holders.size(), 1U);
}

TEST_F(Sem, WhoMapsAFileHoldsIt) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.file("f", std::string(4096, '\0'));
  init("file:" + path, 1);
  const Fd fd{::open(path.c_str(), O_RDWR | O_CLOEXEC)};
  const Mapping mapping{fd.get(), 4096, PROT_READ, MAP_SHARED, path};
  const auto object = inspect("file:" + path, Holders::find);
  EXPECT_EQ(object.usage, Usage::used);
  EXPECT_GE(object.holders.size(), 1U);
}

TEST_F(Sem, ListsNamedOnesSorted) {
  EXPECT_TRUE(sem::list(shm::Directory{}, Holders::skip).empty());
  make_semaphore("/b", 2);
  make_semaphore("/a\n", 1);
  make_memory("/x", test::memory_text("/sem.b").value_or(""));
  make_memory("/sem.no", "text");
  const auto all = sem::list(shm::Directory{}, Holders::skip);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "/a\n");
  EXPECT_EQ(all[0].value, 1U);
  EXPECT_EQ(all[1].name, "/b");
  EXPECT_EQ(sem::names(), (std::vector<std::string>{"/a\n", "/b"}));
}

TEST_F(Sem, WhatVanishesMeanwhileIsLeftOut) {
  const pid_t churn = test::start([] {
    for (int i = 0; i < 2000; ++i) {
      const std::string name = "/churn" + std::to_string(i % 5);
      make_semaphore(name, 1);
      ::sem_unlink(name.c_str());
    }
    return 0;
  });
  int status = 0;
  while (::waitpid(churn, &status, WNOHANG) == 0) {
    for (const auto& object : sem::list(shm::Directory{}, Holders::skip)) {
      // sem_open(3) gives a new one another name first: "sem." and six characters.
      EXPECT_TRUE(object.name.starts_with("/churn") || object.name.size() == 7) << object.name;
    }
  }
  EXPECT_EQ(status, 0);
}

TEST_F(Sem, InAnotherMountNamespace) {
  make_semaphore("/s", 1);
  const test::Companion other{[] {
    if (::unshare(CLONE_NEWNS) != 0 || !mount_shm()) return false;
    make_semaphore("/s", 5);
    make_memory("/x", std::string(64, 'x'));
    return true;
  }};
  const shm::Directory there{std::to_string(other.pid())};
  const sem::Address address = sem::parse_address("s");
  {
    Semaphore semaphore = Semaphore::open(there, address);
    EXPECT_EQ(semaphore.value(), 5U);
    semaphore.post();
  }
  EXPECT_EQ(sem::inspect(there, address, Holders::skip).value, 6U);
  EXPECT_EQ(inspect("s").value, 1U);
  Semaphore::create(there, "/new", {.value = 4, .mode = Mode{0644}, .owner = {}});
  EXPECT_FALSE(exists("/new"));
  const auto made = sem::inspect(there, sem::parse_address("new"), Holders::skip);
  EXPECT_EQ(made.value, 4U);
  EXPECT_EQ(made.mode, 0644U);
  expect_error(Exit::exists, EEXIST, "/new", [&] { Semaphore::create(there, "/new", {}); });
  Semaphore::init(there, sem::parse_address("shm:/x"), 9, Existing::refuse);
  EXPECT_EQ(Semaphore::open(there, sem::parse_address("shm:/x")).value(), 9U);
  EXPECT_EQ(sem::list(there, Holders::skip).size(), 2U);
  sem::remove(there, "/s");
  EXPECT_TRUE(exists("/s"));
  expect_error(Exit::missing, ENOENT, "/s", [&] { sem::remove(there, "/s"); });
}

}  // namespace
}  // namespace ipctl
