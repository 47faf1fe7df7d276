// Object: what stat(2) tells, changes of owner and mode, and who holds a file, by descriptor or by mapping.
#include "ipc/object.hpp"

#include <sys/mman.h>

#include <csignal>

#include "os/error.hpp"
#include "os/users.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

using test::expect_error;

/// A file of one page, and the Object that stands for it.
struct HeldFile {
  HeldFile() {
    fd.reset(::open(directory.file("held", std::string(4096, 'x')).c_str(), O_RDWR | O_CLOEXEC));
    struct stat status {};
    EXPECT_EQ(::fstat(fd.get(), &status), 0);
    fill_status(object, status);
  }
  [[nodiscard]] std::string path() const { return directory.path() + "/held"; }
  std::vector<Holder> holders() {
    object.holders.clear();
    Object* const one = &object;
    find_file_holders({&one, 1});
    return object.holders;
  }

  test::TemporaryDirectory directory;
  Fd fd;
  Object object;
};

Usage without_holders() {
  const ScanReport report = scan_descriptors([](std::string_view) { return false; }, [](const Descriptor&) {});
  return report.complete() ? Usage::unused : Usage::unknown;
}

TEST(Usage, Texts) {
  EXPECT_EQ(to_string(Usage::used), "used");
  EXPECT_EQ(to_string(Usage::unused), "unused");
  EXPECT_EQ(to_string(Usage::unknown), "unknown");
}

TEST(Object, KnowsNothingAtFirst) {
  const Object object;
  EXPECT_EQ(object.usage, Usage::unknown);
  EXPECT_EQ(object.uid, std::nullopt);
  EXPECT_EQ(object.mode, std::nullopt);
  EXPECT_EQ(object.inode, std::nullopt);
  EXPECT_TRUE(object.holders.empty());
}

TEST(FillStatus, AllThatStatTells) {
  struct stat status {};
  status.st_uid = 1;
  status.st_gid = 2;
  status.st_mode = S_IFREG | 04640;
  status.st_atim = {3, 4};
  status.st_mtim = {5, 6};
  status.st_ctim = {7, 8};
  status.st_dev = 9;
  status.st_ino = 10;
  Object object;
  fill_status(object, status);
  EXPECT_EQ(object.uid, 1U);
  EXPECT_EQ(object.gid, 2U);
  EXPECT_EQ(object.mode, 04640U);
  EXPECT_EQ(object.accessed.value_or(timespec{}).tv_nsec, 4);
  EXPECT_EQ(object.modified.value_or(timespec{}).tv_sec, 5);
  EXPECT_EQ(object.changed.value_or(timespec{}).tv_nsec, 8);
  EXPECT_EQ(object.device, 9U);
  EXPECT_EQ(object.inode, 10U);
}

