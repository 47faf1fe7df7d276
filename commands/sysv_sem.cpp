// sysv-sem: System V semaphore sets, sysvipc(7).
#include "ipc/sysv_sem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/json.hpp"
#include "io/stoppable.hpp"
#include "io/sysv_columns.hpp"
#include "io/sysv_created.hpp"
#include "ipc/elsewhere.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/namespace.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism sysv_sem_mechanism;

namespace {

using sysv_sem::SetObject;

constexpr std::string_view set_help = "ID, 0xKEY, key:N or ftok:PATH[:PROJ]";
constexpr std::string_view semaphore_help = "the set, and the semaphore's number in it (default 0)";

void set_ids(const Emit& emit) {
  try {
    for (const SetObject& set : sysv_sem::list(Holders::skip, sysv_sem::Values::skip)) {
      emit(set.name, sysv::summary(set));
    }
  } catch (const Error&) {  // nothing to offer then
  }
}

// What ls and stat show.

Value semaphores(const Object& object) {
  const auto& all = static_cast<const SetObject&>(object).semaphores;
  if (!all) return Unknown{};
  std::vector<Record> records;
  for (const sysv_sem::Semaphore& each : *all) {
    const auto pid = each.last_pid ? std::optional{static_cast<std::uint64_t>(*each.last_pid)} : std::nullopt;
    records.push_back({{"number", records.size()},
                       {"value", each.value},
                       {"waiting", each.waiting},
                       {"waiting_zero", each.waiting_zero},
                       {"last_pid", pid}});
  }
  return records;
}

constexpr Column columns[] = {
    sysv_columns::name,
    sysv_columns::id,
    sysv_columns::key,
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"NSEMS", "semaphores in the set", object_columns::number<SetObject, &SetObject::size>, true, true},
    sysv_columns::creator,
    sysv_columns::creator_group,
    {"OTIME", "last operation; unknown: there was none yet", object_columns::time<SetObject, &SetObject::operated>},
    sysv_columns::changed,
    {"SEMAPHORES",
     "of each: number, value, threads that wait until it rises and until it is 0, pid of the last operation; 0: none "
     "yet",
     semaphores},
    object_columns::blocked,
    {"USAGE", "used: somebody is blocked on it; else unknown, for nothing is held open", object_columns::usage_of},
};

sysv_sem::Values needed_values(const ListOptions& options, Layout layout, const Output& out) {
  return is_needed("SEMAPHORES", options, columns, layout, out) ? sysv_sem::Values::read : sysv_sem::Values::skip;
}

void print_one(const sysv::Found& set, const Output& out) {
  print_objects({}, columns, Layout::blocks, std::vector{sysv_sem::inspect(set, Holders::find, sysv_sem::Values::read)},
                out);
}

sysv::Found find(const std::string& text) {
  return sysv_sem::find(sysv::parse_selector(text));
}

// A semaphore as a verb names it: SEL or SEL:NUM.
struct Place {
  sysv::Found set;
  std::uint64_t number;
};

Place find_place(const std::string& text) {
  const sysv::NumberedSelector parsed = sysv::parse_numbered_selector(text);
  return {sysv_sem::find(parsed.object), parsed.number.value_or(0)};
}

void require_count(std::uint64_t count) {
  if (count == 0 || count > sysv_sem::max_value)
    throw UsageError(fmt::format("--count: {} is not from 1 to {}", count, sysv_sem::max_value));
}

// create

struct Create : CreateOptions {
  std::vector<std::string> operands;
  std::string values, ns;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::operands>(
            "KEY|N", "0xKEY, key:N, ftok:PATH[:PROJ] or private (default); how many semaphores (default 1)")
            .optional(),
        option<Create, &Create::values>(0, "values", "A,B,...", "the value of each at first (default 0)",
                                        Group::object),
    },
    create_args_of<Create>, namespace_args<Create>);

constexpr Example create_examples[] = {
    {"sysv-sem create 3", "three, of value 0, in a set without a key; prints the set's id"},
    {"sysv-sem create 0x5eed --values 1,4 --if-missing", "in a start-up script"},
};

