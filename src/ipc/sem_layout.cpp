// sem_layout: glibc's struct new_sem: value and waiters in one 64-bit word, then whether it is private to a process.
#include "ipc/sem_layout.hpp"

#include <bit>
#include <cstring>

namespace ipctl::sem {
namespace {

struct NewSem {
  std::uint64_t data;        // value in the low half, waiters in the high half
  std::int32_t not_private;  // 0: private to a process; FUTEX_PRIVATE_FLAG: shared
};
static_assert(sizeof(NewSem) <= size);

constexpr bool is_known_layout = sizeof(void*) == 8;
constexpr std::int32_t shared_mark = 128;          // FUTEX_PRIVATE_FLAG of linux/futex.h: glibc inverts it
constexpr std::uint32_t most_waiters = 4U << 20U;  // PID_MAX_LIMIT of linux/threads.h

}  // namespace

std::optional<Contents> read_contents(std::string_view bytes) {
  if (!is_known_layout || bytes.size() < size) return std::nullopt;
  NewSem raw{};
  std::memcpy(&raw, bytes.data(), sizeof raw);
  const Contents contents{static_cast<std::uint32_t>(raw.data), static_cast<std::uint32_t>(raw.data >> 32U)};
  if (raw.not_private != shared_mark || contents.value > max_value || contents.waiters > most_waiters) {
    return std::nullopt;
  }
  return contents;
}

}  // namespace ipctl::sem
