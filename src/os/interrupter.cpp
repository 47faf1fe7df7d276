// Interrupter: the timer repeats, for a signal that comes just before the call blocks does not end it.
#include "os/interrupter.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "os/error.hpp"
#include "os/signals.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr Duration look_around = 100ms;  // how often to look at Wait::also

extern "C" void do_nothing(int /*signal*/) {}

bool stop_requested(const Wait& wait) {
  return wait.stop != nullptr && StopSignals::requested() != 0;
}

bool is_woken(const Wait& wait) {
  if (wait.also.empty()) return false;
  return wait_for(std::span<pollfd>{}, {Deadline::now(), nullptr, wait.also}) == Waited::woken;
}

}  // namespace

void Interrupter::set_up() {
  if (is_set_up_) return;
  struct sigaction action {};
  action.sa_handler = do_nothing;  // no SA_RESTART; these calls would ignore it, signal(7)
  check(::sigaction(SIGRTMIN, &action, &former_action_), "sigaction");
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGRTMIN;
  event._sigev_un._tid = ::gettid();  // sigev_notify_thread_id has no name in glibc 2.36
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) {
    const int code = errno;
    ::sigaction(SIGRTMIN, &former_action_, nullptr);
    throw Error{code,
                "timer_create",
                {},
                code == EAGAIN ? "no timer is left to end a call that blocks (RLIMIT_SIGPENDING; ulimit -i)" : ""};
  }
  sigset_t mine;
  ::sigemptyset(&mine);
  ::sigaddset(&mine, SIGRTMIN);
  ::pthread_sigmask(SIG_UNBLOCK, &mine, &former_mask_);
  is_set_up_ = true;
}

Interrupter::~Interrupter() {
  if (!is_set_up_) return;
  ::timer_delete(timer_);
  ::pthread_sigmask(SIG_SETMASK, &former_mask_, nullptr);
  ::sigaction(SIGRTMIN, &former_action_, nullptr);
}

// For one attempt, also one that throws: from the start on, a stop request starts the timer.
class Interrupter::Armed {
 public:
  Armed(const Interrupter& interrupter, const Wait& wait) : interrupter_(interrupter), has_end_(interrupter.arm(wait)) {
    StopSignals::repeat_on_stop(&interrupter_.timer_);
  }
  Armed(const Armed&) = delete;
  Armed& operator=(const Armed&) = delete;
  ~Armed() {
    const int code = errno;
    StopSignals::repeat_on_stop(nullptr);
    if (has_end_ || StopSignals::requested() != 0) interrupter_.disarm();
    errno = code;
  }

 private:
  const Interrupter& interrupter_;
  bool has_end_;
};

// False where nothing but the call itself and a stop request can end it.
bool Interrupter::arm(const Wait& wait) const {
  auto left = wait.deadline.remaining();
  if (!wait.also.empty()) left = std::min(left.value_or(look_around), look_around);
  if (!left) return false;
  const Duration first = std::max<Duration>(*left, 1ns);  // zero would disarm it
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(first);
  const itimerspec when{.it_interval = StopSignals::repeat_interval,
                        .it_value = {.tv_sec = seconds.count(), .tv_nsec = (first - seconds).count()}};
  check(::timer_settime(timer_, 0, &when, nullptr), "timer_settime");
  return true;
}

void Interrupter::disarm() const {
  const itimerspec never{};
  ::timer_settime(timer_, 0, &never, nullptr);
}

Waited Interrupter::run(const Wait& wait, const std::function<bool()>& attempt) {
  for (;;) {
    if (stop_requested(wait)) return Waited::stopped;
    if (is_woken(wait)) return Waited::woken;
    if (wait.deadline.passed()) return Waited::timed_out;
    set_up();
    const Armed armed{*this, wait};
    if (!stop_requested(wait) && attempt()) return Waited::ready;
  }
}

}  // namespace ipctl
