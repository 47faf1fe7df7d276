// changes: memory that is watched for changes, by looking again and again, or on a futex word, futex(2).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "ipc/message.hpp"
#include "ipc/region.hpp"
#include "os/deadline.hpp"

namespace ipctl {

/// Where to look for changes, and how.
struct Watched {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;            // bytes, all within the region
  Duration interval{};                 // between two looks
  std::optional<std::uint64_t> futex;  // offset of a word that is waited on instead, futex(2)
};

/// A message from it is what is watched after a change: it takes nothing. Throws Error: what is watched is not in the
/// region; later: the region shrank, or was removed (Region::require_alive()).
[[nodiscard]] std::unique_ptr<Source> changes(std::unique_ptr<Region> region, const Watched& watched);

}  // namespace ipctl