sysv_sem::Attributes wanted_of(const Create& options) {
  sysv_sem::Attributes wanted{
      .key = IPC_PRIVATE, .text = {}, .values = {}, .mode = options.mode, .owner = options.owner};
  std::optional<std::uint64_t> count;
  for (const std::string& word : options.operands) {
    if (const auto number = to_number(word)) {
      if (count) throw UsageError(fmt::format("'{}': how many semaphores is said already; a key is 0xKEY", word));
      count = number;
    } else {
      if (!wanted.text.empty()) throw UsageError(fmt::format("'{}': there is a key already", printable(word)));
      wanted.key = sysv::parse_key(word);
      wanted.text = word;
    }
  }
  if (!options.values.empty()) wanted.values = sysv_sem::parse_values(options.values);
  wanted.count = count.value_or(std::max<std::uint64_t>(wanted.values.size(), 1));
  if (wanted.count == 0) throw UsageError("'0': a set has at least one semaphore");
  if (!wanted.values.empty() && wanted.values.size() != wanted.count)
    throw UsageError(fmt::format("--values gives {}, for {} semaphores", wanted.values.size(), wanted.count));
  if (wanted.text.empty()) wanted.text = "private";
  return wanted;
}

Exit create(const Create& options, Output& out) {
  validate(options);
  sysv::validate_mode(options.mode);
  const sysv_sem::Attributes wanted = wanted_of(options);
  const IpcNamespace there{options.ns};
  return until_stopped([&] {
    const sysv::Created created =
        sysv_sem::create(wanted, options.if_missing ? sysv::Existing::accept : sysv::Existing::refuse);
    print_created(
        created, out, [&out](const sysv::Found& set) { print_one(set, out); }, sysv_sem::remove);
    return Exit::ok;
  });
}

// send

struct Send {
  std::string name, ns;
  std::uint64_t count = 1;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::name>("SEL[:NUM]", semaphore_help, set_ids),
        option<Send, &Send::count>('c', "count", "N", "add N (default 1)", Group::input),
    },
    namespace_args<Send>);

constexpr Example send_examples[] = {
    {"sysv-sem send 0x5eed", "add 1 to the first semaphore of the set"},
    {"sysv-sem post -c 3 0x5eed:1", "add 3 to the second"},
};

Exit send(const Send& options, Output& out) {
  require_count(options.count);
  const IpcNamespace there{options.ns};
  const Place place = find_place(options.name);
  const sysv_sem::Operation add{.number = place.number, .change = static_cast<int>(options.count)};
  static_cast<void>(sysv_sem::perform(place.set, {&add, 1}, {}));  // adding never blocks
  if (out.json) {
    out.write(fmt::format("{{\"mechanism\":\"sysv-sem\",{},\"sent\":{}}}\n", json_name(place.set.name), options.count));
  }
  return Exit::ok;
}

// recv

struct Recv : ReceiveOptions {
  std::string name, ns;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::name>("SEL[:NUM]", semaphore_help, set_ids),
        option<Recv, &Recv::count>('c', "count", "N", "take N at once, or nothing (default 1)", Group::waiting),
    },
    all_args<Recv>, waiting_args<Recv>, format_args<Recv>, framing_args<Recv>, ready_args<Recv>, namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"sysv-sem recv 0x5eed", "wait until 1 can be taken, and take it"},
    {"sysv-sem wait -n -c 2 0x5eed:1 || echo none", "2 of the second semaphore, only if they are there"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  if (options.count) require_count(*options.count);
  const IpcNamespace there{options.ns};
  const Place place = find_place(options.name);
  ReceiveOptions how = options;
  if (!how.count && !how.all) how.count = 1;
  // What is taken has no data: nothing is printed unless something was asked for.
  if (how.format.empty() && how.framing.kind == FramingKind::unset && !out.json) how.no_newline = true;
  return receive_messages(*sysv_sem::source(place.set, place.number, how.all ? 1 : *how.count), how, out);
}

// listen

