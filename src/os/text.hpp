// text: small conversions of text that every floor needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ipctl {

/// `text` with control characters and bytes that are not UTF-8 as \n, \t, \xNN, and backslashes doubled: safe on a
/// terminal, and unambiguous. Anyone can create an object whose name holds an escape sequence.
[[nodiscard]] std::string printable(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

/// Undoes \n \t \r \e \0 \a \b \f \v \\ \xNN. nullopt for any other or an unfinished escape.
[[nodiscard]] std::optional<std::string> unescape(std::string_view text);

/// The whole of `text` as a decimal number; nullopt when it is anything else or out of range.
[[nodiscard]] std::optional<std::uint64_t> to_number(std::string_view text);

/// As to_number, in the given base (8 or 16, without a prefix).
[[nodiscard]] std::optional<std::uint64_t> to_number(std::string_view text, int base);

}  // namespace ipctl
