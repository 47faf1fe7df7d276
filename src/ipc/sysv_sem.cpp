// sysv_sem: making, changing and removing sets, semget(2), semctl(2).
#include "ipc/sysv_sem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <ctime>

#include "ipc/sysv_sem_calls.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl::sysv_sem {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view missing_hint = "no such set (ipctl sysv-sem ls lists them)";
constexpr std::chrono::seconds patience = 5s;  // with the creator of a set
constexpr timespec pause{.tv_sec = 0, .tv_nsec = 5'000'000};

sysv::Found found(int id, std::string text) {
  return {id, std::to_string(id), std::move(text)};
}

mode_t mode_of(const Attributes& wanted) {
  return wanted.mode.value_or(Mode{}).bits;
}

std::string why_full(std::uint64_t count) {
  const Limits limit = limits();
  if (limit.used_sets >= limit.sets) {
    return fmt::format(
        "this IPC namespace has as many sets as it may: {} of {} (SEMMNI); remove some (ipctl sysv-sem ls), or raise "
        "the "
        "4th number of kernel.sem",
        limit.used_sets, limit.sets);
  }
  return fmt::format(
      "{} more semaphores do not fit: this IPC namespace has {} of at most {} (SEMMNS); remove some sets (ipctl "
      "sysv-sem "
      "ls), or raise the 2nd number of kernel.sem",
      count, limit.used_semaphores, limit.semaphores);
}

std::string why_not_created(int code, std::uint64_t count) {
  switch (code) {
    case EEXIST: return "a set with this key exists already (--if-missing accepts it)";
    case EINVAL:
      return fmt::format(
          "{} semaphores are more than a set may have (SEMMSL = {}); ask for fewer, or raise the 1st number of "
          "kernel.sem",
          count, limits().set_size);
    case ENOSPC: return why_full(count);
    default: return {};
  }
}

void perform_now(const sysv::Found& set, std::span<const Operation> operations) {
  if (perform(set, operations, {.deadline = Deadline::now()}) == Outcome::done) return;
  throw Error{Exit::failed, set.text, "others use the set already: its values could not be set"};
}

// It adds, for who does not look at sem_otime may have posted meanwhile; nobody can have taken. One semop(2) for all,
// where that takes so many.
void initialize(const sysv::Found& set, const std::vector<std::uint16_t>& values) {
  std::vector<Operation> operations;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0) operations.push_back({.number = i, .change = values[i]});
  }
  // Nothing to add: what changes nothing, and cannot block, sets sem_otime.
  if (operations.empty()) operations = {{.number = 0, .change = 1}, {.number = 0, .change = -1}};
  const std::size_t most = std::max<std::uint64_t>(limits().operations, 1);
  for (std::span<const Operation> rest{operations}; !rest.empty(); rest = rest.subspan(std::min(most, rest.size()))) {
    perform_now(set, rest.first(std::min(most, rest.size())));
  }
}

sysv::Found create_new(const Attributes& wanted) {
  // With another owner to come, or a mode in which we could not set the values, nobody else gets in before all is done.
  const bool has_owner = wanted.owner.user || wanted.owner.group;
  const bool changes = has_owner || (mode_of(wanted) & 0600U) != 0600U;
  const mode_t first = changes ? 0600 : mode_of(wanted);
  if (wanted.count > INT_MAX) throw Error{EINVAL, "semget", wanted.text, why_not_created(EINVAL, wanted.count)};
  const int id =
      trace::call(::semget(wanted.key, static_cast<int>(wanted.count), static_cast<int>(IPC_CREAT | IPC_EXCL | first)),
                  "semget", "{}, {}, IPC_CREAT|IPC_EXCL|{:04o}", sysv::key_text(wanted.key), wanted.count, first);
  if (id < 0) throw ObjectError{errno, "semget", wanted.text, why_not_created(errno, wanted.count)};
  sysv::Found set = found(id, wanted.text);
  try {
    initialize(set, wanted.values);
    if (changes) change(set, {Mode{mode_of(wanted)}, wanted.owner});
  } catch (...) {
    control(id, 0, IPC_RMID, "IPC_RMID");
    throw;
  }
  return set;
}

void wait_a_little(const std::string& name) {
  if (StopSignals::requested() == 0) ::nanosleep(&pause, nullptr);
  if (StopSignals::requested() != 0) throw Error{EINTR, "nanosleep", name};
}

// Another creator makes it 0600 first, as we do, and gives it away when its values are set.
bool may_be_given_away(const SetObject& object) {
  return object.mode == 0600U && object.uid == object.creator && object.changed &&
         object.changed->tv_sec >= ::time(nullptr) - 1;
}

// A creator that is still at it does not take so long.
bool is_old(const SetObject& object) {
  return object.changed && object.changed->tv_sec < ::time(nullptr) - 2 * patience.count();
}

sysv::Found accept_existing(const Attributes& wanted) {
  sysv::Found set = find({.text = wanted.text, .id = std::nullopt, .key = wanted.key});
  const Deadline deadline = Deadline::after(patience);
  for (;; wait_a_little(set.name)) {
    const SetObject object = inspect(set, Holders::skip, Values::skip);
    std::string different = differences(object, wanted.mode, wanted.owner);
    const bool is_other_size = object.size != wanted.count;
    if (is_other_size) {
      different = fmt::format("it has {} semaphores, not {}{}{}", object.size.value_or(0), wanted.count,
                              different.empty() ? "" : ", ", different);
    }
    const bool is_ready = object.operated || wanted.values.empty();
    if (different.empty() && is_ready) return set;
    if (!different.empty() && (is_other_size || !may_be_given_away(object) || deadline.passed()))
      throw Error{Exit::exists, wanted.text, "exists with other attributes: " + different};
    if (deadline.passed() || is_old(object)) {
      throw Error{Exit::exists, wanted.text,
                  fmt::format("its creator has not set its values yet (sem_otime is 0); where it has ended: ipctl "
                              "sysv-sem rm {}, or set them with op",
                              set.name)};
    }
  }
}

}  // namespace

