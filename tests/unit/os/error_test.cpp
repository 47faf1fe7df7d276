// Error and check(): texts and exit statuses.
#include "os/error.hpp"

#include <gtest/gtest.h>

namespace ipctl {
namespace {

TEST(Error, NamesObjectCallAndReason) {
  const Error error{ENOENT, "mq_open", "/q"};
  EXPECT_STREQ(error.what(), "/q: mq_open: No such file or directory");
  EXPECT_EQ(error.code(), ENOENT);
  EXPECT_EQ(error.object(), "/q");
}

TEST(Error, WithoutAnObject) {
  EXPECT_STREQ((Error{EMFILE, "eventfd", ""}).what(), "eventfd: Too many open files (RLIMIT_NOFILE; ulimit -n)");
}

TEST(Error, WithoutACall) {
  EXPECT_STREQ((Error{EIO, "", "/q"}).what(), "/q: Input/output error");
}

TEST(Error, WhyReplacesCallAndErrno) {
  const Error error{EMFILE, "mq_open", "/q", "RLIMIT_MSGQUEUE is used up"};
  EXPECT_STREQ(error.what(), "/q: RLIMIT_MSGQUEUE is used up");
  EXPECT_EQ(error.code(), EMFILE);
}

TEST(Error, ObjectIsSafeOnATerminalInTheTextOnly) {
  const Error error{EACCES, "mq_open", "/a\x1b[2J\n"};
  EXPECT_STREQ(error.what(), "/a\\x1b[2J\\n: mq_open: Permission denied");
  EXPECT_EQ(error.object(), "/a\x1b[2J\n");
}

TEST(Error, OnlyTheObjectItselfIsMissingOrThere) {
  EXPECT_EQ((ObjectError{ENOENT, "", ""}).status(), Exit::missing);
  EXPECT_EQ((ObjectError{EEXIST, "", ""}).status(), Exit::exists);
  EXPECT_EQ((ObjectError{EACCES, "", ""}).status(), Exit::failed);
  for (const int code : {ENOENT, EEXIST, EAGAIN, ETIMEDOUT, EACCES}) {
    EXPECT_EQ((Error{code, "", ""}).status(), Exit::failed) << code;
  }
}

TEST(Error, StatusCanBeGiven) {
  const Error error{Exit::not_found, "frobnicate", "command not found"};
  EXPECT_STREQ(error.what(), "frobnicate: command not found");
  EXPECT_EQ(error.status(), Exit::not_found);
  EXPECT_EQ(error.code(), 0);
}

TEST(Error, StatusesAreTheDocumentedNumbers) {
  EXPECT_EQ(static_cast<int>(Exit::ok), 0);
  EXPECT_EQ(static_cast<int>(Exit::failed), 1);
  EXPECT_EQ(static_cast<int>(Exit::usage), 2);
  EXPECT_EQ(static_cast<int>(Exit::no), 3);
  EXPECT_EQ(static_cast<int>(Exit::missing), 4);
  EXPECT_EQ(static_cast<int>(Exit::exists), 5);
  EXPECT_EQ(static_cast<int>(Exit::command_failed), 123);
  EXPECT_EQ(static_cast<int>(Exit::timed_out), 124);
  EXPECT_EQ(static_cast<int>(Exit::cannot_run), 125);
  EXPECT_EQ(static_cast<int>(Exit::not_executable), 126);
  EXPECT_EQ(static_cast<int>(Exit::not_found), 127);
}

TEST(Check, PassesResultsThrough) {
  EXPECT_EQ(check(0, "close"), 0);
  EXPECT_EQ(check(7L, "read"), 7L);
}

TEST(Check, ThrowsErrno) {
  errno = EBADF;
  try {
    check(-1, "close", "fd 9");
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), EBADF);
    EXPECT_STREQ(error.what(), "fd 9: close: Bad file descriptor");
  }
}

}  // namespace
}  // namespace ipctl
