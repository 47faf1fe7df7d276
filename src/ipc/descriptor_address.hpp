// DescriptorAddress: "PID:FD" and "fd:N", the names of what has none.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace ipctl {

/// An open descriptor: of a process, or one that ipctl inherited.
struct DescriptorAddress {
  std::optional<pid_t> pid;  // nullopt: inherited
  int fd = -1;

  /// As users write it: "1234:3", "fd:3".
  [[nodiscard]] std::string text() const;
};

/// nullopt for any other text.
[[nodiscard]] std::optional<DescriptorAddress> parse_descriptor_address(std::string_view text);

}  // namespace ipctl
