// signal: signals, signal(7).
#include <fmt/format.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/signal_send.hpp"
#include "ipc/signal_masks.hpp"
#include "ipc/signal_names.hpp"
#include "ipc/signal_source.hpp"
#include "ipc/signal_status.hpp"
#include "ipc/signal_target.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/process.hpp"
#include "os/process_stat.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism signal_mechanism;

namespace {

using signals::SignalObject;
using signals::ThreadObject;

void signal_names(const Emit& emit) {
  for (const int number : signals::all()) emit(signals::name_of(number), signals::description_of(number));
}

void pids(const Emit& emit) {
  try {
    for (const pid_t pid : process_ids()) {
      if (const auto command = command_of(pid)) emit(std::to_string(pid), *command);
    }
  } catch (const Error&) {  // nothing to offer then
  }
}

void pids_and_signals(const Emit& emit) {
  pids(emit);
  signal_names(emit);
}

// What stat shows, of each thread.

template <std::optional<signals::Mask> signals::Status::*Field>
Value mask_of(const Object& object) {
  const auto& mask = static_cast<const ThreadObject&>(object).status.*Field;
  return mask ? Value{signals::names_of(*mask)} : Value{Unknown{}};
}

template <std::optional<std::uint64_t> signals::Status::*Field>
Value count_of(const Object& object) {
  const auto& count = static_cast<const ThreadObject&>(object).status.*Field;
  return count ? Value{*count} : Value{Unknown{}};
}

Value thread_of(const Object& object) {
  return static_cast<std::uint64_t>(static_cast<const ThreadObject&>(object).thread);
}
Value thread_command_of(const Object& object) {
  return static_cast<const ThreadObject&>(object).command;
}
Value state_of(const Object& object) {
  const auto& thread = static_cast<const ThreadObject&>(object);
  if (thread.process.is_kernel_thread()) return "kernel thread, " + thread.status.state;
  return thread.status.state;
}
Value effect_of(const Object& object) {
  const auto& effect = static_cast<const ThreadObject&>(object).effect;
  return effect.empty() ? Value{Unknown{}} : Value{effect};
}

constexpr Column stat_columns[] = {
    {"NAME", "pid", object_columns::name_of, true},
    {"TID", "thread; that of the process is its first", thread_of, true, true},
    {"COMMAND", "name of the thread", thread_command_of, true},
    object_columns::owner,
    {"STATE", "running, sleeping, zombie, ...", state_of, true},
    {"INODE", "what PID:INODE takes: no other process has it", object_columns::inode_of, false, true},
    {"PENDING", "waiting for this thread", mask_of<&signals::Status::pending>, true},
    {"SHARED", "waiting for any thread of the process", mask_of<&signals::Status::shared>, true},
    {"BLOCKED", "blocked in this thread", mask_of<&signals::Status::blocked>, true},
    {"IGNORED", "ignored by the process", mask_of<&signals::Status::ignored>, true},
    {"CAUGHT", "with a handler in the process", mask_of<&signals::Status::caught>, true},
    {"QUEUED", "signals that wait for all processes of its user", count_of<&signals::Status::queued>, true, true},
    {"LIMIT", "the most that may: RLIMIT_SIGPENDING", count_of<&signals::Status::limit>, true, true},
    {"EFFECT", "what the signal of --signal would do, sent to the process", effect_of, true},
};

// What ls shows, of each signal.

Value number_of(const Object& object) {
  return static_cast<std::uint64_t>(static_cast<const SignalObject&>(object).number);
}
Value action_of(const Object& object) {
  return std::string(to_string(signals::action_of(static_cast<const SignalObject&>(object).number)));
}
Value description_of(const Object& object) {
  return std::string(signals::description_of(static_cast<const SignalObject&>(object).number));
}

constexpr Column ls_columns[] = {
    object_columns::name,
    {"NUMBER", "number on this machine", number_of, true, true},
    {"ACTION", "by default: end, core (end with a core dump), ignore, stop, continue", action_of, true},
    {"DESCRIPTION", "in words", description_of, true},
};

// send

struct Send {
  std::vector<std::string> operands;
  std::string signal;  // never set: the last of the operands is it
  std::optional<std::int64_t> value, thread;
  bool group = false, if_handled = false, wait = false, pass_status = false, init = false;
  std::optional<Duration> timeout;
  std::string escalate;
};

constexpr std::array send_args = {
    operand<Send, &Send::operands>("TARGET", "processes: PID, or PID:INODE (see stat); the signal comes last",
                                   pids_and_signals),
    operand<Send, &Send::signal>("SIGNAL", "TERM, SIGTERM, 15, RTMIN+3; 0: only look whether it could be sent",
                                 signal_names)
        .optional(),
    option<Send, &Send::value>(0, "value", "N", "with this number, as sigqueue(3) does", Group::object),
    option<Send, &Send::thread>(0, "thread", "TID", "to this thread of the process, as tgkill(2) does", Group::object),
    flag<Send, &Send::group>(0, "group", "to the process group that TARGET leads", Group::object),
    flag<Send, &Send::if_handled>(0, "if-handled", "only to a process that catches it: status 3 otherwise",
                                  Group::object),
    flag<Send, &Send::init>(0, "init", "TARGET may be process 1", Group::object),
    option<Send, &Send::escalate>(0, "escalate", "STEPS", "5s:TERM,2s:KILL: send TERM, after 5 s KILL, wait 2 s",
                                  Group::waiting),
    flag<Send, &Send::wait>(0, "wait", "wait until TARGET has ended, and tell how", Group::waiting),
    option<Send, &Send::timeout>('w', "timeout", "DURATION", "wait no longer than this: status 124", Group::waiting),
    flag<Send, &Send::pass_status>(0, "pass-status", "end with the status that TARGET ended with", Group::waiting),
};

constexpr Example send_examples[] = {
    {"signal send $pid USR1", "to one process"},
    {"signal send $pid RTMIN+1 --value 42", "with a number, which its handler gets"},
    {"signal send $pid --escalate 5s:TERM,5s:KILL", "ask it to end, and end it when it does not"},
    {"signal send $pid 0 --wait -w 60", "send nothing, and wait until it has ended"},
};

std::vector<SignalStep> parse_steps(std::string_view text) {
  std::vector<SignalStep> steps;
  for (std::string_view rest = text;;) {
    const std::string_view step = rest.substr(0, rest.find(','));
    const std::size_t colon = step.find(':');
    if (colon == std::string_view::npos) {
      throw UsageError(fmt::format("--escalate: '{}' is no step: DURATION:SIGNAL, as in 5s:TERM", printable(step)));
    }
    Duration patience{};
    parse_value(step.substr(0, colon), patience);
    steps.push_back({signals::parse(step.substr(colon + 1)), patience});
    if (step.size() == rest.size()) return steps;
    rest.remove_prefix(step.size() + 1);
  }
}

void validate(const Send& options, const SignalOptions& how) {
  if (options.thread && options.group) throw UsageError("--thread and --group exclude each other");
  if (options.thread && how.targets.size() > 1) throw UsageError("--thread: of one process");
  if (options.group && options.if_handled) throw UsageError("--if-handled is about one process: not with --group");
  if (options.timeout && !options.wait) throw UsageError("--timeout is about --wait");
  if (options.wait && !options.escalate.empty()) throw UsageError("--escalate waits: it needs no --wait");
  if (options.pass_status && !options.wait && options.escalate.empty()) {
    throw UsageError("--pass-status needs --wait or --escalate");
  }
  if (options.pass_status && (how.targets.size() > 1 || options.group)) {
    throw UsageError("--pass-status: of one process");
  }
  for (const SignalStep& step : how.steps) {
    if (!options.if_handled || !signals::is_beyond_control(step.signal)) continue;
    throw UsageError(fmt::format("--if-handled: nobody can catch {}", signals::name_of(step.signal)));
  }
  for (const std::string& text : how.targets) {
    if (signals::parse_target(text).pid != 1) continue;
    if (options.group) throw UsageError("--group: kill(2) reads group 1 as all processes; name them one by one");
    if (!options.init) throw UsageError("1 is the first process, on which all others depend: --init if that is meant");
  }
}

int checked_value(std::int64_t value) {
  if (value < INT_MIN || value > INT_MAX) {
    throw UsageError(fmt::format("--value: {} is not from {} to {}", value, INT_MIN, INT_MAX));
  }
  return static_cast<int>(value);
}

pid_t checked_thread(std::int64_t thread) {
  if (thread < 1 || thread > INT_MAX) throw UsageError(fmt::format("--thread: {} is no thread", thread));
  return static_cast<pid_t>(thread);
}

SignalOptions read(const Send& options) {
  SignalOptions how;
  std::vector<std::string> operands = options.operands;
  if (!options.escalate.empty()) {
    how.steps = parse_steps(options.escalate);
    if (signals::find(operands.back()) && !signals::find(operands.front())) {
      throw UsageError("--escalate has the signals; there is none at the end");
    }
  } else {
    if (operands.size() < 2) throw UsageError("SIGNAL is missing: TARGET... SIGNAL");
    how.steps = {{signals::parse_or_zero(operands.back()), std::nullopt}};
    operands.pop_back();
  }
  how.targets = checked(operands, signals::checked_target);
  if (options.value) how.shot.value = checked_value(*options.value);
  if (options.thread) how.shot.thread = checked_thread(*options.thread);
  if (options.group) how.shot.to = Addressee::group;
  how.shot.if_handled = options.if_handled;
  how.wait = options.wait;
  how.shot.ended_too = options.wait && how.steps.front().signal == 0;
  if (options.timeout) how.deadline = Deadline::after(*options.timeout);
  how.pass_status = options.pass_status;
  return how;
}

Exit send(const Send& options, Output& out) {
  const SignalOptions how = read(options);
  validate(options, how);
  return send_signals(how, out);
}

// recv, listen

struct Received : ReceiveOptions {
  std::vector<std::string> signals;
  bool print_pid = false;
};

constexpr std::array signals_args = {
    operand<Received, &Received::signals>("SIGNAL", "signals to take, such as USR1, RTMIN+3 or 10", signal_names),
    flag<Received, &Received::print_pid>(0, "print-pid", "write the pid to send them to, as the first line",
                                         Group::output),
};

constexpr std::array recv_args = join(signals_args, count_args<Received>, output_args<Received>, waiting_args<Received>,
                                      ready_args<Received>, all_args<Received>);

constexpr Example recv_examples[] = {
    {"signal recv USR1 TERM", "wait for one of them, and print which"},
    {"signal recv -c 5 RTMIN -F '%{value} from %P'", "five, with their values and their senders"},
};

// Blocked before anybody is told where to send them.
std::unique_ptr<Source> source_of(const Received& options, const Output& out) {
  std::vector<int> numbers;
  for (const std::string& text : options.signals) numbers.push_back(signals::parse(text));
  for (const int number : numbers) signals::require_receivable(number);
  auto source = signals::source(numbers);
  if (options.print_pid) {
    out.write(out.json ? fmt::format("{{\"mechanism\":\"signal\",\"pid\":{}}}\n", ::getpid())
                       : fmt::format("{}\n", ::getpid()));
  }
  return source;
}

Exit recv(const Received& options, Output& out) {
  validate(static_cast<const ReceiveOptions&>(options));
  const auto source = source_of(options, out);
  return receive_messages(*source, one_message(options), out);
}

constexpr std::array listen_args =
    join(signals_args, count_args<Received>, output_args<Received>, waiting_args<Received>, ready_args<Received>,
         command_args<Received>, std::array{failure_arg<Received>.with_choices("stop drop save:DIR")});

constexpr Example listen_examples[] = {
    {"signal listen --print-pid HUP -- ./reload", "run a command for each HUP"},
    {"signal listen USR1 USR2 RTMIN -J", "all that the kernel tells of each, as lines of JSON"},
};

Exit listen(const Received& options, Output& out) {
  validate(static_cast<const ReceiveOptions&>(options));
  if (options.on_failure.kind == OnFailure::Kind::requeue) {
    throw UsageError("--on-failure requeue: a signal that was taken cannot go back");
  }
  for (const std::string& text : options.signals) {
    if (options.command.empty() || signals::parse(text) != SIGCHLD) continue;
    throw UsageError("each CMD that ends sends CHLD: it cannot be what CMD is run for");
  }
  const auto source = source_of(options, out);
  return receive_messages(*source, options, out);
}

// run

struct Run {
  std::vector<std::string> block, unblock, ignore, restore, command;
};

constexpr std::array run_args = {
    command<Run, &Run::command>("takes the place of ipctl, and starts with signals as told").mandatory(),
    option<Run, &Run::block>(0, "block", "LIST", "block these: USR1,TERM, or all", Group::object)
        .with_candidates(signal_names),
    option<Run, &Run::unblock>(0, "unblock", "LIST", "do not block these", Group::object).with_candidates(signal_names),
    option<Run, &Run::ignore>(0, "ignore", "LIST", "ignore these", Group::object).with_candidates(signal_names),
    option<Run, &Run::restore>(0, "default", "LIST", "set these to their default action", Group::object)
        .with_candidates(signal_names),
};

constexpr Example run_examples[] = {
    {"signal run --default INT,QUIT -- ./job", "let Ctrl-C end what a script runs in the background"},
    {"signal run --block all --unblock TERM -- ./job", "let only TERM through"},
};

Exit run(const Run& options, Output& /*out*/) {
  const signals::Settings settings =
      signals::parse_settings(options.block, options.unblock, options.ignore, options.restore);
  const std::string path = find_command(options.command.front());
  before_command([&] {
    signals::apply(settings);
    return 0;
  });
  replace_process(path, options.command, {});
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> targets;
  std::string signal;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::targets>("TARGET", "processes to show: PID, or PID:INODE", pids),
        option<Stat, &Stat::signal>(0, "signal", "SIGNAL", "tell what SIGNAL would do", Group::object)
            .with_candidates(signal_names),
    },
    list_args_of<Stat, stat_columns>);

