// dispatch: which verb runs, and how each failure ends.
#include "cli/dispatch.hpp"

#include <gtest/gtest.h>

#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "os/error.hpp"
#include "tests/unit/cli/example.hpp"

namespace ipctl {
namespace {

struct Result {
  Exit status;
  std::string out;
  std::string err;
};

Result run(std::vector<const char*> words) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const Exit status = dispatch(example::index, words);
  return {status, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

// What comes of `box put /q` when the verb does this.
Result run_with(void (*behaviour)()) {
  example::behave = behaviour;
  const Result result = run({"box", "put", "/q"});
  example::behave = nullptr;
  return result;
}

TEST(Dispatch, TheVerbGetsItsOptionsAndItsStatusIsPassedOn) {
  EXPECT_EQ(run({"box", "take", "-c5", "/q"}).status, Exit::no);
  EXPECT_EQ(example::taken.count, 5U);
  EXPECT_EQ(example::output.command, "box take");
  EXPECT_EQ(run({"mq", "take", "/q"}).status, Exit::no);
  EXPECT_EQ(example::output.command, "mq take");
}

TEST(Dispatch, AnAliasIsTheVerb) {
  for (const char* const alias : {"grab", "wait"}) {
    example::taken = {};
    EXPECT_EQ(run({"box", alias, "/q"}).status, Exit::no);
    EXPECT_EQ(example::taken.name, "/q");
    EXPECT_EQ(example::output.command, "box take");
    EXPECT_EQ(run({"help", "box", alias}).out, run({"box", "take", "--help"}).out);
  }
  EXPECT_NE(run({"box", "--help"}).out.find("take, grab, wait"), std::string::npos);
  EXPECT_NE(run({"box", "take", "--help"}).out.find("Aliases: grab, wait\n"), std::string::npos);
  EXPECT_EQ(run({"box", "gra"}).err, "ipctl: box: 'gra' is no verb; did you mean 'grab'? (see 'ipctl box --help')\n");
}

TEST(Dispatch, AnAbsentVerbSaysWhy) {
  for (const Result& result : {run({"box", "resize", "/q"}), run({"help", "box", "resize"})}) {
    EXPECT_EQ(result.status, Exit::usage);
    EXPECT_EQ(result.err, "ipctl: box resize: a box has one size; make another: box create\n");
    EXPECT_EQ(result.out, "");
  }
}

TEST(Dispatch, AUsageErrorSaysWhereToLook) {
  const Result result = run({"box", "take"});
  EXPECT_EQ(result.status, Exit::usage);
  EXPECT_EQ(result.err, "ipctl: box take: NAME is missing (queue to read) (see 'ipctl box take --help')\n");
}

TEST(Dispatch, EveryFailureIsOneLineAndAStatus) {
  const Result error = run_with([] { throw ObjectError{ENOENT, "mq_open", "/\x1b"}; });
  EXPECT_EQ(error.status, Exit::missing);
  EXPECT_EQ(error.err, "ipctl: box put: /\\x1b: mq_open: No such file or directory\n");
  const Result own_status = run_with([] { throw Error{Exit::timed_out, "/q", "too late"}; });
  EXPECT_EQ(own_status.status, Exit::timed_out);
  EXPECT_EQ(own_status.err, "ipctl: box put: /q: too late\n");
  const Result usage = run_with([] { throw UsageError("no"); });
  EXPECT_EQ(usage.status, Exit::usage);
  const Result memory = run_with([] { throw std::bad_alloc(); });
  EXPECT_EQ(memory.status, Exit::failed);
  EXPECT_EQ(memory.err, "ipctl: box put: out of memory\n");
  const Result other = run_with([] { throw std::logic_error("a\nb"); });
  EXPECT_EQ(other.status, Exit::failed);
  EXPECT_EQ(other.err, "ipctl: box put: a\\nb\n");
}

TEST(Dispatch, AReaderThatLeftIsSigpipe) {
  const auto print = [] {
    example::behave = [] { throw Error{EPIPE, "write", "standard output"}; };
    static constexpr const char* words[] = {"box", "put", "/q"};
    static_cast<void>(dispatch(example::index, words));
  };
  EXPECT_EXIT(print(), testing::KilledBySignal(SIGPIPE), "^$");
  EXPECT_EQ(run_with([] { throw Error{EPIPE, "connect", "/socket"}; }).status, Exit::failed);
}

}  // namespace
}  // namespace ipctl
