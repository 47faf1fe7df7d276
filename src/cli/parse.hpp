// parse: the text of an option becomes a typed value, one overload for each type that options have.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/codec.hpp"
#include "io/format.hpp"
#include "io/framing.hpp"
#include "io/output.hpp"
#include "io/receive.hpp"
#include "os/deadline.hpp"
#include "os/units.hpp"

namespace ipctl {

// All throw UsageError that names the text and what would be right; the parser puts the option's name before it.
void parse_value(std::string_view text, std::string& value);
void parse_value(std::string_view text, std::uint64_t& value);  // decimal
void parse_value(std::string_view text, std::uint32_t& value);
void parse_value(std::string_view text, std::int64_t& value);  // decimal, may be negative
void parse_value(std::string_view text, int& value);           // a descriptor: 0 to 2^31 - 1
void parse_value(std::string_view text, Duration& value);      // 5 (seconds), 500ms, 1.5s, 2m, 1h, 100us
void parse_value(std::string_view text, Size& value);          // 4096, 4K, 1MiB, 1.5G (powers of 1024), 1MB (1000)
void parse_value(std::string_view text, Mode& value);          // octal, 0 to 7777
void parse_value(std::string_view text, Owner& value);         // USER[:GROUP], :GROUP; names or numbers
void parse_value(std::string_view text, Framing& value);       // a delimiter, with escapes
void parse_value(std::string_view text, Format& value);
void parse_value(std::string_view text, Encoding& value);   // raw, hex, base64, quoted, hexdump
void parse_value(std::string_view text, OnFailure& value);  // stop, drop, requeue, save:DIR
void parse_value(std::string_view text, Color& value);      // auto, always, never

template <class T>
void parse_value(std::string_view text, std::optional<T>& value) {
  T inner{};
  parse_value(text, inner);
  value = std::move(inner);
}

template <class T>
void parse_value(std::string_view text, std::vector<T>& value) {
  T inner{};
  parse_value(text, inner);
  value.push_back(std::move(inner));
}

}  // namespace ipctl