struct Listen : ReceiveOptions {
  std::string name, ns;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::name>("SEL[:NUM]", semaphore_help, set_ids),
    },
    count_args<Listen>, waiting_args<Listen>, format_args<Listen>, framing_args<Listen>, ready_args<Listen>,
    command_args<Listen>, std::array{failure_arg<Listen>.with_choices("stop drop requeue")}, namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"sysv-sem listen 0x5eed -- ./answer", "run a command for each 1 that is added"},
    {"sysv-sem listen 0x5eed:1 -F '%I'", "the time of each"},
};

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.on_failure.kind == OnFailure::Kind::save)
    throw UsageError("--on-failure save: what is taken has no data to save");
  IpcNamespace there{options.ns};
  const Place place = find_place(options.name);
  ReceiveOptions how = options;
  if (how.format.empty() && how.command.empty() && !out.json) how.format = Format{"%n %c"};
  return receive_messages(*elsewhere(there, sysv_sem::source(place.set, place.number, 1)), how, out);
}

// op, run: operations, and a command that takes the place of ipctl, so that the kernel undoes them when it ends.

struct Operate {
  std::string name, ns;
  std::optional<Duration> timeout;
  bool nonblock = false;
  std::vector<std::string> command;
};

// ok: they are performed. Ends the process where a signal asks for that.
Exit perform_all(const sysv::Found& set, std::span<const sysv_sem::Operation> operations, const Operate& options) {
  Deadline deadline = options.timeout ? Deadline::after(*options.timeout) : Deadline::never();
  if (options.nonblock) deadline = Deadline::now();
  Outcome outcome{};
  {
    const StopSignals stop;
    outcome = sysv_sem::perform(set, operations, {deadline, &stop});
  }
  // What is done is told, unless the end undoes it.
  const bool is_undone =
      std::all_of(operations.begin(), operations.end(), [](const auto& each) { return each.undo || each.change == 0; });
  if (const int signal = StopSignals::requested(); signal != 0 && (outcome != Outcome::done || is_undone)) {
    StopSignals::die_of(signal);
  }
  if (outcome == Outcome::timed_out) return options.nonblock ? Exit::no : Exit::timed_out;
  return Exit::ok;
}

void require_one_deadline(const Operate& options) {
  if (options.nonblock && options.timeout) throw UsageError("--nonblock and --timeout exclude each other");
}

// Asked before anything is taken.
Environment environment_of(const sysv::Found& set) {
  const SetObject object = sysv_sem::inspect(set, Holders::skip, sysv_sem::Values::skip);
  return {{"IPCTL_MECHANISM", "sysv-sem"},
          {"IPCTL_NAME", set.name},
          {"IPCTL_ID", set.name},
          {"IPCTL_KEY", sysv::key_text(object.key.value_or(IPC_PRIVATE))}};
}

// op

struct Op : Operate {
  std::vector<std::string> operations;
};

constexpr std::array op_args = join(
    std::array{
        operand<Op, &Op::name>("SEL", set_help, set_ids),
        operand<Op, &Op::operations>("OP",
                                     "NUM:-K take, NUM:+K add, NUM:=0 wait until it is 0; u behind it: undone in the "
                                     "end"),
        command<Op, &Op::command>("runs in place of ipctl once all are done; what has a u is undone when it ends"),
    },
    waiting_args<Op>, namespace_args<Op>);

constexpr Example op_examples[] = {
    {"sysv-sem op 0x5eed 0:-1 1:+1", "move 1 from the first semaphore to the second, in one step"},
    {"sysv-sem op 0x5eed 0:=0 0:+1u -- ./job", "a lock that is free at 0, held while a command runs"},
};

