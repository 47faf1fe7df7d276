// ProgressLine: a carriage return, the line, and what erases the rest of the one before.
#include "io/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "io/columns.hpp"
#include "os/file.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr auto first_after = 1s;
constexpr auto interval = 250ms;
constexpr std::string_view erase_line = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine(const Output& output, std::uint64_t total, Screen screen)
    : total_(total),
      wanted_(!output.quiet && ::isatty(STDERR_FILENO) == 1 &&
              (screen == Screen::free || ::isatty(STDOUT_FILENO) != 1)),
      start_(Clock::now()),
      next_(start_ + first_after) {}

ProgressLine::~ProgressLine() {
  if (shown_) static_cast<void>(write_regardless(STDERR_FILENO, erase_line));
}

void ProgressLine::update(std::uint64_t bytes) {
  if (!wanted_) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + interval;
  shown_ = true;
  static_cast<void>(
      write_regardless(STDERR_FILENO, std::string(erase_line) + progress_text(bytes, total_, now - start_)));
}

std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::nanoseconds passed) {
  const double seconds = std::chrono::duration<double>(passed).count();
  const auto rate = seconds > 0 ? static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds) : 0;
  const auto size = [](std::uint64_t count) { return text_of(Bytes{count}, false); };
  if (total == UINT64_MAX || total == 0) return fmt::format("{}, {}/s", size(bytes), size(rate));
  const auto percent = static_cast<int>(static_cast<double>(bytes) * 100 / static_cast<double>(total));
  return fmt::format("{} of {}, {}%, {}/s", size(bytes), size(total), percent, size(rate));
}

}  // namespace ipctl
