// sysv_sem: using sets, semop(2), semtimedop(2).
#include <fmt/format.h>
#include <sys/sem.h>

#include <algorithm>
#include <climits>
#include <utility>

#include "ipc/sysv_sem.hpp"
#include "ipc/sysv_sem_calls.hpp"
#include "os/error.hpp"
#include "os/interrupter.hpp"
#include "os/text.hpp"

namespace ipctl::sysv_sem {
namespace {

[[noreturn]] void refuse_operation(std::string_view text) {
  throw UsageError(fmt::format(
      "'{}' is no operation: NUM:-K and NUM:+K (K: 1 to {}; with a u behind it, it is undone at the end), or NUM:=0",
      printable(text), max_value));
}

std::string text_of(std::span<const sembuf> operations) {
  constexpr std::size_t shown = 16;
  std::string out = "[";
  for (const sembuf& each : operations.first(std::min(shown, operations.size()))) {
    const auto flags = static_cast<unsigned>(each.sem_flg);
    const std::string_view nowait = (flags & IPC_NOWAIT) != 0 ? "IPC_NOWAIT" : "";
    const std::string_view undo = (flags & SEM_UNDO) != 0 ? "SEM_UNDO" : "";
    out += fmt::format("{}{{{}, {}, {}{}{}}}", out.size() > 1 ? ", " : "", each.sem_num, each.sem_op, nowait,
                       nowait.empty() || undo.empty() ? "" : "|", nowait.empty() && undo.empty() ? "0" : undo);
  }
  return out + (operations.size() > shown ? ", ...]" : "]");
}

// The operation that takes a value beyond the largest, as far as values can be read, and tell the same still.
const Operation* find_overflow(const sysv::Found& set, std::span<const Operation> operations) {
  const auto semaphores = inspect(set, Holders::skip, Values::read).semaphores;
  if (!semaphores) return nullptr;
  std::vector<long> values;
  for (const Semaphore& each : *semaphores) {
    if (!each.value) return nullptr;
    values.push_back(static_cast<long>(*each.value));
  }
  const auto found = std::find_if(operations.begin(), operations.end(), [&](const Operation& each) {
    return each.number < values.size() && (values[each.number] += each.change) > static_cast<long>(max_value);
  });
  return found == operations.end() ? nullptr : &*found;
}

[[noreturn]] void refuse_overflow(const sysv::Found& set, std::span<const Operation> operations) {
  const Operation* const one = find_overflow(set, operations);
  const bool may_be_undo = one == nullptr && std::any_of(operations.begin(), operations.end(),
                                                         [](const Operation& each) { return each.undo; });
  const bool is_named = one != nullptr || operations.size() == 1;
  throw Error{ERANGE, "semop", set.text,
              fmt::format("{}: the value would exceed {} (SEMVMX){}",
                          is_named ? to_string(one != nullptr ? *one : operations.front()) : "one of the operations",
                          max_value, may_be_undo ? ", or what is to be undone would" : "")};
}

[[noreturn]] void fail_operations(const sysv::Found& set, std::span<const Operation> operations, int code) {
  const auto changes = [](const Operation& each) { return each.change != 0; };
  switch (code) {
    case EFBIG: {
      const std::uint64_t size = inspect(set, Holders::skip, Values::skip).size.value_or(0);
      const auto beyond = [size](const Operation& each) { return each.number >= size; };
      const auto one = std::find_if(operations.begin(), operations.end(), beyond);
      refuse_number(set, one != operations.end() ? to_string(*one) : std::string("an operation"));
    }
    case ERANGE: refuse_overflow(set, operations);
    case E2BIG:
      throw Error{code, "semop", set.text,
                  fmt::format("{} operations are more than one call takes (SEMOPM = {}, the 3rd number of kernel.sem)",
                              operations.size(), limits().operations)};
    default:
      fail(set, code, "semop",
           std::any_of(operations.begin(), operations.end(), changes) ? "change its values" : "read its values");
  }
}

enum class Blocking { no, yes };

// The operations of one call.
class Call {
 public:
  Call(const sysv::Found& set, std::span<const Operation> operations) : set_(set), operations_(operations) {
    for (const Operation& each : operations) {
      if (each.number > USHRT_MAX) refuse_number(set, to_string(each));
      buffers_.push_back({.sem_num = static_cast<unsigned short>(each.number),
                          .sem_op = static_cast<short>(each.change),
                          .sem_flg = static_cast<short>(each.undo ? SEM_UNDO : 0)});
    }
  }

  // 0, or an errno: EAGAIN, EINTR. Throws Error for others.
  [[nodiscard]] int make(Blocking blocking, const Deadline& deadline) {
    constexpr auto nowait = static_cast<short>(IPC_NOWAIT);
    for (sembuf& each : buffers_) {
      each.sem_flg = static_cast<short>(blocking == Blocking::no ? each.sem_flg | nowait : each.sem_flg & ~nowait);
    }
    const auto left = blocking == Blocking::yes ? deadline.remaining() : std::nullopt;
    const timespec timeout = to_timespec(left.value_or(Duration::zero()));
    const int result = left ? ::semtimedop(set_.id, buffers_.data(), buffers_.size(), &timeout)
                            : ::semop(set_.id, buffers_.data(), buffers_.size());
    const int code = result == 0 ? 0 : errno;
    // Interrupted only to look around: not worth a line.
    if (trace::on() && (code != EINTR || StopSignals::requested() != 0)) show(result, left);
    if (code != 0 && code != EAGAIN && code != EINTR) fail_operations(set_, operations_, code);
    return code;
  }

