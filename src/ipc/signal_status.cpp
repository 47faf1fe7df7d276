// signals: status files, and what follows from them.
#include "ipc/signal_status.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>
#include <climits>
#include <csignal>

#include "ipc/signal_target.hpp"
#include "os/directory.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/process_handle.hpp"
#include "os/text.hpp"

namespace ipctl::signals {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t");
  return start == std::string_view::npos ? std::string_view{} : text.substr(start);
}

// "S (sleeping)"
std::string state_in_words(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return std::string(text);
  return std::string(text.substr(open + 1, text.find(')', open) - open - 1));
}

void take_line(std::string_view key, std::string_view value, Status& status) {
  const auto mask = [value]() -> std::optional<Mask> { return to_number(value, 16); };
  if (key == "State") {
    status.state = state_in_words(value);
  } else if (key == "Uid") {  // real, effective, ...
    const std::string_view effective = value.substr(std::min(value.find('\t'), value.size() - 1) + 1);
    if (const auto uid = to_number(effective.substr(0, effective.find('\t')))) status.uid = static_cast<uid_t>(*uid);
  } else if (key == "SigQ") {
    const std::size_t slash = value.find('/');
    status.queued = to_number(value.substr(0, slash));
    if (slash != std::string_view::npos) status.limit = to_number(value.substr(slash + 1));
  } else if (key == "SigPnd") {
    status.pending = mask();
  } else if (key == "ShdPnd") {
    status.shared = mask();
  } else if (key == "SigBlk") {
    status.blocked = mask();
  } else if (key == "SigIgn") {
    status.ignored = mask();
  } else if (key == "SigCgt") {
    status.caught = mask();
  }
}

std::string directory_of(pid_t pid, pid_t thread) {
  return fmt::format("/proc/{}/task/{}", pid, thread);
}

// While it waits in sigtimedwait(2), the signals that it waits for do not count as blocked.
bool waits_for_signals(const std::string& directory) {
  const auto text = read_small_file(directory + "/syscall");
  const auto call = text ? parse_blocked_call(*text) : std::nullopt;
  return call && call->number == SYS_rt_sigtimedwait;
}

std::optional<ThreadObject> inspect_thread(pid_t pid, pid_t thread) {
  const auto status = status_of(pid, thread);
  if (!status) return std::nullopt;
  ThreadObject object;
  object.mechanism = "signal";
  object.name = std::to_string(pid);
  object.pid = pid;
  object.thread = thread;
  object.uid = status->uid;
  object.status = *status;
  object.command = command_of(thread).value_or("");
  object.takes_signals = waits_for_signals(directory_of(pid, thread));
  return object;
}

bool has(const std::optional<Mask>& mask, int signal) {
  return mask && (*mask & bit(signal)) != 0;
}

std::string default_effect(int signal) {
  switch (action_of(signal)) {
    case Action::terminate: return "ends the process";
    case Action::core: return "ends the process, with a core dump";
    case Action::ignore: return "nothing: that is its default";
    case Action::stop: return "stops the process";
    case Action::resume: break;
  }
  return "continues the process if it is stopped";
}

// Whatever of it is blocked.
std::string delivered_effect(const ThreadObject& thread, int signal) {
  if (has(thread.status.caught, signal)) return "its handler runs";
  if (has(thread.status.ignored, signal)) return "nothing: it is ignored";
  // kill(2), NOTES: the first process of a PID namespace gets only what it has a handler for.
  if (thread.pid == 1 && !is_beyond_control(signal)) return "nothing: process 1 does not catch it";
  if (thread.pid == 1) return "nothing: process 1 is protected";
  return default_effect(signal);
}

std::string effect_on(const ThreadObject& thread, int signal, bool all_block) {
  if (thread.process.is_zombie()) return "nothing: it has ended";
  if (thread.process.is_kernel_thread()) return "nothing: a thread of the kernel";
  if (!thread.status.blocked || !thread.status.caught || !thread.status.ignored) return {};
  std::string effect = delivered_effect(thread, signal);
  if (is_beyond_control(signal)) return effect;
  // signal(7): it continues a stopped process even where it is blocked or ignored.
  const std::string also = signal == SIGCONT ? "continues the process if it is stopped; " : "";
  if (all_block) return also + "waits: all threads block it";
  if (has(thread.status.blocked, signal) && !effect.starts_with("nothing"))
    return also + "another thread gets it: " + effect;
  if (signal == SIGCONT && effect != default_effect(signal)) effect = also + effect;
  if (thread.takes_signals) effect += ", unless sigwaitinfo(2), in which it is, takes it";
  return effect;
}

}  // namespace

Status parse_status(std::string_view text) {
  Status status;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) take_line(line.substr(0, colon), trimmed(line.substr(colon + 1)), status);
  }
  return status;
}

std::optional<Status> status_of(pid_t pid, pid_t thread) {
  const auto text = read_small_file(directory_of(pid, thread) + "/status");
  return text ? std::optional{parse_status(*text)} : std::nullopt;
}

void set_effects(std::vector<ThreadObject>& threads, int signal) {
  const bool all_block = std::all_of(threads.begin(), threads.end(),
                                     [&](const ThreadObject& each) { return has(each.status.blocked, signal); });
  for (ThreadObject& thread : threads) thread.effect = effect_on(thread, signal, all_block);
}

std::vector<ThreadObject> inspect(std::string_view target, std::optional<int> signal) {
  const ProcessHandle handle = open_process(target);
  const pid_t pid = handle.pid();
  const auto process = process_stat(pid);
  std::vector<ThreadObject> threads;
  if (process) {
    for (const std::string& name : names_in(AT_FDCWD, fmt::format("/proc/{}/task", pid), target)) {
      auto thread = inspect_thread(pid, static_cast<pid_t>(to_number(name).value_or(0)));
      if (!thread) continue;
      thread->process = *process;
      thread->inode = handle.inode();
      threads.push_back(std::move(*thread));
    }
  }
  if (threads.empty()) throw Error{Exit::missing, target, "/proc does not show it: it has just ended, or is hidden"};
  std::sort(threads.begin(), threads.end(), [](const auto& a, const auto& b) { return a.thread < b.thread; });
  if (signal) set_effects(threads, *signal);
  return threads;
}

std::vector<SignalObject> list() {
  std::vector<SignalObject> found;
  for (const int number : all()) {
    SignalObject& object = found.emplace_back();
    object.mechanism = "signal";
    object.name = name_of(number);
    object.number = number;
  }
  return found;
}

}  // namespace ipctl::signals
