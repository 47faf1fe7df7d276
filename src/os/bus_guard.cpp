// BusGuard: the handler maps a page over the one that is gone, and the access is made again.
#include "os/bus_guard.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

#include "os/error.hpp"

namespace ipctl {
namespace {

std::atomic<std::uintptr_t> guarded_begin{0};
std::atomic<std::uintptr_t> guarded_end{0};
std::atomic<bool> is_gone{false};
// To glibc a semaphore of such words has a value, so that nobody waits for it, no waiters whom a post would wake, and
// is shared: of any other mark than 0 and 128 glibc makes a call of futex(2) that fails, and aborts.
constexpr std::uint64_t stand_in = 128;
std::uintptr_t page_size = 4096;
struct sigaction former {};

extern "C" void on_bus_error(int signal, siginfo_t* info, void* /*context*/) {
  const int saved = errno;
  if (info->si_code <= 0) {  // somebody sent it
    ::sigaction(SIGBUS, &former, nullptr);
    static_cast<void>(::raise(signal));
    errno = saved;
    return;
  }
  const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
  void* const page = static_cast<char*>(info->si_addr) - (address & (page_size - 1));
  const bool ours = address >= guarded_begin && address < guarded_end;
  if (!ours ||
      ::mmap(page, page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED) {
    ::sigaction(SIGBUS, &former, nullptr);  // the access is made again, and kills
    return;
  }
  auto* const words = static_cast<std::uint64_t*>(page);
  std::fill(words, words + page_size / sizeof *words, stand_in);
  is_gone = true;
  errno = saved;
}

}  // namespace

BusGuard::BusGuard(const void* start, std::size_t size) : active_(true) {
  page_size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(start);
  is_gone = false;
  guarded_begin = begin & ~(page_size - 1);
  guarded_end = (begin + size + page_size - 1) & ~(page_size - 1);
  struct sigaction action {};
  action.sa_sigaction = on_bus_error;
  action.sa_flags = SA_SIGINFO;
  check(::sigaction(SIGBUS, &action, &former), "sigaction");
}

BusGuard::BusGuard(BusGuard&& other) noexcept : active_(std::exchange(other.active_, false)) {}

BusGuard& BusGuard::operator=(BusGuard&& other) noexcept {
  std::swap(active_, other.active_);
  return *this;
}

BusGuard::~BusGuard() {
  if (!active_) return;
  ::sigaction(SIGBUS, &former, nullptr);
  guarded_begin = 0;
  guarded_end = 0;
}

bool BusGuard::gone() noexcept {
  return is_gone;
}

}  // namespace ipctl
