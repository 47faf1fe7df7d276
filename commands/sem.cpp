// sem: POSIX semaphores, sem_overview(7).
#include "ipc/sem.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/each.hpp"
#include "io/json.hpp"
#include "io/stoppable.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/relay.hpp"
#include "os/text.hpp"

namespace ipctl {

extern const Mechanism sem_mechanism;

namespace {

void semaphore_names(const Emit& emit) {
  for (const std::string& name : sem::names()) emit(name, "");
}

// What ls and stat show.

constexpr Column columns[] = {
    object_columns::name,
    object_columns::owner,
    object_columns::group,
    object_columns::mode,
    {"VALUE", "how many can be taken now", object_columns::number<sem::SemaphoreObject, &sem::SemaphoreObject::value>,
     true, true},
    {"WAITERS", "threads that wait; one that was killed meanwhile counts for ever",
     object_columns::number<sem::SemaphoreObject, &sem::SemaphoreObject::waiters>, true, true},
    {"OFFSET", "where it is, in bytes; unknown for one that has a name",
     object_columns::number<sem::SemaphoreObject, &sem::SemaphoreObject::offset>, false, true},
    object_columns::accessed,
    object_columns::modified,
    object_columns::changed,
    object_columns::inode,
    object_columns::holders,
    object_columns::usage,
};

void print_one(const shm::Directory& there, const sem::Address& address, const Output& out) {
  print_objects({}, columns, Layout::blocks, std::vector{sem::inspect(there, address, Holders::find)}, out);
}

sem::Address unnamed(const std::string& text) {
  sem::Address address = sem::parse_address(text);
  if (address.kind == sem::Address::Kind::name) {
    throw UsageError(
        fmt::format("'{}' is a name; an address is shm:/NAME+OFFSET or file:PATH+OFFSET", printable(text)));
  }
  return address;
}

void require_value(std::uint64_t value) {
  if (value > sem::max_value) throw UsageError(fmt::format("--value: {} is not from 0 to {}", value, sem::max_value));
}

// create

struct Create : CreateOptions {
  std::string name, ns;
  std::uint64_t value = 0;
};

constexpr std::array create_args = join(
    std::array{
        operand<Create, &Create::name>("NAME", "semaphore to create"),
        option<Create, &Create::value>(0, "value", "N", "how many can be taken at first (default 0)", Group::object),
    },
    create_args_of<Create>, mount_namespace_args<Create>);

constexpr Example create_examples[] = {
    {"sem create /slots --value 3", "three may be held at once"},
    {"sem create /lock --value 1 -m 0660 --if-missing", "for a group, in a start-up script"},
};

Exit create(const Create& options, Output& out) {
  validate(options);
  require_value(options.value);
  const sem::Address address{.text = sem::canonical_name(options.name), .path = {}};
  const shm::Directory there{options.ns};
  return until_stopped([&] {
    try {
      sem::Semaphore::create(there, address.text,
                             {static_cast<std::uint32_t>(options.value), options.mode, options.owner});
    } catch (const Error& error) {
      if (error.status() != Exit::exists) throw;
      if (!sem::is_file_of_semaphore(there, address.text)) {
        throw Error{Exit::exists, address.text, "what has its file in /dev/shm is no semaphore (ipctl shm ls)"};
      }
      if (!options.if_missing) throw;
      const sem::SemaphoreObject object = sem::inspect(there, address, Holders::skip);
      const std::string different = differences(object, options.mode, options.owner);
      if (!different.empty()) throw Error{Exit::exists, object.name, "exists with other attributes: " + different};
    }
    if (out.json) print_one(there, address, out);
    return Exit::ok;
  });
}

// init, destroy

struct Init {
  std::string address, ns;
  std::uint64_t value = 0;
  bool force = false;
};

constexpr std::array init_args = join(
    std::array{
        operand<Init, &Init::address>("ADDRESS", "where: shm:/NAME+OFFSET, file:PATH+OFFSET, PID:FD+OFFSET"),
        option<Init, &Init::value>(0, "value", "N", "how many can be taken at first (default 0)", Group::object),
        flag<Init, &Init::force>(0, "force", "even where a semaphore is already", Group::object),
    },
    mount_namespace_args<Init>);

constexpr Example init_examples[] = {{"sem init shm:/frames+64 --value 1", "an unnamed one, at byte 64 of an object"}};

Exit init(const Init& options, Output& out) {
  require_value(options.value);
  const sem::Address address = unnamed(options.address);
  const shm::Directory there{options.ns};
  sem::Semaphore::init(there, address, static_cast<std::uint32_t>(options.value),
                       options.force ? sem::Semaphore::Existing::replace : sem::Semaphore::Existing::refuse);
  if (out.json) print_one(there, address, out);
  return Exit::ok;
}

struct Destroy {
  std::string address, ns;
  bool force = false;
};

constexpr std::array destroy_args = join(
    std::array{
        operand<Destroy, &Destroy::address>("ADDRESS", "where: shm:/NAME+OFFSET, file:PATH+OFFSET, PID:FD+OFFSET"),
        flag<Destroy, &Destroy::force>(0, "force", "even while somebody waits on it", Group::object),
    },
    mount_namespace_args<Destroy>);

constexpr Example destroy_examples[] = {{"sem destroy shm:/frames+64", "its 32 bytes are zeros then"}};

Exit destroy(const Destroy& options, Output& /*out*/) {
  sem::Semaphore::destroy(shm::Directory{options.ns}, unnamed(options.address),
                          options.force ? sem::Semaphore::Waiters::ignore : sem::Semaphore::Waiters::refuse);
  return Exit::ok;
}

// send

struct Send {
  std::string name, ns;
  std::uint64_t count = 1;
};

constexpr std::array send_args = join(
    std::array{
        operand<Send, &Send::name>("NAME|ADDRESS", "semaphore to post", semaphore_names),
        option<Send, &Send::count>('c', "count", "N", "post N times (default 1)", Group::input),
    },
    mount_namespace_args<Send>);

constexpr Example send_examples[] = {
    {"sem send /slots", "one more can be taken"},
    {"sem post -c 3 shm:/frames+64", "three more, of an unnamed one"},
};

void report_posts(const Output& out, const std::string& name, std::uint64_t count) {
  if (out.json) out.write(fmt::format("{{\"mechanism\":\"sem\",{},\"sent\":{}}}\n", json_name(name), count));
}

Exit send(const Send& options, Output& out) {
  if (options.count == 0) throw UsageError("--count: at least 1");
  sem::Semaphore semaphore = sem::Semaphore::open(shm::Directory{options.ns}, sem::parse_address(options.name));
  const StopSignals stop;
  std::uint64_t posted = 0;
  try {
    while (posted < options.count && StopSignals::requested() == 0) {
      semaphore.post();
      ++posted;
    }
  } catch (const Error& error) {
    report_posts(out, semaphore.name(), posted);
    if (posted == 0) throw;
    throw Error{
        error.status(), {}, fmt::format("{}; {} posts of {} were made before it", error.what(), posted, options.count)};
  }
  report_posts(out, semaphore.name(), posted);
  if (posted == options.count) return Exit::ok;
  out.complain(
      fmt::format("{}: a signal came after {} posts of {}", printable(semaphore.name()), posted, options.count));
  StopSignals::die_of(StopSignals::requested());
}

// recv

struct Recv : ReceiveOptions {
  std::string name, ns;
};

constexpr std::array recv_args = join(
    std::array{
        operand<Recv, &Recv::name>("NAME|ADDRESS", "semaphore to take", semaphore_names),
        option<Recv, &Recv::count>('c', "count", "N", "take it N times, or not at all (default 1)", Group::waiting),
    },
    all_args<Recv>, waiting_args<Recv>, format_args<Recv>, framing_args<Recv>, ready_args<Recv>,
    mount_namespace_args<Recv>);

constexpr Example recv_examples[] = {
    {"sem recv /slots", "wait until one can be taken, and take it"},
    {"sem wait -n /slots || echo none", "only if one is there"},
};

Exit recv(const Recv& options, Output& out) {
  validate(options);
  sem::Semaphore semaphore = sem::Semaphore::open(shm::Directory{options.ns}, sem::parse_address(options.name));
  ReceiveOptions how = options;
  if (!how.count && !how.all) how.count = 1;
  // A post has no data: nothing is printed unless something was asked for.
  if (how.format.empty() && how.framing.kind == FramingKind::unset && !out.json) how.no_newline = true;
  const auto source = sem::source(std::move(semaphore), how.all ? 1 : *how.count);
  return receive_messages(*source, how, out);
}

// listen

struct Listen : ReceiveOptions {
  std::string name, ns;
};

constexpr std::array listen_args = join(
    std::array{
        operand<Listen, &Listen::name>("NAME|ADDRESS", "semaphore to take", semaphore_names),
    },
    count_args<Listen>, waiting_args<Listen>, format_args<Listen>, framing_args<Listen>, ready_args<Listen>,
    command_args<Listen>, std::array{failure_arg<Listen>.with_choices("stop drop requeue")},
    mount_namespace_args<Listen>);

constexpr Example listen_examples[] = {
    {"sem listen /doorbell -- ./answer", "run a command for each post"},
    {"sem listen /doorbell -F '%I'", "the time of each"},
};

Exit listen(const Listen& options, Output& out) {
  validate(options);
  if (options.on_failure.kind == OnFailure::Kind::save)
    throw UsageError("--on-failure save: a post has no data to save");
  sem::Semaphore semaphore = sem::Semaphore::open(shm::Directory{options.ns}, sem::parse_address(options.name));
  ReceiveOptions how = options;
  if (how.format.empty() && how.command.empty() && !out.json) how.format = Format{"%n %c"};
  return receive_messages(*sem::source(std::move(semaphore), 1), how, out);
}

// run

struct Run {
  std::string name, ns;
  std::optional<Duration> timeout;
  bool nonblock = false;
  std::vector<std::string> command;
};

constexpr std::array run_args = join(
    std::array{
        operand<Run, &Run::name>("NAME|ADDRESS", "semaphore to hold meanwhile", semaphore_names),
        command<Run, &Run::command>("runs once the semaphore is taken; when it ends, that is given back").mandatory(),
    },
    waiting_args<Run>, mount_namespace_args<Run>);

constexpr Example run_examples[] = {
    {"sem run /slots -- ./job", "no more of these at once than the semaphore's value"},
    {"sem run -n /lock -- ./backup || echo 'another one runs'", "not at all if it cannot be taken now"},
};

Deadline deadline_of(const Run& options) {
  if (options.nonblock) return Deadline::now();
  return options.timeout ? Deadline::after(*options.timeout) : Deadline::never();
}

// The command's status, once it has ended and the semaphore is given back.
int run_holding(sem::Semaphore& semaphore, const std::string& path, const Run& options, SignalRelay& relay) {
  const Environment environment{{"IPCTL_MECHANISM", "sem"}, {"IPCTL_NAME", semaphore.name()}};
  std::optional<Child> child;
  try {
    child.emplace(path, options.command, Streams{}, environment);
  } catch (...) {
    semaphore.post();
    throw;
  }
  const int status = relay.wait(*child);
  semaphore.post();
  return status;
}

Exit run(const Run& options, Output& /*out*/) {
  if (options.nonblock && options.timeout) throw UsageError("--nonblock and --timeout exclude each other");
  const std::string path = find_command(options.command.front());
  sem::Semaphore semaphore = before_command(
      [&] { return sem::Semaphore::open(shm::Directory{options.ns}, sem::parse_address(options.name)); });
  std::optional<StopSignals> stop{std::in_place};
  const Outcome outcome = before_command([&] { return semaphore.wait({deadline_of(options), &*stop}); });
  if (outcome == Outcome::timed_out) return options.nonblock ? Exit::no : Exit::timed_out;
  SignalRelay relay;
  stop.reset();
  if (const int signal = StopSignals::requested(); signal != 0) {
    if (outcome == Outcome::done) semaphore.post();
    StopSignals::die_of(signal);
  }
  const int status = run_holding(semaphore, path, options, relay);
  return end_as(status, relay.received());
}

// stat

struct Stat : ListOptions {
  std::vector<std::string> names;
  std::string ns;
};

constexpr std::array stat_args = join(
    std::array{
        operand<Stat, &Stat::names>("NAME|ADDRESS", "semaphores to show", semaphore_names),
    },
    list_args_of<Stat, columns>, mount_namespace_args<Stat>);

constexpr Example stat_examples[] = {
    {"sem stat /slots", "all that is known of it, and who has it open"},
    {"sem stat /slots -o value --noheadings", "its value alone"},
};

Exit stat(const Stat& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::blocks, out);
  const shm::Directory there{options.ns};
  const auto text_of = [](std::string_view name) { return sem::parse_address(name).text; };
  std::vector<sem::SemaphoreObject> found;
  const Exit status = for_each_name(checked(options.names, text_of), out, [&](const std::string& name) {
    found.push_back(sem::inspect(there, sem::parse_address(name), holders));
  });
  if (!found.empty() || out.json) print_objects(options, columns, Layout::blocks, found, out);
  return status;
}

// ls

struct List : ListOptions {
  std::string ns;
};

constexpr std::array ls_args = join(list_args_of<List, columns>, mount_namespace_args<List>);

constexpr Example ls_examples[] = {
    {"sem ls", "a line for each that has a name"},
    {"sem ls -o +holders --filter value=0", "those of which none can be taken, and who has them open"},
};

Exit ls(const List& options, Output& out) {
  const Holders holders = needed_holders(options, columns, Layout::table, out);
  print_objects(options, columns, Layout::table, sem::list(shm::Directory{options.ns}, holders), out);
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
        operand<Rm, &Rm::names>("NAME", "semaphores to remove", semaphore_names),
        flag<Rm, &Rm::force>(0, "force", "a missing semaphore is no error", Group::object),
    },
    mount_namespace_args<Rm>);

