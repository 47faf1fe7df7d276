// Fuzz target: what is read of /proc and of a queue's status line, against sscanf(3) and other naive readers.
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <cstdio>

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

// What is taken for a line is one to sscanf(3) too.
void check_maps(std::string_view text) {
  const auto line = parse_maps_line(text);
  if (!line) return;
  unsigned long start = 0;
  unsigned long end = 0;
  unsigned major = 0;
  unsigned minor = 0;
  unsigned long inode = 0;
  char permissions[5] = {};
  const std::string copy(text);
  require(
      std::sscanf(copy.c_str(), "%lx-%lx %4c %*x %x:%x %lu", &start, &end, permissions, &major, &minor, &inode) == 6,
      "it has all fields");
  require(line->start == start && line->end == end && line->inode == inode, "the numbers are the same");
  require(line->device == makedev(major, minor), "so is the device");
  require(line->readable == (permissions[0] == 'r') && line->writable == (permissions[1] == 'w') &&
              line->shared == (permissions[3] == 's'),
          "so are the permissions");
  require(text.ends_with(line->path), "the path is the end of it");
}

// As show_map_vma() of fs/proc/task_mmu.c writes it.
void check_maps_of(std::uint64_t start, std::uint64_t length, std::uint8_t bits, unsigned major, unsigned minor,
                   std::uint64_t inode, std::string_view path) {
  const auto bit = [bits](unsigned number, char set, char unset) { return (bits >> number & 1U) != 0 ? set : unset; };
  std::string line =
      fmt::format("{:08x}-{:08x} {}{}{}{} {:08x} {:02x}:{:02x} {} ", start, start + length, bit(0, 'r', '-'),
                  bit(1, 'w', '-'), bit(2, 'x', '-'), bit(3, 's', 'p'), length, major, minor, inode);
  if (!path.empty()) line.resize(std::max<std::size_t>(line.size(), 73), ' ');
  const auto read = parse_maps_line(line.append(path));
  require(read.has_value(), "the kernel's line is one");
  require(read->start == start && read->end == start + length && read->inode == inode, "its numbers are read");
  require(read->device == makedev(major, minor), "its device is read");
  require(
      read->readable == ((bits & 1) != 0) && read->writable == ((bits & 2) != 0) && read->shared == ((bits & 8) != 0),
      "its permissions are read");
  require(read->path == path, "its path is read");
}

// What is taken for a call is one to sscanf(3) too.
void check_blocked_call(std::string_view text) {
  const auto call = parse_blocked_call(text);
  if (!call) return;
  long number = -1;
  std::array<unsigned long, 6> arguments{};
  const std::string copy(text);
  require(std::sscanf(copy.c_str(), "%ld 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx", &number, &arguments[0], &arguments[1],
                      &arguments[2], &arguments[3], &arguments[4], &arguments[5]) == 7,
          "it has a number and six arguments");
  require(call->number == number && number >= 0, "the number is the same");
  require(std::equal(arguments.begin(), arguments.end(), call->arguments.begin()), "so are the arguments");
}

// As proc_pid_syscall() of fs/proc/base.c writes it.
void check_blocked_call_of(unsigned number, std::uint64_t first, std::uint64_t last) {
  const std::string text = fmt::format("{} {:#x} {:#x} 0x0 {:#x} {:#x} {:#x} {:#x} {:#x}\n", number, first, last,
                                       ~first, first ^ last, last, first, last);
  const auto call = parse_blocked_call(text);
  require(call.has_value() && call->number == static_cast<long>(number), "the kernel's line is one");
  require(call->arguments == std::array<std::uint64_t, 6>{first, last, 0, ~first, first ^ last, last},
          "its arguments are read");
  require(!parse_blocked_call("-1" + text.substr(text.find(' '))), "outside of a call there is none");
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
  check_maps(text);
  check_blocked_call(text);
  check_blocked_call_of(flags, flags * 1000003ULL * signal, ~std::uint64_t{flags} << method);
  // A path begins with a slash, and the kernel writes a newline in it as "\\012".
  const std::string path = "/" + std::string(text.substr(0, text.find('\n')));
  check_maps_of(flags * 4096UL, method * 8192UL, data == nullptr || size == 0 ? 0 : data[0], flags, signal,
                flags * 1000003UL, size % 5 == 0 ? "" : path);
  return 0;
}
