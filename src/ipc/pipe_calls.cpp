// pipe_calls: arguments of the calls of read(2), splice(2), poll(2), select(2), epoll_wait(2) and their relatives.
#include "ipc/pipe_calls.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <climits>

#include "os/file.hpp"
#include "os/process_memory.hpp"
#include "os/text.hpp"

namespace ipctl::pipes {
namespace {

int fd_of(std::uint64_t argument) {
  return static_cast<int>(static_cast<std::uint32_t>(argument));
}

PipeCall reads(std::string_view name, const BlockedCall& call) {
  return {name, {{fd_of(call.arguments[0]), Wants::bytes}}};
}

PipeCall writes(std::string_view name, const BlockedCall& call) {
  return {name, {{fd_of(call.arguments[0]), Wants::room}}};
}

PipeCall moves(std::string_view name, std::uint64_t from, std::uint64_t to) {
  return {name, {{fd_of(from), Wants::bytes}, {fd_of(to), Wants::room}}};
}

template <class Mask>
Wants wants_of(Mask events, Mask input, Mask output) {
  if ((events & input) != 0) return (events & output) != 0 ? Wants::either : Wants::bytes;
  return (events & output) != 0 ? Wants::room : Wants::end;
}

// What an epoll instance is told to wait for; nothing for another descriptor.
std::vector<Awaited> epoll_members(pid_t pid, int fd) {
  constexpr std::size_t most = 4U << 20U;
  return parse_epoll(read_small_file(fmt::format("/proc/{}/fdinfo/{}", pid, fd), most).value_or(""));
}

PipeCall polls(std::string_view name, pid_t pid, const BlockedCall& call) {
  constexpr std::uint64_t most = 65536;
  PipeCall out{name, {}};
  const auto count = std::min(call.arguments[1], most);
  for (const pollfd& one : read_array_of<pollfd>(pid, call.arguments[0], count)) {
    const Wants wants = wants_of<short>(one.events, POLLIN | POLLRDNORM, POLLOUT | POLLWRNORM);
    if (one.fd < 0) continue;
    out.descriptors.push_back({one.fd, wants});
    if (read_link(AT_FDCWD, fmt::format("/proc/{}/fd/{}", pid, one.fd)) != "anon_inode:[eventpoll]") continue;
    const auto members = epoll_members(pid, one.fd);
    out.descriptors.insert(out.descriptors.end(), members.begin(), members.end());
  }
  return out;
}

// The sets may be longer than an fd_set: as many bits as the first argument says.
PipeCall selects(std::string_view name, pid_t pid, const BlockedCall& call) {
  constexpr std::uint64_t most = 65536;
  constexpr int bits = CHAR_BIT * sizeof(unsigned long);
  PipeCall out{name, {}};
  const auto count = static_cast<int>(std::min(call.arguments[0], most));
  const auto words = static_cast<std::size_t>((count + bits - 1) / bits);
  const auto add = [&](std::uint64_t address, Wants wants) {
    if (address == 0) return;
    const auto set = read_array_of<unsigned long>(pid, address, words);
    const int end = std::min(count, static_cast<int>(set.size()) * bits);
    for (int fd = 0; fd < end; ++fd) {
      if (((set[static_cast<std::size_t>(fd / bits)] >> (fd % bits)) & 1U) != 0) out.descriptors.push_back({fd, wants});
    }
  };
  add(call.arguments[1], Wants::bytes);
  add(call.arguments[2], Wants::room);
  return out;
}

PipeCall waits_for_events(std::string_view name, pid_t pid, const BlockedCall& call) {
  return {name, epoll_members(pid, fd_of(call.arguments[0]))};
}

// The hexadecimal or decimal number that follows `key` in `line`.
std::optional<std::uint64_t> number_after(std::string_view line, std::string_view key, int base) {
  const std::size_t found = line.find(key);
  if (found == std::string_view::npos) return std::nullopt;
  line.remove_prefix(found + key.size());
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  return to_number(line.substr(0, line.find(' ')), base);
}

std::optional<PipeCall> simple_call(const BlockedCall& call) {
  const auto& arguments = call.arguments;
  switch (call.number) {
    case SYS_read: return reads("read", call);
    case SYS_readv: return reads("readv", call);
    case SYS_preadv2: return reads("preadv2", call);
    case SYS_write: return writes("write", call);
    case SYS_writev: return writes("writev", call);
    case SYS_pwritev2: return writes("pwritev2", call);
    case SYS_vmsplice: return PipeCall{"vmsplice", {{fd_of(arguments[0]), Wants::either}}};
    case SYS_splice: return moves("splice", arguments[0], arguments[2]);
    case SYS_tee: return moves("tee", arguments[0], arguments[1]);
    case SYS_sendfile: return moves("sendfile", arguments[1], arguments[0]);
    default: return std::nullopt;
  }
}

std::optional<PipeCall> waiting_call(pid_t pid, const BlockedCall& call) {
  switch (call.number) {
#ifdef SYS_poll
    case SYS_poll: return polls("poll", pid, call);
#endif
    case SYS_ppoll: return polls("ppoll", pid, call);
#ifdef SYS_select
    case SYS_select: return selects("select", pid, call);
#endif
    case SYS_pselect6: return selects("pselect", pid, call);
#ifdef SYS_epoll_wait
    case SYS_epoll_wait: return waits_for_events("epoll_wait", pid, call);
#endif
    case SYS_epoll_pwait: return waits_for_events("epoll_pwait", pid, call);
#ifdef SYS_epoll_pwait2
    case SYS_epoll_pwait2: return waits_for_events("epoll_pwait2", pid, call);
#endif
    default: return std::nullopt;
  }
}

struct OpenArguments {
  int directory = AT_FDCWD;
  std::uint64_t path = 0;
  std::uint64_t flags = 0;
};

std::optional<OpenArguments> open_arguments(pid_t pid, const BlockedCall& call) {
  const auto& arguments = call.arguments;
  switch (call.number) {
#ifdef SYS_open
    case SYS_open: return OpenArguments{AT_FDCWD, arguments[0], arguments[1]};
    case SYS_creat: return OpenArguments{AT_FDCWD, arguments[0], O_WRONLY};
#endif
    case SYS_openat: return OpenArguments{fd_of(arguments[0]), arguments[1], arguments[2]};
    case SYS_openat2: {
      const auto how = read_array_of<std::uint64_t>(pid, arguments[2], 1);  // flags come first
      return OpenArguments{fd_of(arguments[0]), arguments[1], how.empty() ? 0 : how.front()};
    }
    default: return std::nullopt;
  }
}

// As the process sees `path`: below its root, or its current or another directory.
Fd find_file(pid_t pid, int directory, const std::string& path) {
  const std::string process = fmt::format("/proc/{}/", pid);
  if (path.starts_with('/')) {
    const Fd root{::open((process + "root").c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
    open_how how{};
    how.flags = O_PATH | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT;
    return Fd{root ? static_cast<int>(::syscall(SYS_openat2, root.get(), path.c_str(), &how, sizeof how)) : -1};
  }
  const std::string from = process + (directory == AT_FDCWD ? "cwd" : fmt::format("fd/{}", directory));
  const Fd base{::open(from.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  return Fd{base ? ::openat(base.get(), path.c_str(), O_PATH | O_CLOEXEC) : -1};
}

}  // namespace

std::vector<Awaited> parse_epoll(std::string_view text) {
  std::vector<Awaited> out;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (!line.starts_with("tfd:")) continue;
    const auto events = number_after(line, "events:", 16);
    const auto inode = number_after(line, "ino:", 16);
    const auto device = number_after(line, "sdev:", 16);  // MKDEV of include/linux/kdev_t.h
    if (!events || !inode || !device) continue;
    const auto mask = static_cast<std::uint32_t>(*events);
    const Wants wants = wants_of<std::uint32_t>(mask, EPOLLIN | EPOLLRDNORM, EPOLLOUT | EPOLLWRNORM);
    const auto major = static_cast<unsigned>(*device >> 20U);
    out.push_back({-1, wants, makedev(major, static_cast<unsigned>(*device & 0xFFFFFU)), *inode});
  }
  return out;
}

std::optional<PipeCall> pipe_call(pid_t pid, const BlockedCall& call) {
  if (auto simple = simple_call(call)) return simple;
  return waiting_call(pid, call);
}

std::optional<OpenCall> open_call(pid_t pid, const BlockedCall& call) {
  const auto arguments = open_arguments(pid, call);
  if (!arguments) return std::nullopt;
  const std::string path = read_string_of(pid, arguments->path);
  if (path.empty()) return std::nullopt;
  OpenCall out{find_file(pid, arguments->directory, path), direction_of(static_cast<unsigned>(arguments->flags))};
  if (!out.file) return std::nullopt;
  return out;
}

}  // namespace ipctl::pipes
