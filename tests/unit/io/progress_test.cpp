// progress: the text, and when a line is shown at all.
#include "io/progress.hpp"

#include <gtest/gtest.h>

#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t gib = std::uint64_t{1} << 30U;

TEST(ProgressText, WithAndWithoutATotal) {
  EXPECT_EQ(progress_text(gib, 4 * gib, 2s), "1G of 4G, 25%, 512M/s");
  EXPECT_EQ(progress_text(gib + gib / 2, 4 * gib, 1s), "1.5G of 4G, 37%, 1.5G/s");
  EXPECT_EQ(progress_text(gib, UINT64_MAX, 1s), "1G, 1G/s");
  EXPECT_EQ(progress_text(gib, 0, 1s), "1G, 1G/s");
}

TEST(ProgressText, AtTheEnds) {
  EXPECT_EQ(progress_text(0, gib, 0s), "0B of 1G, 0%, 0B/s");
  EXPECT_EQ(progress_text(gib, gib, 4s), "1G of 1G, 100%, 256M/s");
  EXPECT_EQ(progress_text(gib - 1, gib, 1h).find("100%"), std::string::npos);
}

/// What is written to a terminal that is standard error (and with `both` output too) while a transfer of `passed` goes
/// on.
std::string shown(bool quiet, bool both, std::chrono::milliseconds passed) {
  const Fd terminal{::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
  if (!terminal || ::grantpt(terminal.get()) != 0 || ::unlockpt(terminal.get()) != 0) return "no terminals";
  const Fd line{::open(::ptsname(terminal.get()), O_RDWR | O_NOCTTY | O_CLOEXEC)};
  if (!line) return "no terminals";
  const int status = test::in_child([&] {
    ::dup2(line.get(), STDERR_FILENO);
    const Fd null{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    ::dup2(both ? line.get() : null.get(), STDOUT_FILENO);
    Output output;
    output.quiet = quiet;
    ProgressLine progress{output, 100, both ? ProgressLine::Screen::has_data : ProgressLine::Screen::free};
    progress.update(1);
    ::usleep(static_cast<useconds_t>(passed.count() * 1000));
    progress.update(50);
    return 0;
  });
  EXPECT_EQ(status, 0);
  ::fcntl(terminal.get(), F_SETFL, O_NONBLOCK);
  return test::rest_of(terminal.get());
}

TEST(ProgressLine, IsShownAfterASecondAndGoneAtTheEnd) {
  const std::string text = shown(false, false, 1100ms);
  if (text == "no terminals") GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_TRUE(text.starts_with("\r\x1b[K50B of 100B, 50%, ")) << text;
  EXPECT_TRUE(text.ends_with("/s\r\x1b[K")) << text;
}

TEST(ProgressLine, IsNotShown) {
  if (shown(true, false, 1ms) == "no terminals") GTEST_SKIP() << "no pseudo-terminals here";
  EXPECT_EQ(shown(false, false, 1ms), "") << "too soon";
  EXPECT_EQ(shown(true, false, 1100ms), "") << "quiet";
  EXPECT_EQ(shown(false, true, 1100ms), "") << "the terminal shows the data itself";
  const test::Ended ended = test::run_child([] {
    ProgressLine progress{Output{}, 100, ProgressLine::Screen::free};
    ::usleep(1'100'000);
    progress.update(50);
    return 0;
  });
  EXPECT_EQ(ended.err, "") << "a file";
}

}  // namespace
}  // namespace ipctl
