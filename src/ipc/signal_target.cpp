// signals: opens who they are sent to, sends, and says why that failed.
#include "ipc/signal_target.hpp"

#include <fmt/format.h>
#include <sys/wait.h>

#include <climits>
#include <csignal>

#include "ipc/signal_names.hpp"
#include "ipc/signal_status.hpp"
#include "os/error.hpp"
#include "os/process.hpp"
#include "os/process_stat.hpp"
#include "os/text.hpp"
#include "os/users.hpp"

namespace ipctl::signals {
namespace {

std::string with_command(pid_t pid) {
  return fmt::format("{} {}", pid, printable(command_of(pid).value_or("?")));
}

// A zombie still takes signals, to no effect.
void refuse_ended(const ProcessHandle& process, std::string_view name) {
  if (!process.has_ended()) return;
  const auto stat = process_stat(process.pid());
  if (!stat || !stat->is_zombie()) throw Error{Exit::missing, name, "has ended"};
  throw Error{Exit::missing, name,
              fmt::format("has ended; its parent ({}) has not waited for it yet", with_command(stat->parent))};
}

// Zombies are still in their group.
void require_group(pid_t group, std::string_view name) {
  if (!living_in_group(group).empty()) return;
  const auto stat = process_stat(group);
  if (!stat || stat->group == group) throw Error{Exit::missing, name, "all of the group have ended"};
  throw Error{Exit::missing, name, fmt::format("leads no process group; it is in {}", stat->group)};
}

}  // namespace

Target parse_target(std::string_view text) {
  const std::size_t colon = text.find(':');
  const auto pid = to_number(text.substr(0, colon));
  if (!pid || *pid == 0 || *pid > INT_MAX) {
    throw UsageError(fmt::format("'{}' is no process: PID or PID:INODE, from 1 on{}", printable(text),
                                 find(text) ? "; the signal comes last" : ""));
  }
  Target target{.pid = static_cast<pid_t>(*pid), .inode = std::nullopt};
  if (colon == std::string_view::npos) return target;
  const auto inode = to_number(text.substr(colon + 1));
  if (!inode) throw UsageError(fmt::format("'{}': what follows the colon is no inode number", printable(text)));
  target.inode = *inode;
  return target;
}

std::string checked_target(std::string_view text) {
  static_cast<void>(parse_target(text));
  return std::string(text);
}

ProcessHandle open_process(std::string_view text) {
  const Target target = parse_target(text);
  ProcessHandle handle = ProcessHandle::of_process(target.pid);
  if (!target.inode) return handle;
  const auto inode = handle.inode();
  if (!inode) throw Error{Exit::failed, text, "this kernel gives processes no inode (Linux 6.9 and later do)"};
  if (*inode != *target.inode) {
    throw Error{Exit::missing, text,
                fmt::format("that process has ended: {} is another now, {}:{} {}", target.pid, target.pid, *inode,
                            printable(command_of(target.pid).value_or("?")))};
  }
  return handle;
}

ProcessHandle Receiver::open_for(std::string_view text, Addressee to) {
  const Target target = parse_target(text);
  return to == Addressee::group && !target.inode ? ProcessHandle::of_group(target.pid) : open_process(text);
}

Receiver::Receiver(std::string_view text, const Shot& shot)
    : name_(text), process_(open_for(text, shot.to)), to_(shot.to) {
  command_ = command_of(process_.pid()).value_or("");
  // Others of a group may live on when its leader has ended.
  if (to_ == Addressee::group) require_group(process_.pid(), name_);
  else if (!shot.ended_too) refuse_ended(process_, name_);
  if (shot.thread) thread_ = ProcessHandle::of_thread(process_.pid(), *shot.thread);
}

void Receiver::require_handler(int signal) const {
  const auto status = status_of(process_.pid(), process_.pid());
  if (!status || !status->caught) throw Error{Exit::failed, name_, "/proc does not tell what it catches"};
  if ((*status->caught & bit(signal)) != 0) return;
  const bool ignored = status->ignored && (*status->ignored & bit(signal)) != 0;
  throw Error{Exit::no, name_,
              fmt::format("does not catch {}{}; nothing was sent", name_of(signal), ignored ? " but ignores it" : "")};
}

void Receiver::send(const Shot& shot) const {
  if (shot.if_handled) require_handler(shot.signal);
  const ProcessHandle& to = thread_ ? *thread_ : process_;
  if (const int code = to.send(shot.signal, shot.value, shot.to); code != 0) refuse(code, shot);
}

void Receiver::refuse(int code, const Shot& shot) const {
  const auto status = status_of(process_.pid(), process_.pid());
  const std::string signal = shot.signal == 0 ? "a signal" : name_of(shot.signal);
  switch (code) {
    case ESRCH:
      if (thread_) throw Error{Exit::missing, name_, fmt::format("its thread {} has ended", *shot.thread)};
      throw Error{Exit::missing, name_, "has ended"};
    case EPERM:
      throw Error{code, "kill", name_,
                  fmt::format("may get {} only from {} and from root", signal,
                              status && status->uid ? "user " + user_name(*status->uid) : "its user")};
    case EAGAIN:
      throw Error{Exit::no, name_,
                  fmt::format("the queue of signals of its user is full{}: its limit is RLIMIT_SIGPENDING, "
                              "'prlimit --pid {} --sigpending'",
                              status && status->queued && status->limit
                                  ? fmt::format(" ({} of {})", *status->queued, *status->limit)
                                  : "",
                              process_.pid())};
    case EOPNOTSUPP: throw Error{code, "kill", name_, "a value for a whole group needs Linux 6.9 or later"};
    default: throw Error{code, "pidfd_send_signal", name_};
  }
}

std::string Receiver::remark(int signal) const {
  if (signal == 0) return {};
  const auto stat = process_stat(process_.pid());
  if (stat && stat->is_kernel_thread()) return "is a thread of the kernel, which takes no notice of signals";
  if (process_.pid() != 1) return {};
  const auto status = status_of(1, 1);
  if (!status || !status->caught || (*status->caught & bit(signal)) != 0) return {};
  return fmt::format("process 1 does not catch {}: the kernel drops it", name_of(signal));
}

bool Receiver::has_ended() const {
  return to_ == Addressee::group ? living_in_group(process_.pid()).empty() : process_.has_ended();
}

// No descriptor stands for a group: its members are waited for one after the other.
Waited Receiver::wait_for_end(const Wait& wait) const {
  if (to_ == Addressee::process) return process_.wait_for_end(wait);
  for (;;) {
    const std::vector<pid_t> members = living_in_group(process_.pid());
    if (members.empty()) return Waited::ready;
    try {
      const ProcessHandle member = ProcessHandle::of_process(members.front());
      if (const Waited waited = member.wait_for_end(wait); waited != Waited::ready) return waited;
    } catch (const Error& error) {
      if (error.status() != Exit::missing) throw;
    }
  }
}

End Receiver::end() const {
  const auto status = process_.end_status();
  if (!status) return {};
  if (WIFSIGNALED(*status)) return {.status = std::nullopt, .signal = WTERMSIG(*status)};
  return {.status = WEXITSTATUS(*status), .signal = std::nullopt};
}

}  // namespace ipctl::signals
