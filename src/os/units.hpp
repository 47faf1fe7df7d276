// Strong types for values that a command line gives; cli/parse.hpp reads them.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>

namespace ipctl {

/// Bytes.
struct Size {
  std::uint64_t bytes = 0;
  friend bool operator==(Size, Size) = default;
};

/// Permission bits, 0 to 07777.
struct Mode {
  mode_t bits = 0600;
  friend bool operator==(Mode, Mode) = default;
};

/// USER[:GROUP] or :GROUP, resolved to ids.
struct Owner {
  std::optional<uid_t> user;
  std::optional<gid_t> group;
};

}  // namespace ipctl