 private:
  void show(int result, const std::optional<Duration>& left) const {
    const std::string operations = text_of(buffers_);
    if (!left) {
      trace::call(result, "semop", "{}, {}, {}", set_.id, operations, buffers_.size());
      return;
    }
    const timespec timeout = to_timespec(*left);
    trace::call(result, "semtimedop", "{}, {}, {}, {{{}, {}}}", set_.id, operations, buffers_.size(), timeout.tv_sec,
                timeout.tv_nsec);
  }

  const sysv::Found& set_;
  std::span<const Operation> operations_;
  std::vector<sembuf> buffers_;
};

class SetSource final : public Source {
 public:
  SetSource(sysv::Found set, std::uint64_t number, std::uint64_t batch)
      : set_(std::move(set)), number_(number), batch_(batch) {}
  SetSource(const SetSource&) = delete;
  SetSource& operator=(const SetSource&) = delete;
  ~SetSource() override { SetSource::finish(); }

  [[nodiscard]] std::string_view mechanism() const override { return "sysv-sem"; }
  [[nodiscard]] std::string_view name() const override { return set_.name; }
  [[nodiscard]] std::size_t capacity() const override { return 0; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override {
    if (number_ > USHRT_MAX) return std::nullopt;
    const int value = control(set_.id, static_cast<int>(number_), GETVAL, "GETVAL");
    return value < 0 ? std::nullopt : std::optional{static_cast<std::uint64_t>(value)};
  }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    if (taken_ == 0) {
      const Operation take{.number = number_, .change = -static_cast<int>(batch_)};
      if (const Outcome outcome = perform(set_, {&take, 1}, wait); outcome != Outcome::done) return outcome;
      taken_ = batch_;
    }
    --taken_;
    message.mechanism = mechanism();
    message.name = name();
    message.data = {buffer.data.data(), 0};
    return Outcome::done;
  }

  [[nodiscard]] bool is_divided() const override { return taken_ > 0; }
  void finish() override { static_cast<void>(put_back(std::exchange(taken_, 0))); }
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return put_back(1); }

 private:
  bool put_back(std::uint64_t count) {
    if (count == 0) return true;
    const Operation add{.number = number_, .change = static_cast<int>(count)};
    try {
      return perform(set_, {&add, 1}, {.deadline = Deadline::now()}) == Outcome::done;
    } catch (const Error&) {  // others have posted up to its largest value, or it is removed
      return false;
    }
  }

  sysv::Found set_;
  std::uint64_t number_;
  std::uint64_t batch_;
  std::uint64_t taken_ = 0;  // and not received yet
};

}  // namespace

Operation parse_operation(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) refuse_operation(text);
  const auto number = to_number(text.substr(0, colon));
  std::string_view rest = text.substr(colon + 1);
  if (!number || rest.empty()) refuse_operation(text);
  if (rest == "=0") return {.number = *number};
  const bool undo = rest.ends_with('u');
  if (undo) rest.remove_suffix(1);
  const char sign = rest.empty() ? '\0' : rest[0];
  if (sign != '+' && sign != '-') refuse_operation(text);
  const auto amount = to_number(rest.substr(1));
  if (!amount || *amount == 0 || *amount > max_value) refuse_operation(text);
  const int change = static_cast<int>(*amount);
  return {.number = *number, .change = sign == '-' ? -change : change, .undo = undo};
}

std::string to_string(const Operation& operation) {
  if (operation.change == 0) return fmt::format("{}:=0", operation.number);
  return fmt::format("{}:{:+}{}", operation.number, operation.change, operation.undo ? "u" : "");
}

Outcome perform(const sysv::Found& set, std::span<const Operation> operations, const Wait& wait) {
  Call call{set, operations};
  const bool may_block =
      std::any_of(operations.begin(), operations.end(), [](const Operation& each) { return each.change <= 0; });
  if (!may_block || wait.deadline.is_now()) {
    const int code = call.make(may_block ? Blocking::no : Blocking::yes, Deadline::never());
    return code == 0 ? Outcome::done : Outcome::timed_out;
  }
  if (!wait.is_plain() && call.make(Blocking::no, wait.deadline) == 0) return Outcome::done;
  int code = 0;
  const auto attempt = [&] {
    code = call.make(Blocking::yes, wait.deadline);
    return code != EINTR;
  };
  // semtimedop(2) keeps the deadline.
  const Waited waited = Interrupter{}.run({Deadline::never(), wait.stop, wait.also}, attempt);
  if (waited != Waited::ready) return outcome_of(waited);
  return code == EAGAIN ? Outcome::timed_out : Outcome::done;
}

std::unique_ptr<Source> source(sysv::Found set, std::uint64_t number, std::uint64_t batch) {
  return std::make_unique<SetSource>(std::move(set), number, batch);
}

}  // namespace ipctl::sysv_sem
