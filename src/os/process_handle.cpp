// ProcessHandle: through a pidfd, pidfd_send_signal(2); by number where there is none.
#include "os/process_handle.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/process_stat.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

// include/uapi/linux/pidfd.h and magic.h; the headers of glibc 2.36 do not have them.
constexpr unsigned pidfd_thread = O_EXCL;
constexpr unsigned to_process_group = 4;         // PIDFD_SIGNAL_PROCESS_GROUP
constexpr long pidfs_magic = 0x50494446;         // PIDFS_MAGIC
constexpr std::uint64_t info_exit = 1U << 3U;    // PIDFD_INFO_EXIT
constexpr Duration longest_for_reaping = 200ms;  // a parent that waits for its children does so at once
constexpr Duration look_interval = 20ms;         // where nothing tells of the end

struct PidfdInfo {
  std::uint64_t mask = 0;
  std::uint64_t cgroup = 0;
  std::uint32_t ids[11]{};
  std::int32_t exit_code = 0;
};
static_assert(sizeof(PidfdInfo) == 64);  // PIDFD_INFO_SIZE_VER0

constexpr unsigned long pidfd_get_info = _IOWR(0xFF, 11, PidfdInfo);

std::string name_of(pid_t pid) {
  return std::to_string(pid);
}

[[noreturn]] void refuse_missing(pid_t pid) {
  throw Error{Exit::missing, name_of(pid), "no such process"};
}

// The process that a thread belongs to; nullopt where that is not known, or the thread is the process's first.
std::optional<pid_t> process_of_thread(pid_t thread) {
  constexpr std::string_view key = "\nTgid:\t";
  const auto text = read_small_file("/proc/" + name_of(thread) + "/status");
  const std::size_t at = text ? text->find(key) : std::string::npos;
  if (at == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(*text).substr(at + key.size());
  const auto pid = to_number(rest.substr(0, rest.find('\n')));
  if (!pid || static_cast<pid_t>(*pid) == thread) return std::nullopt;
  return static_cast<pid_t>(*pid);
}

// A kernel or a filter without these calls.
bool is_unsupported(int code) {
  return code == ENOSYS || code == EPERM || code == EINVAL || code == EOPNOTSUPP;
}

siginfo_t queued(int signal, int value) {
  siginfo_t info{};
  info.si_signo = signal;
  info.si_code = SI_QUEUE;
  info.si_pid = ::getpid();
  info.si_uid = ::getuid();
  info.si_value.sival_int = value;
  return info;
}

// The right that proc(5) asks for: PTRACE_MODE_READ_FSCREDS. A process that has ended has no program any more.
bool may_look_into(pid_t pid) {
  return read_link(AT_FDCWD, "/proc/" + name_of(pid) + "/exe") || (errno != EACCES && errno != EPERM);
}

}  // namespace

Fd open_pidfd(pid_t pid, unsigned flags) {
  return Fd{static_cast<int>(
      trace::call(::syscall(SYS_pidfd_open, pid, flags), "pidfd_open", "{}, {}", pid, flags == 0 ? "0" : "O_EXCL"))};
}

ProcessHandle ProcessHandle::of_process(pid_t pid) {
  ProcessHandle handle{pid};
  handle.fd_ = open_pidfd(pid);
  const int code = handle.fd_ ? 0 : errno;
  // pidfd_open(2): EINVAL, and ENOENT in later kernels, for what is not the first thread of a process.
  if (code != 0) {
    if (code == ESRCH) refuse_missing(pid);
    if (const auto process = process_of_thread(pid)) {
      throw Error{
          Exit::failed, name_of(pid),
          fmt::format("is a thread of process {0}: 'ipctl signal send {0} SIGNAL --thread {1}'", *process, pid)};
    }
    if (code == ENOENT) refuse_missing(pid);
    if (!is_unsupported(code)) throw Error{code, "pidfd_open", name_of(pid)};
    if (::kill(pid, 0) != 0 && errno == ESRCH) refuse_missing(pid);
  }
  if (const auto stat = process_stat(pid)) handle.start_ = stat->start;
  return handle;
}

ProcessHandle ProcessHandle::of_group(pid_t group) {
  try {
    return of_process(group);
  } catch (const Error& error) {
    if (error.status() != Exit::missing || (::kill(-group, 0) != 0 && errno == ESRCH)) throw;
  }
  return ProcessHandle{group};
}

ProcessHandle ProcessHandle::of_thread(pid_t pid, pid_t thread) {
  ProcessHandle handle{pid, thread};
  handle.fd_ = open_pidfd(thread, pidfd_thread);
  const int code = handle.fd_ ? 0 : errno;
  // Looked at while the descriptor holds the thread: it is of this process, or gone.
  const std::string path = fmt::format("/proc/{}/task/{}", pid, thread);
  if (code == ESRCH || ::access(path.c_str(), F_OK) != 0) {
    throw Error{Exit::missing, name_of(pid), fmt::format("has no thread {}", thread)};
  }
  if (code != 0 && !is_unsupported(code)) throw Error{code, "pidfd_open", name_of(thread)};
  if (const auto stat = process_stat(pid)) handle.start_ = stat->start;
  return handle;
}