TEST(ChangeMode, IsExact) {
  const HeldFile file;
  for (const mode_t mode : {0U, 0600U, 0777U, 04711U}) {
    change_mode(file.fd.get(), mode, "/x");
    struct stat status {};
    ASSERT_EQ(::fstat(file.fd.get(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777U, mode);
  }
  expect_error(Exit::failed, EBADF, "/x: fchmod: Bad file descriptor", [] { change_mode(-1, 0600, "/x"); });
}

TEST(ChangeOwner, WhereOneWasAskedFor) {
  change_owner(-1, {}, "/x");  // nothing to do
  expect_error(Exit::failed, EBADF, "/x: fchown: Bad file descriptor", [] { change_owner(-1, {0, 0}, "/x"); });
  if (!test::is_root()) GTEST_SKIP() << "needs root, to give a file to another user";
  const HeldFile file;
  const auto owner = [&file] {
    struct stat status {};
    EXPECT_EQ(::fstat(file.fd.get(), &status), 0);
    return std::pair{status.st_uid, status.st_gid};
  };
  change_owner(file.fd.get(), {.user = 11, .group = {}}, "/x");
  EXPECT_EQ(owner(), (std::pair{uid_t{11}, ::getegid()}));
  change_owner(file.fd.get(), {.user = {}, .group = 12}, "/x");
  EXPECT_EQ(owner(), (std::pair{uid_t{11}, gid_t{12}}));
  change_owner(file.fd.get(), {.user = 13, .group = 14}, "/x");
  EXPECT_EQ(owner(), (std::pair{uid_t{13}, gid_t{14}}));
  EXPECT_TRUE(test::holds_in_child([&file] {
    ASSERT_TRUE(test::become_nobody());
    expect_error(Exit::failed, EPERM, "/x: only root may give it to another user, or to a group that is not one's own",
                 [&file] { change_owner(file.fd.get(), {.user = 0, .group = {}}, "/x"); });
  }));
}

TEST(Deny, SaysWhomItBelongsToWhereThatIsKnown) {
  Object object;
  object.name = "/x";
  expect_error(Exit::failed, EACCES, "/x: permission to read denied", [&] { deny(object, "shm_open", "read"); });
  object.uid = 0;
  object.mode = 0640;
  expect_error(Exit::failed, EACCES, "/x: permission to write denied: it belongs to root and has mode 0640",
               [&] { deny(object, "shm_open", "write"); });
}

TEST(Differences, OfWhatWasAskedFor) {
  Object object;
  object.uid = 0;
  object.gid = 4'000'000;
  object.mode = 0600;
  EXPECT_EQ(differences(object, std::nullopt, {}), "");
  EXPECT_EQ(differences(object, Mode{0600}, {.user = 0, .group = 4'000'000}), "");
  EXPECT_EQ(differences(object, Mode{0644}, {}), "--mode is 0600, not 0644");
  EXPECT_EQ(differences(object, Mode{0644}, {.user = 4'000'001, .group = 4'000'002}),
            "--mode is 0600, not 0644, owner is root, not 4000001, group is 4000000, not 4000002");
  EXPECT_EQ(differences({}, Mode{0644}, {.user = 0, .group = {}}),
            "--mode is unknown, not 0644, owner is unknown, not root");
}

TEST(SetUsage, UnusedOnlyAfterALookAtEverything) {
  Object object;
  set_usage(object, {.seen = 5});
  EXPECT_EQ(object.usage, Usage::unknown) << "which file it is, is not known";
  object.inode = 1;
  set_usage(object, {.seen = 5});
  EXPECT_EQ(object.usage, Usage::unused);
  set_usage(object, {.seen = 5, .unreadable = 1});
  EXPECT_EQ(object.usage, Usage::unknown);
  set_usage(object, {.seen = 5, .hidden = true});
  EXPECT_EQ(object.usage, Usage::unknown);
  object.holders.emplace_back();
  set_usage(object, {.seen = 5, .unreadable = 1});
  EXPECT_EQ(object.usage, Usage::used);
}

TEST(FindFileHolders, OneForEachDescriptor) {
  HeldFile file;
  const Fd reader{::open(file.path().c_str(), O_RDONLY | O_CLOEXEC)};
  const auto holders = file.holders();
  ASSERT_EQ(holders.size(), 2U);
  EXPECT_EQ(file.object.usage, Usage::used);
  for (const Holder& holder : holders) {
    EXPECT_EQ(holder.pid, ::getpid());
    EXPECT_EQ(holder.command, command_of(::getpid()));
    EXPECT_FALSE(holder.is_mapping());
    EXPECT_EQ(holder.direction, holder.fd == reader.get() ? Direction::read : Direction::both);
  }
}

TEST(FindFileHolders, MappedWithoutADescriptor) {
  HeldFile file;
  const test::Companion holder{[&file] {
    const void* const memory = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, file.fd.get(), 0);
    file.fd.reset();
    return memory != MAP_FAILED;
  }};
  file.fd.reset();
  const auto holders = file.holders();
  ASSERT_EQ(holders.size(), 1U);
  EXPECT_EQ(holders[0].pid, holder.pid());
  EXPECT_TRUE(holders[0].is_mapping());
  EXPECT_EQ(holders[0].direction, Direction::read);
  EXPECT_EQ(file.object.usage, Usage::used);
}

TEST(FindFileHolders, RemovedMeanwhile) {
  HeldFile file;
  ASSERT_EQ(::unlink(file.path().c_str()), 0);
  EXPECT_EQ(file.holders().size(), 1U);
  file.fd.reset();
  EXPECT_TRUE(file.holders().empty());
  EXPECT_EQ(file.object.usage, without_holders());
}

// It has a text like any file's, and is in no directory.
TEST(FindFileHolders, AMemoryFileToo) {
  const Fd memory{::memfd_create("object_test", MFD_CLOEXEC)};
  struct stat status {};
  ASSERT_EQ(::fstat(memory.get(), &status), 0);
  Object object;
  fill_status(object, status);
  Object* const one = &object;
  find_file_holders({&one, 1});
  ASSERT_EQ(object.holders.size(), 1U);
  EXPECT_EQ(object.holders[0].fd, memory.get());
}

TEST(FindFileHolders, EachGetsItsOwn) {
  HeldFile one;
  HeldFile two;
  Object stranger;
  stranger.name = "of unknown inode";
  Object* const all[] = {&one.object, &stranger, &two.object};
  find_file_holders(all);
  ASSERT_EQ(one.object.holders.size(), 1U);
  ASSERT_EQ(two.object.holders.size(), 1U);
  EXPECT_EQ(one.object.holders[0].fd, one.fd.get());
  EXPECT_EQ(two.object.holders[0].fd, two.fd.get());
  EXPECT_EQ(stranger.usage, Usage::unknown);
}

TEST(FindFileHolders, UnknownWhereNotAllCanBeLookedAt) {
  if (!test::is_root()) GTEST_SKIP() << "needs root, to have a process of another user";
  HeldFile file;
  EXPECT_TRUE(test::holds_in_child([&file] {
    file.fd.reset();
    ASSERT_TRUE(test::become_nobody());
    EXPECT_TRUE(file.holders().empty());  // our parent's is not to be seen
    EXPECT_EQ(file.object.usage, Usage::unknown);
  }));
}

}  // namespace
}  // namespace ipctl