void fail(const sysv::Found& set, int code, std::string_view call, std::string_view purpose) {
  if (code == EIDRM) throw Error{Exit::missing, set.text, "the set was removed while ipctl waited"};
  if (code == EINVAL) throw Error{Exit::missing, set.text, missing_hint};
  if (code == EACCES) sysv::deny(inspect(set, Holders::skip, Values::skip), set, call, purpose);
  throw Error{code, call, set.text,
              sysv::why_not_changed(code, [&] { return inspect(set, Holders::skip, Values::skip); })};
}

void refuse_number(const sysv::Found& set, std::string_view what) {
  const std::uint64_t count = inspect(set, Holders::skip, Values::skip).size.value_or(1);
  throw Error{EFBIG, "semop", set.text,
              count == 1 ? fmt::format("{}: the set has one semaphore, 0", what)
                         : fmt::format("{}: the set has {} semaphores, 0 to {}", what, count, count - 1)};
}

Limits limits() {
  seminfo most{};
  seminfo used{};
  check(control(0, 0, IPC_INFO, "IPC_INFO", {.info = &most}), "semctl");
  check(control(0, 0, SEM_INFO, "SEM_INFO", {.info = &used}), "semctl");
  const auto number = [](int value) { return static_cast<std::uint64_t>(std::max(value, 0)); };
  return {.set_size = number(most.semmsl),
          .semaphores = number(most.semmns),
          .operations = number(most.semopm),
          .sets = number(most.semmni),
          .used_semaphores = number(used.semaem),
          .used_sets = number(used.semusz)};
}

std::vector<std::uint16_t> parse_values(std::string_view text) {
  std::vector<std::uint16_t> values;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    const auto value = to_number(one);
    if (!value || *value > max_value)
      throw UsageError(fmt::format("--values: '{}' is not from 0 to {}", printable(one), max_value));
    values.push_back(static_cast<std::uint16_t>(*value));
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
  }
  return values;
}

sysv::Found find(const sysv::Selector& selector) {
  if (selector.id) return found(*selector.id, selector.text);
  const int id = trace::call(::semget(selector.key, 0, 0), "semget", "{}, 0, 0", sysv::key_text(selector.key));
  if (id < 0) throw ObjectError{errno, "semget", selector.text, errno == ENOENT ? missing_hint : ""};
  return found(id, selector.text);
}

sysv::Created create(const Attributes& wanted, sysv::Existing existing) {
  return sysv::create_or_accept(
      wanted.text, existing, [&] { return create_new(wanted).id; }, [&] { return accept_existing(wanted).id; });
}

void set_values(const sysv::Found& set, const std::vector<std::uint16_t>& values) {
  // SETALL reads as many as the set has, without being told how many there are.
  const auto size = inspect(set, Holders::skip, Values::skip).size;
  if (size != values.size())
    throw UsageError(fmt::format("--values gives {}, the set has {}", values.size(), size.value_or(0)));
  std::vector<unsigned short> copy(values.begin(), values.end());
  const std::string shown =
      fmt::format("SETALL, [{}{}]",
                  fmt::join(values.begin(), values.begin() + std::min<long>(16, values.end() - values.begin()), ", "),
                  values.size() > 16 ? ", ..." : "");
  if (control(set.id, 0, SETALL, shown, {.values = copy.data()}) < 0) fail(set, errno, "semctl", "set its values");
}

void set_value(const sysv::Found& set, std::uint64_t number, std::uint16_t value) {
  const auto size = inspect(set, Holders::skip, Values::skip).size;
  if (number >= size.value_or(0)) refuse_number(set, fmt::format("semaphore {}", number));
  if (control(set.id, static_cast<int>(number), SETVAL, fmt::format("SETVAL, {}", value), {.value = value}) < 0)
    fail(set, errno, "semctl", "set its values");
}

void change(const sysv::Found& set, const sysv::Change& change) {
  // IPC_STAT would want the right to read. IPC_SET looks at owner and mode alone.
  const SetObject object = inspect(set, Holders::skip, Values::skip);
  semid_ds status{};
  status.sem_perm.uid = object.uid.value_or(static_cast<uid_t>(-1));
  status.sem_perm.gid = object.gid.value_or(static_cast<gid_t>(-1));
  status.sem_perm.mode = static_cast<decltype(status.sem_perm.mode)>(object.mode.value_or(0));
  sysv::apply(change, status.sem_perm);
  const std::string shown = fmt::format("IPC_SET, {{uid={}, gid={}, mode={:04o}}}", status.sem_perm.uid,
                                        status.sem_perm.gid, static_cast<unsigned>(status.sem_perm.mode));
  if (control(set.id, 0, IPC_SET, shown, {.status = &status}) < 0) fail(set, errno, "semctl", "change it");
}

void remove(const sysv::Found& set) {
  if (control(set.id, 0, IPC_RMID, "IPC_RMID") < 0) fail(set, errno, "semctl", "remove it");
}

}  // namespace ipctl::sysv_sem