std::optional<ino_t> ProcessHandle::inode() const {
  struct statfs system {};
  struct stat status {};
  if (!fd_ || ::fstatfs(fd_.get(), &system) != 0 || system.f_type != pidfs_magic) return std::nullopt;
  if (::fstat(fd_.get(), &status) != 0) return std::nullopt;
  return status.st_ino;
}

int ProcessHandle::send(int signal, std::optional<int> value, Addressee to) const {
  if (!fd_) return send_by_number(signal, value, to);
  siginfo_t info = queued(signal, value.value_or(0));
  const unsigned flags = to == Addressee::group ? to_process_group : 0;
  const long result = trace::call(::syscall(SYS_pidfd_send_signal, fd_.get(), signal, value ? &info : nullptr, flags),
                                  "pidfd_send_signal", "{}, {}, {}, {}", fd_.get(), signal,
                                  value ? fmt::format("{{si_code=SI_QUEUE, si_int={}}}", *value) : "NULL",
                                  flags == 0 ? "0" : "PIDFD_SIGNAL_PROCESS_GROUP");
  if (result == 0) return 0;
  // Linux before 6.9 knows no flags.
  return errno == EINVAL && to == Addressee::group ? send_by_number(signal, value, to) : errno;
}

// A number can have passed to another process only after ours was waited for: it is looked at just before.
bool ProcessHandle::is_same() const {
  const auto stat = start_ != 0 ? process_stat(pid_) : std::nullopt;
  return start_ == 0 || (stat && stat->start == start_);
}

int ProcessHandle::send_by_number(int signal, std::optional<int> value, Addressee to) const {
  if (to == Addressee::group) {
    if (value) return EOPNOTSUPP;
    return trace::call(::kill(-pid_, signal), "kill", "{}, {}", -pid_, signal) == 0 ? 0 : errno;
  }
  if (!is_same()) return ESRCH;
  long result = 0;
  if (thread_ != 0 && value) {
    siginfo_t info = queued(signal, *value);
    result = trace::call(::syscall(SYS_rt_tgsigqueueinfo, pid_, thread_, signal, &info), "rt_tgsigqueueinfo",
                         "{}, {}, {}, {{si_code=SI_QUEUE, si_int={}}}", pid_, thread_, signal, *value);
  } else if (thread_ != 0) {
    result = trace::call(::syscall(SYS_tgkill, pid_, thread_, signal), "tgkill", "{}, {}, {}", pid_, thread_, signal);
  } else if (value) {
    sigval data{};
    data.sival_int = *value;
    result = trace::call(::sigqueue(pid_, signal, data), "sigqueue", "{}, {}, {}", pid_, signal, *value);
  } else {
    result = trace::call(::kill(pid_, signal), "kill", "{}, {}", pid_, signal);
  }
  return result == 0 ? 0 : errno;
}

bool ProcessHandle::has_ended() const {
  if (fd_ && thread_ == 0) return wait_for(fd_.get(), POLLIN, {Deadline::now()}) == Waited::ready;
  const auto stat = process_stat(pid_);
  return stat ? stat->is_zombie() || (start_ != 0 && stat->start != start_) : ::kill(pid_, 0) != 0 && errno == ESRCH;
}

Waited ProcessHandle::wait_for_end(const Wait& wait) const {
  if (fd_ && thread_ == 0) return wait_for(fd_.get(), POLLIN, wait);
  while (!has_ended()) {
    if (wait.deadline.passed()) return Waited::timed_out;
    const auto left = wait.deadline.remaining();
    const Wait slice{Deadline::after(left ? std::min(*left, look_interval) : look_interval), wait.stop, wait.also};
    const Waited waited = wait_for(std::span<pollfd>{}, slice);
    if (waited == Waited::stopped || waited == Waited::woken) return waited;
  }
  return Waited::ready;
}

std::optional<int> ProcessHandle::status_by_descriptor() const {
  PidfdInfo info{.mask = info_exit};
  if (!fd_ || ::ioctl(fd_.get(), pidfd_get_info, &info) != 0 || (info.mask & info_exit) == 0) return std::nullopt;
  return info.exit_code;
}

std::optional<int> ProcessHandle::end_status() const {
  // PIDFD_GET_INFO tells once the parent has waited for it; until then /proc does. 0 there may mean "not for you".
  if (const auto stat = process_stat(pid_); stat && stat->is_zombie() && is_same()) {
    if (stat->exit != 0 || may_look_into(pid_)) return static_cast<int>(stat->exit);
  }
  if (auto status = status_by_descriptor()) return status;
  if (!fd_) return std::nullopt;
  // Only POLLHUP is left to wait for: it has been waited for.
  static_cast<void>(wait_for(fd_.get(), 0, {Deadline::after(longest_for_reaping)}));
  return status_by_descriptor();
}

}  // namespace ipctl
