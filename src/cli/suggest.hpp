// suggest: the known word that a mistyped one is nearest to.
#pragma once

#include <span>
#include <string_view>

namespace ipctl {

/// Empty where none is near: more than a third of the letters differ (Damerau-Levenshtein distance).
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace ipctl
