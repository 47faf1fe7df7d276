// sem_layout: what a POSIX semaphore is in memory, as glibc lays it out; sem_overview(7), glibc's internaltypes.h.
#pragma once

#include <semaphore.h>

#include <climits>
#include <cstdint>
#include <optional>
#include <string_view>

namespace ipctl::sem {

/// Bytes of a semaphore.
constexpr std::size_t size = sizeof(sem_t);
/// Its address is a multiple of this.
constexpr std::size_t alignment = alignof(sem_t);
/// The most that a value can be, SEM_VALUE_MAX.
constexpr std::uint32_t max_value = SEM_VALUE_MAX;

struct Contents {
  std::uint32_t value = 0;
  std::uint32_t waiters = 0;  // threads that wait now
};

/// What `bytes` (the first `size` of them are looked at) say if they can be a semaphore that processes share: a value
/// in range, no more waiters than there can be threads, and glibc's mark for shared ones. nullopt when they cannot, and
/// on machines whose layout is another (those without 64-bit atomic operations).
[[nodiscard]] std::optional<Contents> read_contents(std::string_view bytes);

}  // namespace ipctl::sem