constexpr Example rm_examples[] = {{"sem rm /slots", "those who have it open go on using it among themselves"}};

Exit rm(const Rm& options, Output& out) {
  const std::vector<std::string> names = checked(options.names, sem::canonical_name);
  const shm::Directory there{options.ns};
  return remove_each(names, options.force ? Missing::is_fine : Missing::is_error, out,
                     [&there](const std::string& name) { sem::remove(there, name); });
}

constexpr std::string_view send_aliases[] = {"post"};
constexpr std::string_view recv_aliases[] = {"wait"};

constexpr Verb verbs[] = {
    verb<create>("create", "make a named semaphore", create_args, create_examples),
    verb<init>("init", "make an unnamed semaphore in memory or a file", init_args, init_examples),
    verb<destroy>("destroy", "unmake an unnamed semaphore", destroy_args, destroy_examples),
    verb<send>("send", "add to a semaphore's value", send_args, send_examples, send_aliases),
    verb<recv>("recv", "take from a semaphore's value, waiting for it if need be", recv_args, recv_examples,
               recv_aliases),
    verb<listen>("listen", "take posts until stopped", listen_args, listen_examples),
    verb<run>("run", "hold a semaphore while a command runs", run_args, run_examples),
    verb<stat>("stat", "show all that is known of semaphores", stat_args, stat_examples),
    verb<ls>("ls", "list all named semaphores", ls_args, ls_examples),
    verb<rm>("rm", "remove named semaphores", rm_args, rm_examples),
};

constexpr AbsentVerb absent[] = {
    {"op", "a POSIX semaphore has no operation but post and wait; 'ipctl sysv-sem op' does several at once"},
    {"peek", "'ipctl sem stat NAME -o value' tells the value without taking anything"},
    {"resize", "a semaphore has a value and no size: 'ipctl sem post -c N' adds to it"},
    {"set",
     "there is no call that sets a POSIX semaphore's value: 'ipctl sem post -c N' adds to it, 'ipctl sem wait -n -c N' "
     "takes "
     "from it; or remove it and create it with --value; 'ipctl sysv-sem set' sets those of System V"},
};

}  // namespace

constinit const Mechanism sem_mechanism{"sem", "POSIX semaphores", "sem_overview(7)", verbs, absent};

}  // namespace ipctl
