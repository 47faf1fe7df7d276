// holder: fork(2), a mark that /proc shows, and pidfd_open(2) on whom to end with.
#include "os/holder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <string>
#include <system_error>

#include "os/error.hpp"
#include "os/file.hpp"
#include "os/pipe.hpp"
#include "os/process.hpp"
#include "os/process_handle.hpp"
#include "os/trace.hpp"

namespace ipctl {
namespace {

constexpr int first_kept = STDERR_FILENO + 1;

// As a link in /proc/PID/fd shows the memfd that marks a holder.
std::string mark_of(std::string_view kind) {
  return fmt::format("{}-{}", holder_command, kind);
}

Fd make_mark(std::string_view kind) {
  constexpr unsigned not_executable = 0x0008U;  // MFD_NOEXEC_SEAL, memfd_create(2), since Linux 6.3
  Fd mark{::memfd_create(mark_of(kind).c_str(), MFD_CLOEXEC | not_executable)};
  if (!mark && errno == EINVAL) mark.reset(::memfd_create(mark_of(kind).c_str(), MFD_CLOEXEC));
  if (!mark) throw Error{errno, "memfd_create", {}};
  return mark;
}

std::string stat_of(pid_t pid) {
  return read_small_file(fmt::format("/proc/{}/stat", pid)).value_or("");
}

// The parent of `pid`, where `pid` was forked from it and runs no other program: their memory begins at the same random
// addresses. 0 where that is not so, or may not be looked at.
pid_t forked_from(pid_t pid) {
  const std::string child = stat_of(pid);
  const auto parent = static_cast<pid_t>(stat_field(child, 4).value_or(0));
  if (parent <= 1) return 0;
  const std::string other = stat_of(parent);
  for (const int field : {26, 28, 48, 50}) {  // startcode, startstack, arg_start, env_start: proc_pid_stat(5)
    const auto address = stat_field(child, field).value_or(0);
    if (address <= 1 || address != stat_field(other, field)) return 0;
  }
  return parent;
}

[[noreturn]] void refuse_owner(std::string_view why) {
  throw Error{Exit::failed, {}, fmt::format("{}: --owner-pid PID or --stay tells how long to keep it", why)};
}

// What the child has to keep, given numbers that are out of the way.
int raise(int fd, int above) {
  return ::fcntl(fd, F_DUPFD_CLOEXEC, above);
}

// Standard streams to /dev/null, `kept` from first_kept on, nothing else. False with errno set.
bool arrange(std::vector<int> kept) {
  const int end = first_kept + static_cast<int>(kept.size());
  for (int& fd : kept) {
    fd = raise(fd, end);
    if (fd < 0) return false;
  }
  for (int place = first_kept; const int fd : kept) {
    if (::dup3(fd, place++, O_CLOEXEC) < 0) return false;
  }
  ::closefrom(end);
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd < first_kept; ++fd) {
    if (nothing < 0) ::close(fd);
    else ::dup2(nothing, fd);
  }
  if (nothing >= first_kept) ::close(nothing);
  return true;
}

void become_a_stranger() {
  ::setsid();
  if (::chdir("/") != 0) ::_exit(1);
  ::prctl(PR_SET_NAME, std::string(holder_command).c_str());
  ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);  // only Yama knows it; without Yama nothing is needed
  for (int signal = 1; signal < NSIG; ++signal) static_cast<void>(::signal(signal, SIG_DFL));
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// `kept` ends with the mark, the owner where there is one, and where to tell that all is ready.
[[noreturn]] void hold(const std::vector<int>& kept, bool has_owner) {
  become_a_stranger();
  const int count = static_cast<int>(kept.size());
  int code = arrange(kept) ? 0 : errno;
  const int ready = code == 0 ? first_kept + count - 1 : kept.back();
  if (::write(ready, &code, sizeof code) != sizeof code || code != 0) ::_exit(1);
  ::close(ready);
  pollfd owner{.fd = has_owner ? ready - 1 : -1, .events = POLLIN, .revents = 0};
  while (::poll(&owner, 1, -1) < 0 && errno == EINTR) continue;
  ::_exit(0);
}

bool has_ended(const Fd& process) {
  pollfd ended{.fd = process.get(), .events = POLLIN, .revents = 0};
  return process && ::poll(&ended, 1, 0) > 0;
}

bool has_mark(pid_t pid, std::string_view kind, std::error_code& error) {
  const std::string wanted = "/memfd:" + mark_of(kind) + " (deleted)";
  std::filesystem::directory_iterator entries{fmt::format("/proc/{}/fd", pid), error};
  for (; !error && entries != std::filesystem::directory_iterator{}; entries.increment(error)) {
    if (read_link(AT_FDCWD, entries->path()) == wanted) return true;
  }
  return false;
}

}  // namespace