Exit operate(const Op& options, Output& out) {
  require_one_deadline(options);
  std::vector<sysv_sem::Operation> operations;
  for (const std::string& text : options.operations) operations.push_back(sysv_sem::parse_operation(text));
  const bool has_command = !options.command.empty();
  const IpcNamespace there{options.ns};
  if (!has_command) {
    const Exit status = perform_all(find(options.name), operations, options);
    const bool undoes = std::any_of(operations.begin(), operations.end(), [](const auto& each) { return each.undo; });
    if (status == Exit::ok && undoes)
      out.note(fmt::format("{}: what has a u is undone now, as ipctl ends: use it with -- CMD", options.name));
    return status;
  }
  const std::string path = find_command(options.command.front());
  Environment environment;
  const Exit status = before_command([&] {
    const sysv::Found set = find(options.name);
    environment = environment_of(set);
    return perform_all(set, operations, options);
  });
  if (status != Exit::ok) return status;
  replace_process(path, options.command, environment);
}

// run

struct Run : Operate {
  std::uint64_t count = 1;
};

constexpr std::array run_args = join(
    std::array{
        operand<Run, &Run::name>("SEL[:NUM]", semaphore_help, set_ids),
        option<Run, &Run::count>('c', "count", "N", "hold N (default 1)", Group::object),
        command<Run, &Run::command>("runs in place of ipctl; when it ends, however, the kernel gives back").mandatory(),
    },
    waiting_args<Run>, namespace_args<Run>);

constexpr Example run_examples[] = {
    {"sysv-sem run 0x5eed -- ./job", "no more of these at once than the semaphore's value"},
    {"sysv-sem run -n 0x5eed -- ./backup || echo 'another one runs'", "not at all if it cannot be taken now"},
};

Exit run(const Run& options, Output& /*out*/) {
  require_one_deadline(options);
  require_count(options.count);
  const std::string path = find_command(options.command.front());
  const IpcNamespace there{options.ns};
  Environment environment;
  const Exit status = before_command([&] {
    const Place place = find_place(options.name);
    environment = environment_of(place.set);
    environment.emplace_back("IPCTL_NUMBER", std::to_string(place.number));
    const sysv_sem::Operation take{.number = place.number, .change = -static_cast<int>(options.count), .undo = true};
    return perform_all(place.set, {&take, 1}, options);
  });
  if (status != Exit::ok) return status;
  replace_process(path, options.command, environment);
}

// set

struct Set {
  std::string name, values, ns;
  std::optional<std::uint64_t> value;
  std::optional<Mode> mode;
  Owner owner;
};

constexpr std::array set_args = join(
    std::array{
        operand<Set, &Set::name>("SEL[:NUM]", "the set; with --value, and the semaphore's number in it (default 0)",
                                 set_ids),
        option<Set, &Set::values>(0, "values", "A,B,...", "the value of each semaphore", Group::object),
        option<Set, &Set::value>(0, "value", "V", "the value of the one semaphore", Group::object),
        option<Set, &Set::mode>('m', "mode", "OCTAL", "permissions", Group::object),
        option<Set, &Set::owner>(0, "owner", "USER[:GROUP]", "who owns it", Group::object),
    },
    namespace_args<Set>);

constexpr Example set_examples[] = {
    {"sysv-sem set 0x5eed --values 1,4", "all semaphores of the set"},
    {"sysv-sem set 0x5eed:1 --value 0", "the second one"},
    {"sysv-sem set 0x5eed -m 0660 --owner :users", "who may use it"},
};

