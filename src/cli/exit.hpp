// exit: what each exit status means, for help and __spec.
#pragma once

#include <span>
#include <string_view>

#include "os/exit.hpp"

namespace ipctl {

struct ExitMeaning {
  int status;
  std::string_view meaning;
};
/// Rising by status; 128 stands for 128+N.
[[nodiscard]] std::span<const ExitMeaning> exit_meanings();

}  // namespace ipctl