Fd asking_process() {
  pid_t pid = ::getppid();
  if (pid == 0) refuse_owner("the process that asks is in another PID namespace");
  Fd process = open_pidfd(pid);
  if (::getppid() != pid) refuse_owner("the process that asks has ended");
  if (!process) throw Error{errno, "pidfd_open", std::to_string(pid)};
  for (pid_t shell = forked_from(pid); shell != 0; shell = forked_from(pid)) {
    Fd next = open_pidfd(shell);
    if (!next || forked_from(pid) != shell) break;  // it ended meanwhile
    process = std::move(next);
    pid = shell;
  }
  return process;
}

Fd watched_process(pid_t pid) {
  Fd process = open_pidfd(pid);
  if (process) return process;
  const std::string object = std::to_string(pid);
  switch (errno) {
    case ESRCH: throw Error{Exit::missing, object, "there is no such process"};
    case EINVAL: throw Error{Exit::failed, object, "is no process's number, or that of a thread"};
    default: throw Error{errno, "pidfd_open", object};
  }
}

Held start_holder(const std::vector<Fd>& fds, std::string_view kind, const Fd& owner) {
  const Fd mark = make_mark(kind);
  PipeEnds ready = make_pipe();
  std::vector<int> kept;
  for (const Fd& fd : fds) kept.push_back(fd.get());
  kept.push_back(mark.get());
  if (owner) kept.push_back(owner.get());
  kept.push_back(ready.write.get());
  const pid_t pid = trace::call(::fork(), "fork", "");
  if (pid < 0) throw Error{errno, "fork", {}};
  if (pid == 0) hold(kept, static_cast<bool>(owner));
  ready.write.reset();
  int code = 0;
  ssize_t size = -1;
  do {
    size = ::read(ready.read.get(), &code, sizeof code);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof code) throw Error{Exit::failed, {}, "the process that was to keep it open ended"};
  if (code != 0) throw Error{code, "dup3", {}};
  return {pid, first_kept};
}

HolderProcess::HolderProcess(pid_t pid, std::string_view kind, std::string_view object)
    : pid_(pid), process_(open_pidfd(pid)) {
  // What /proc shows from here on is of this process, or of a later one; then ending fails.
  std::error_code error;
  if (process_ && has_mark(pid, kind, error)) return;
  const auto command = command_of(pid);
  if (!command || has_ended(process_)) throw Error{Exit::missing, object, "there is no such process"};
  if (error.value() == EACCES || error.value() == EPERM) {
    throw Error{error.value(), "open", object,
                fmt::format("not permitted to look at process {} ({}): it is another user's", pid, *command)};
  }
  throw Error{Exit::failed, object,
              fmt::format("is open in process {} ({}), which 'ipctl {} create' did not start: close it there", pid,
                          *command, kind)};
}

void HolderProcess::end(std::string_view object) const {
  const long sent = trace::call(::syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0),
                                "pidfd_send_signal", "pid {}, SIGKILL, NULL, 0", pid_);
  if (sent < 0 && errno != ESRCH) throw Error{errno, "pidfd_send_signal", object};
  pollfd ended{.fd = process_.get(), .events = POLLIN, .revents = 0};
  constexpr int longest = 5000;  // milliseconds
  int ready = -1;
  do ready = ::poll(&ended, 1, longest);
  while (ready < 0 && errno == EINTR);
  if (ready == 0) throw Error{Exit::failed, object, fmt::format("process {} was killed, and does not end", pid_)};
}

}  // namespace ipctl
