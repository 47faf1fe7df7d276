// Fuzz target: what is read of /proc and of a queue's status line, against sscanf(3) and other naive readers.
#include <climits>
#include <csignal>

#include <fmt/format.h>

#include "ipc/mq.hpp"
#include "os/process.hpp"
#include "os/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

// The first word of the first line that begins with `key`, after blanks.
std::optional<std::string> line_value(std::string_view text, std::string_view key) {
  std::size_t at = 0;
  while (!text.substr(at).starts_with(key)) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return std::nullopt;
    ++at;
  }
  std::string value;
  for (at += key.size(); at < text.size() && text[at] != '\n'; ++at) {
    if (!value.empty() || (text[at] != ' ' && text[at] != '\t')) value += text[at];
  }
  return value;
}

void check_fdinfo(std::string_view text) {
  const auto value = line_value(text, "flags:");
  const bool octal = value && !value->empty() && value->find_first_not_of("01234567") == std::string::npos;
  errno = 0;
  const unsigned long long number = octal ? std::strtoull(value->c_str(), nullptr, 8) : 0;
  const bool fits = octal && errno == 0 && number <= UINT_MAX;
  require(parse_fdinfo_flags(text) == (fits ? std::optional{static_cast<unsigned>(number)} : std::nullopt),
          "flags of fdinfo");
}

// A line of /proc/PID/stat around a command's name of any bytes.
void check_stat(std::string_view name, unsigned flags) {
  const std::string line = fmt::format("4711 ({}) S 1 4711 4711 0 -1 {} 0 0\n", name, flags);
  require(parse_stat_flags(line) == flags, "field 9, whatever the name");
  static_cast<void>(parse_stat_flags(name));
  static_cast<void>(parse_stat_flags(line.substr(0, line.size() / 2)));
}

void check_status(std::string_view text) {
  mq::QueueObject object;
  if (!mq::parse_status(text, object)) {
    require(!object.notify && !object.bytes, "what is no status line changes nothing");
    return;
  }
  require(text.starts_with("QSIZE:") && object.bytes && object.notify, "a status line");
  require(object.notify_signal.has_value() == (*object.notify == "SIGEV_SIGNAL"), "a signal where one is sent");
}

// As ipc/mqueue.c writes it.
void check_status_of(std::uint64_t size, unsigned method, unsigned signal, unsigned pid) {
  mq::QueueObject object;
  const std::string line =
      fmt::format("QSIZE:{:<10} NOTIFY:{:<5} SIGNO:{:<5} NOTIFY_PID:{:<6}\n", size, method, signal, pid);
  require(mq::parse_status(line, object), "the kernel's line is one");
  require(object.bytes == size, "the size is read");
  const bool none = pid == 0 && signal == 0 && method == SIGEV_SIGNAL;
  require(none == (*object.notify == "none"), "no registration is told from one");
  if (!none) require(object.notify_pid == static_cast<pid_t>(pid), "the registrant is read");
  if (!none && method == SIGEV_SIGNAL) require(object.notify_signal == static_cast<int>(signal), "the signal is read");
}

// The text helpers that all of this is built on.
void check_text(std::string_view text) {
  const std::string shown = printable(text);
  require(is_shown(shown) && is_utf8(shown), "printable text can be shown");
  require(unescape(shown) == text, "and read back");
  if (const auto bytes = unescape(text)) require(bytes->size() <= text.size(), "escapes only shrink");
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl::fuzz;
  Input input{data, size};
  const unsigned flags = unsigned{input.byte()} << 16U | input.byte();
  const unsigned method = input.byte() % 3;
  const unsigned signal = input.byte() % 65;
  const std::string_view text = input.rest();
  check_fdinfo(text);
  check_stat(text, flags);
  check_status(text);
  check_status_of(flags * 1000UL, method, signal, flags);
  check_text(text);
  return 0;
}
