// text: escaping, UTF-8 and numbers.
#include "os/text.hpp"

#include <array>
#include <charconv>

namespace ipctl {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

bool is_continuation(unsigned char byte) {
  return (byte & 0xc0U) == 0x80U;
}

// Bytes of the well-formed UTF-8 sequence that `text` begins with; 0 when there is none (RFC 3629, table 3-7 of
// Unicode).
std::size_t sequence_length(std::string_view text) {
  const auto at = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const unsigned first = at(0);
  if (first < 0x80) return 1;
  std::size_t length = 0;
  unsigned low = 0x80;
  unsigned high = 0xbf;
  if (first >= 0xc2 && first <= 0xdf) length = 2;
  if (first >= 0xe0 && first <= 0xef) length = 3;
  if (first >= 0xf0 && first <= 0xf4) length = 4;
  if (length == 0) return 0;
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  if (at(1) < low || at(1) > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (!is_continuation(static_cast<unsigned char>(at(i)))) return 0;
  }
  return length;
}

// C1 control characters, U+0080 to U+009F: a terminal may obey them.
bool is_c1(std::string_view sequence) {
  return sequence.size() == 2 && sequence[0] == '\xc2' && static_cast<unsigned char>(sequence[1]) < 0xa0;
}

void append_hex(std::string& out, char byte) {
  const auto value = static_cast<unsigned char>(byte);
  out += "\\x";
  out += hex_digits[value >> 4U];
  out += hex_digits[value & 15U];
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    const char byte = sequence[0];
    if (byte == '\\') {
      out += "\\\\";
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (length == 0 || static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f || is_c1(sequence)) {
      for (const char each : sequence) append_hex(out, each);
    } else {
      out += sequence;
    }
    text.remove_prefix(sequence.size());
  }
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::optional<std::string> unescape(std::string_view text) {
  static constexpr std::string_view letters = "ntre0abfv\\";
  static constexpr std::string_view values{"\n\t\r\x1b\0\a\b\f\v\\", 10};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i == text.size()) return std::nullopt;
    if (text[i] == 'x') {
      if (i + 2 >= text.size()) return std::nullopt;
      const auto value = to_number(text.substr(i + 1, 2), 16);
      if (!value) return std::nullopt;
      out += static_cast<char>(*value);
      i += 2;
      continue;
    }
    const std::size_t letter = letters.find(text[i]);
    if (letter == std::string_view::npos) return std::nullopt;
    out += values[letter];
  }
  return out;
}

std::optional<std::uint64_t> to_number(std::string_view text) {
  return to_number(text, 10);
}

std::optional<std::uint64_t> to_number(std::string_view text, int base) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, value, base);
  if (text.empty() || failure != std::errc{} || rest != end) return std::nullopt;
  return value;
}

}  // namespace ipctl