constexpr Example stat_examples[] = {
    {"signal stat $pid", "what waits, and what is blocked, ignored and caught, for each thread"},
    {"signal stat $pid --signal HUP -o tid,effect --raw", "what HUP would do"},
};

Exit stat(const Stat& options, Output& out) {
  static_cast<void>(needed_holders(options, stat_columns, Layout::blocks, out));  // a wrong column is told first
  const auto signal = options.signal.empty() ? std::nullopt : std::optional{signals::parse(options.signal)};
  std::vector<ThreadObject> found;
  const Exit status =
      for_each_name(checked(options.targets, signals::checked_target), out, [&](const std::string& target) {
        std::vector<ThreadObject> threads = signals::inspect(target, signal);
        found.insert(found.end(), threads.begin(), threads.end());
      });
  if (!found.empty() || out.json) print_objects(options, stat_columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {};

constexpr std::array ls_args = list_args_of<List, ls_columns>;

constexpr Example ls_examples[] = {
    {"signal ls", "all signals of this system"},
    {"signal ls --filter action=stop -o name --noheadings", "those that stop a process"},
};

Exit ls(const List& options, Output& out) {
  print_objects(options, ls_columns, Layout::table, signals::list(), out);
  return Exit::ok;
}

constexpr std::string_view send_aliases[] = {"kill"};

constexpr Verb verbs[] = {
    verb<send>("send", "send a signal to processes, and wait for their end", send_args, send_examples, send_aliases),
    verb<recv>("recv", "take one signal, or more, that is sent to ipctl", recv_args, recv_examples),
    verb<listen>("listen", "take signals until stopped", listen_args, listen_examples),
    verb<run>("run", "run a command with signals blocked, ignored or reset", run_args, run_examples),
    verb<stat>("stat", "show what processes do with signals, and which wait", stat_args, stat_examples),
    verb<ls>("ls", "list the signals of this system", ls_args, ls_examples),
};

constexpr AbsentVerb absent[] = {
    {"create", "signals are not made, they exist; 'ipctl signal send' sends one, 'ipctl signal ls' lists them"},
    {"peek", "'ipctl signal stat PID' shows which signals wait, and takes none"},
    {"resize", "the queue of signals has a limit, RLIMIT_SIGPENDING, which prlimit(1) sets"},
    {"rm",
     "a signal that was sent cannot be taken back; its receiver drops it by ignoring it: 'ipctl signal run --ignore "
     "LIST -- CMD'"},
    {"set",
     "only a process itself changes what it does with signals; 'ipctl signal run' sets what a command starts with"},
};

}  // namespace

constinit const Mechanism signal_mechanism{"signal", "signals", "signal(7)", verbs, absent};

}  // namespace ipctl
