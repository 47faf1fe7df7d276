// process: files of /proc about one process, proc(5).
#include "os/process.hpp"

#include <fcntl.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <climits>

#include "os/file.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

// The number before `end`, which is removed with it.
std::optional<std::uint64_t> take_number(std::string_view& text, char end, int base) {
  const std::size_t length = text.find(end);
  const auto number = to_number(text.substr(0, length), base);
  text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
  return number;
}

}  // namespace

std::string_view to_string(Direction direction) {
  switch (direction) {
    case Direction::read: return "r";
    case Direction::write: return "w";
    case Direction::both: break;
  }
  return "rw";
}

ScanReport both(const ScanReport& one, const ScanReport& other) {
  return {.seen = std::min(one.seen, other.seen),
          .unreadable = std::max(one.unreadable, other.unreadable),
          .hidden = one.hidden || other.hidden};
}

bool is_in_first_pid_namespace() {
  constexpr ino_t first_namespace = 0xEFFFFFFC;  // PROC_PID_INIT_INO in include/linux/proc_ns.h
  struct stat status {};
  return ::stat("/proc/self/ns/pid", &status) == 0 && status.st_ino == first_namespace;
}

std::optional<std::string> command_of(pid_t pid) {
  auto text = read_small_file("/proc/" + std::to_string(pid) + "/comm");
  if (text && text->ends_with('\n')) text->pop_back();
  return text;
}

const std::string& CommandNames::of(pid_t pid) {
  if (pid != pid_) {
    name_ = command_of(pid).value_or("");
    pid_ = pid;
  }
  return name_;
}

std::optional<MapsLine> parse_maps_line(std::string_view line) {
  constexpr std::size_t permissions = 4;  // "rw-s"
  MapsLine out;
  const auto start = take_number(line, '-', 16);
  const auto end = take_number(line, ' ', 16);
  if (!start || !end || line.size() <= permissions || line.find_first_not_of("rwxsp-") != permissions ||
      line[permissions] != ' ') {
    return std::nullopt;
  }
  out.start = *start;
  out.end = *end;
  out.readable = line[0] == 'r';
  out.writable = line[1] == 'w';
  out.shared = line[3] == 's';
  line.remove_prefix(permissions + 1);
  const auto offset = take_number(line, ' ', 16);
  const auto major = take_number(line, ':', 16);
  const auto minor = take_number(line, ' ', 16);
  const auto inode = take_number(line, ' ', 10);
  if (!offset || !major || !minor || !inode || *major > UINT_MAX || *minor > UINT_MAX) return std::nullopt;
  out.device = makedev(static_cast<unsigned>(*major), static_cast<unsigned>(*minor));
  out.inode = *inode;
  out.path = line.substr(std::min(line.find_first_not_of(' '), line.size()));
  return out;
}

std::optional<BlockedCall> parse_blocked_call(std::string_view text) {
  BlockedCall out;
  const auto number = take_number(text, ' ', 10);  // "running", or "-1" outside of a system call
  if (!number || *number > INT_MAX) return std::nullopt;
  out.number = static_cast<long>(*number);
  for (std::uint64_t& argument : out.arguments) {
    if (!text.starts_with("0x")) return std::nullopt;
    text.remove_prefix(2);
    const auto value = take_number(text, ' ', 16);
    if (!value) return std::nullopt;
    argument = *value;
  }
  return out;
}

std::optional<bool> shares_ipc_namespace(pid_t pid) {
  struct stat ours {};
  struct stat other {};
  if (::stat("/proc/thread-self/ns/ipc", &ours) != 0) return std::nullopt;
  if (::stat(("/proc/" + std::to_string(pid) + "/ns/ipc").c_str(), &other) != 0) return std::nullopt;
  return ours.st_dev == other.st_dev && ours.st_ino == other.st_ino;
}

std::optional<std::pair<dev_t, ino_t>> mapped_identity(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  const std::string text = read_small_file("/proc/self/maps", 4U << 20U).value_or("");
  for (std::string_view rest = text; !rest.empty();) {
    const auto line = parse_maps_line(rest.substr(0, rest.find('\n')));
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    if (line && line->start <= wanted && wanted < line->end && line->inode != 0) return {{line->device, line->inode}};
  }
  return std::nullopt;
}

std::optional<unsigned> descriptor_flags(pid_t pid, int fd) {
  const auto text = read_small_file("/proc/" + std::to_string(pid) + "/fdinfo/" + std::to_string(fd));
  return text ? parse_fdinfo_flags(*text) : std::nullopt;
}

Direction direction_of(unsigned flags) {
  switch (flags & O_ACCMODE) {
    case O_RDONLY: return Direction::read;
    case O_WRONLY: return Direction::write;
    default: return Direction::both;
  }
}

std::optional<Direction> direction_of(pid_t pid, int fd) {
  const auto flags = descriptor_flags(pid, fd);
  return flags ? std::optional{direction_of(*flags)} : std::nullopt;
}

std::optional<unsigned> parse_fdinfo_flags(std::string_view text) {
  constexpr std::string_view key = "flags:";
  while (!text.starts_with(key)) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  text.remove_prefix(key.size());
  text = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const auto flags = to_number(text, 8);
  if (!flags || *flags > UINT_MAX) return std::nullopt;
  return static_cast<unsigned>(*flags);
}

std::optional<std::uint64_t> stat_field(std::string_view text, int number) {
  const std::size_t end = text.rfind(')');
  if (end == std::string_view::npos) return std::nullopt;
  text.remove_prefix(end + 1);
  for (int field = 3; field <= number; ++field) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    text.remove_prefix(blank + 1);
  }
  return to_number(text.substr(0, text.find_first_of(" \n")));
}

std::optional<unsigned> parse_stat_flags(std::string_view text) {
  const auto flags = stat_field(text, 9);
  if (!flags || *flags > UINT_MAX) return std::nullopt;
  return static_cast<unsigned>(*flags);
}

}  // namespace ipctl
