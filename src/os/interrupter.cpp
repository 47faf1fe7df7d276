// Interrupter: the timer repeats, for a signal that comes just before the call blocks does not end it.
#include "os/interrupter.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "os/error.hpp"
#include "os/signals.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr Duration look_around = 100ms;  // how often to look at Wait::also

extern "C" void do_nothing(int /*signal*/) {}

bool is_woken(const Wait& wait) {
  if (wait.also.empty()) return false;
  return wait_for(std::span<pollfd>{}, {Deadline::now(), nullptr, wait.also}) == Waited::woken;
}

sigset_t own_signal() {
  sigset_t set;
  ::sigemptyset(&set);
  ::sigaddset(&set, SIGRTMIN);
  return set;
}

// What all that live share: the first sets the handler, and in each thread the first lets the signal through; the last,
// whichever that is, puts back what was.
std::mutex handler_mutex;
int living = 0;
struct sigaction former_action;
thread_local int living_here = 0;
thread_local bool was_blocked = false;

void set_handler() {
  const std::lock_guard lock{handler_mutex};
  if (living++ > 0) return;
  struct sigaction action {};
  action.sa_handler = do_nothing;  // no SA_RESTART; these calls would ignore it, signal(7)
  ::sigaction(SIGRTMIN, &action, &former_action);
}

void put_handler_back() {
  const std::lock_guard lock{handler_mutex};
  if (--living == 0) ::sigaction(SIGRTMIN, &former_action, nullptr);
}

void let_signal_through() {
  if (living_here++ > 0) return;
  const sigset_t mine = own_signal();
  sigset_t former;
  ::pthread_sigmask(SIG_UNBLOCK, &mine, &former);
  was_blocked = ::sigismember(&former, SIGRTMIN) == 1;
}

void put_mask_back() {
  const sigset_t mine = own_signal();
  if (--living_here == 0 && was_blocked) ::pthread_sigmask(SIG_BLOCK, &mine, nullptr);
}

}  // namespace

void Interrupter::set_up() {
  if (is_set_up_) return;
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGRTMIN;
  event._sigev_un._tid = ::gettid();  // sigev_notify_thread_id has no name in glibc 2.36
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) {
    throw Error{errno,
                "timer_create",
                {},
                errno == EAGAIN ? "no timer is left to end a call that blocks (RLIMIT_SIGPENDING; ulimit -i)" : ""};
  }
  set_handler();
  let_signal_through();
  is_set_up_ = true;
}

Interrupter::~Interrupter() {
  if (!is_set_up_) return;
  ::timer_delete(timer_);
  put_mask_back();
  put_handler_back();
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
  const itimerspec when{.it_interval = StopSignals::repeat_interval, .it_value = to_timespec(first)};
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
