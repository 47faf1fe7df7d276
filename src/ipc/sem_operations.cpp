// sem: using POSIX semaphores, sem_post(3), sem_wait(3), sem_getvalue(3).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>

#include "ipc/sem.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sem {
namespace {

using namespace std::chrono_literals;

// A signal may come just before the call that it should interrupt, and descriptors cannot be waited for in it: so often
// it is left. The first costs next to nothing; the second is how late a departed reader is noticed.
constexpr Duration slice = 500ms;
constexpr Duration slice_with_descriptors = 50ms;

timespec monotonic_after(Duration duration) {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const Duration at = std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec} + duration;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(at);
  return {seconds.count(), (at - seconds).count()};
}

class SemaphoreSource final : public Source {
 public:
  SemaphoreSource(Semaphore semaphore, std::uint64_t batch) : semaphore_(std::move(semaphore)), batch_(batch) {}
  SemaphoreSource(const SemaphoreSource&) = delete;
  SemaphoreSource& operator=(const SemaphoreSource&) = delete;
  ~SemaphoreSource() override { SemaphoreSource::finish(); }

  [[nodiscard]] std::string_view mechanism() const override { return "sem"; }
  [[nodiscard]] std::string_view name() const override { return semaphore_.name(); }
  [[nodiscard]] std::size_t capacity() const override { return 0; }
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return semaphore_.value(); }

  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override {
    while (taken_ < batch_ && !complete_) {
      if (const Outcome outcome = semaphore_.wait(wait); outcome != Outcome::done) {
        finish();
        return outcome;
      }
      ++taken_;
    }
    --taken_;
    complete_ = taken_ > 0;
    message.mechanism = mechanism();
    message.name = name();
    message.data = {buffer.data.data(), 0};
    return Outcome::done;
  }

  [[nodiscard]] bool is_divided() const override { return complete_; }
  void finish() override {
    complete_ = false;
    put_back(std::exchange(taken_, 0));
  }
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return put_back(1); }

 private:
  bool put_back(std::uint64_t count) {
    try {
      for (; count > 0; --count) semaphore_.post();
      return true;
    } catch (const Error&) {  // others have posted up to its largest value, or its memory is gone
      return false;
    }
  }

  Semaphore semaphore_;
  std::uint64_t batch_;
  std::uint64_t taken_ = 0;  // and not received yet
  bool complete_ = false;    // a batch was taken, and some of it is left
};

}  // namespace

int Semaphore::unless_gone(int result) const {
  if (!BusGuard::gone()) return result;
  throw Error{Exit::failed, name_, "its memory is gone: another process has shortened the file that it was in"};
}

void Semaphore::post() {
  const int result = trace::call(::sem_post(semaphore_), "sem_post", "{}", trace::quoted(name_));
  const int code = errno;
  if (unless_gone(result) == 0) return;
  throw Error{code, "sem_post", name_, code == EOVERFLOW ? fmt::format("has its largest value, {}", max_value) : ""};
}

bool Semaphore::try_wait() {
  int result = -1;
  do {
    result = ::sem_trywait(semaphore_);
  } while (result != 0 && errno == EINTR);
  const int code = errno;
  trace::call(result, "sem_trywait", "{}", trace::quoted(name_));
  if (unless_gone(result) == 0) return true;
  if (code != EAGAIN) throw Error{code, "sem_trywait", name_};
  return false;
}

std::optional<Outcome> Semaphore::wait_slice(const Wait& wait) {
  const Duration longest = wait.also.empty() ? slice : slice_with_descriptors;
  const timespec until = monotonic_after(std::min(wait.deadline.remaining().value_or(longest), longest));
  const int result = ::sem_clockwait(semaphore_, CLOCK_MONOTONIC, &until);
  const int code = errno;
  const bool is_slice_over = result != 0 && code == ETIMEDOUT && !wait.deadline.passed();
  if (!is_slice_over) trace::call(result, "sem_clockwait", "{}, CLOCK_MONOTONIC, ...", trace::quoted(name_));
  if (unless_gone(result) == 0) return Outcome::done;
  if (code != ETIMEDOUT && code != EINTR) throw Error{code, "sem_clockwait", name_};
  return code == EINTR || is_slice_over ? std::nullopt : std::optional{Outcome::timed_out};
}

Outcome Semaphore::wait(const Wait& wait) {
  for (;;) {
    if (wait.stop != nullptr && StopSignals::requested() != 0) return Outcome::stopped;
    if (wait.deadline.is_now()) return try_wait() ? Outcome::done : Outcome::timed_out;
    if (!wait.also.empty()) {
      if (try_wait()) return Outcome::done;
      const Waited other = wait_for(std::span<pollfd>{}, {Deadline::now(), wait.stop, wait.also});
      if (other == Waited::stopped) return Outcome::stopped;
      if (other == Waited::woken) return Outcome::woken;
    }
    if (const auto outcome = wait_slice(wait)) return *outcome;
  }
}

std::uint32_t Semaphore::value() const {
  int value = 0;
  const int result = ::sem_getvalue(semaphore_, &value);
  trace::call(result, "sem_getvalue", "{}, {}", trace::quoted(name_), value);
  check(unless_gone(result), "sem_getvalue", name_);
  return static_cast<std::uint32_t>(value);
}

std::unique_ptr<Source> source(Semaphore semaphore, std::uint64_t batch) {
  return std::make_unique<SemaphoreSource>(std::move(semaphore), batch);
}

}  // namespace ipctl::sem
