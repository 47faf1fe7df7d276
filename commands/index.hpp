// index: the list of all mechanisms.
#pragma once

#include "cli/dispatch.hpp"

namespace ipctl {

/// Sorted by name.
[[nodiscard]] Index mechanisms();

}  // namespace ipctl
