// suggest: the known word that a mistyped one is nearest to.
#pragma once

#include <span>
#include <string_view>

namespace ipctl {

/// By Damerau-Levenshtein distance (letters inserted, left out, changed, or two neighbours swapped). One mistake is
/// always near in a word of two letters or more, otherwise up to a third of the letters may differ. Empty: none is
/// near.
[[nodiscard]] std::string_view nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace ipctl