Exit set(const Set& options, Output& out) {
  sysv::validate_mode(options.mode);
  const sysv::Change change{options.mode, options.owner};
  const sysv::NumberedSelector parsed = sysv::parse_numbered_selector(options.name);
  if (options.value && !options.values.empty()) throw UsageError("--value and --values exclude each other");
  if (!options.value && options.values.empty() && change.is_empty())
    throw UsageError("nothing to set: --value, --values, --mode or --owner");
  if (parsed.number && !options.value) throw UsageError("the number of one semaphore needs --value V");
  if (options.value && *options.value > sysv_sem::max_value)
    throw UsageError(fmt::format("--value: {} is not from 0 to {}", *options.value, sysv_sem::max_value));
  const auto values = options.values.empty() ? std::vector<std::uint16_t>{} : sysv_sem::parse_values(options.values);
  const IpcNamespace there{options.ns};
  const sysv::Found found = sysv_sem::find(parsed.object);
  // In this order: what changes the mode may take the right to set values.
  if (!values.empty()) sysv_sem::set_values(found, values);
  if (options.value) sysv_sem::set_value(found, parsed.number.value_or(0), static_cast<std::uint16_t>(*options.value));
  if (!change.is_empty()) sysv_sem::change(found, change);
  if (out.json) print_one(found, out);
  return Exit::ok;
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> names;
  std::string ns;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::names>("SEL", set_help, set_ids),
    },
    list_args_of<Stat, columns>, namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"sysv-sem stat 0x5eed", "all that is known of it, and who is blocked on it"},
    {"sysv-sem stat 0x5eed -o semaphores --noheadings", "a line for each semaphore"},
};

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::blocks, out);
  const sysv_sem::Values values = needed_values(options, Layout::blocks, out);
  const std::vector<std::string> names = checked(options.names, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  std::vector<SetObject> found;
  const Exit status = for_each_name(
      names, out, [&](const std::string& name) { found.push_back(sysv_sem::inspect(find(name), holders, values)); });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
};

constexpr std::array ls_args = join(list_args_of<List, columns>, namespace_args<List>);

constexpr Example ls_examples[] = {
    {"sysv-sem ls", "a line for each set"},
    {"sysv-sem ls -o +semaphores,blocked --filter owner=root", "those of one user, with values and who waits"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::table, out);
  const sysv_sem::Values values = needed_values(options, Layout::table, out);
  const IpcNamespace there{options.ns};
  print_objects(options, columns, Layout::table, sysv_sem::list(holders, values), out);
  return Exit::ok;
}

// rm

struct Rm {
  std::vector<std::string> names;
  std::string ns;
  bool force = false;
};

constexpr std::array rm_args = join(
    std::array{
        operand<Rm, &Rm::names>("SEL", set_help, set_ids),
        flag<Rm, &Rm::force>(0, "force", "a missing set is no error", Group::object),
    },
    namespace_args<Rm>);

constexpr Example rm_examples[] = {{"sysv-sem rm 0x5eed", "those who wait on it end with an error"}};

Exit rm(const Rm& options, Output& out) {
  const std::vector<std::string> names = checked(options.names, sysv::checked_selector);
  const IpcNamespace there{options.ns};
  return remove_each(names, options.force ? Missing::is_fine : Missing::is_error, out,
                     [](const std::string& name) { sysv_sem::remove(find(name)); });
}

constexpr std::string_view send_aliases[] = {"post"};
constexpr std::string_view recv_aliases[] = {"wait"};

constexpr Verb verbs[] = {
    verb<create>("create", "make a set of semaphores", create_args, create_examples),
    verb<send>("send", "add to a semaphore's value", send_args, send_examples, send_aliases),
    verb<recv>("recv", "take from a semaphore's value, waiting for it if need be", recv_args, recv_examples,
               recv_aliases),
    verb<listen>("listen", "take from a semaphore's value until stopped", listen_args, listen_examples),
    verb<operate>("op", "several operations on a set at once, or none of them", op_args, op_examples),
    verb<run>("run", "hold a semaphore while a command runs", run_args, run_examples),
    verb<set>("set", "set values, permissions and owner", set_args, set_examples),
    verb<stat>("stat", "show all that is known of sets", stat_args, stat_examples),
    verb<ls>("ls", "list all sets", ls_args, ls_examples),
    verb<rm>("rm", "remove sets", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"destroy", "a set is in the kernel, not in memory: 'ipctl sysv-sem rm SEL' removes it"},
    {"init", "a set is in the kernel, not in memory: 'ipctl sysv-sem create', and 'set SEL --values A,B' later"},
    {"peek", "'ipctl sysv-sem stat SEL -o semaphores' tells the values without taking anything"},
    {"resize", "a set has as many semaphores as it was created with; remove it and create it anew"},
};

}  // namespace

constinit const Mechanism sysv_sem_mechanism{"sysv-sem", "System V semaphore sets", "sysvipc(7)", verbs, absent};

}  // namespace ipctl
