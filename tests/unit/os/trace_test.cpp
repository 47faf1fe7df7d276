// trace: the lines of --verbose.
#include "os/trace.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <vector>

namespace ipctl {
namespace {

std::vector<std::string> lines;

class Trace : public testing::Test {
 protected:
  Trace() {
    lines.clear();
    trace::sink = [](std::string_view line) {
      lines.emplace_back(line);
      errno = EDOM;  // printing may change it
    };
  }
  ~Trace() override { trace::sink = nullptr; }
};

TEST_F(Trace, ShowsASuccess) {
  EXPECT_TRUE(trace::on());
  EXPECT_EQ(trace::call(3, "mq_open", "{}, {}", trace::quoted("/q"), "O_RDONLY"), 3);
  EXPECT_EQ(lines, std::vector<std::string>{"mq_open(\"/q\", O_RDONLY) = 3"});
}

TEST_F(Trace, ShowsAFailureAndKeepsErrno) {
  errno = ENOENT;
  EXPECT_EQ(trace::call(-1, "mq_open", "{}", trace::quoted("/q")), -1);
  EXPECT_EQ(errno, ENOENT);
  EXPECT_EQ(lines, std::vector<std::string>{"mq_open(\"/q\") = -1 ENOENT (No such file or directory)"});
}

TEST_F(Trace, ShowsAnErrnoWithoutAName) {
  errno = 524;  // ENOTSUPP, the kernel's own
  EXPECT_EQ(trace::call(-1, "fsopen", "{}", 1), -1);
  EXPECT_EQ(lines, std::vector<std::string>{"fsopen(1) = -1 524 (Unknown error 524)"});
}

TEST_F(Trace, KeepsErrnoOfASuccess) {
  errno = EXDEV;
  EXPECT_EQ(trace::call(5L, "msgrcv", "{}", 7), 5L);
  EXPECT_EQ(errno, EXDEV);
  EXPECT_EQ(lines, std::vector<std::string>{"msgrcv(7) = 5"});
}

TEST_F(Trace, OffShowsNothing) {
  trace::sink = nullptr;
  EXPECT_FALSE(trace::on());
  errno = EIO;
  EXPECT_EQ(trace::call(-1, "mq_unlink", "{}", trace::quoted("/q")), -1);
  EXPECT_EQ(errno, EIO);
  EXPECT_TRUE(lines.empty());
}

TEST(TraceQuoted, ReadsAsCSource) {
  EXPECT_EQ(to_string(trace::quoted("")), R"("")");
  EXPECT_EQ(to_string(trace::quoted("say \"hi\"")), R"("say \"hi\"")");
  EXPECT_EQ(to_string(trace::quoted("a\\b\n\x01")), R"("a\\b\n\x01")");
}

TEST(TraceQuoted, CutsAfter32Bytes) {
  const std::string text(32, 'x');
  EXPECT_EQ(to_string(trace::quoted(text)), '"' + text + '"');
  EXPECT_EQ(to_string(trace::quoted(text + "y")), '"' + text + "\"...");
}

}  // namespace
}  // namespace ipctl
