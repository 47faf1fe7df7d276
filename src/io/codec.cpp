// codec: hexadecimal, base64, quoted text, and words of the shell.
#include "io/codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view white_space = " \t\r\n\f\v";
constexpr std::string_view safe_in_shell = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+:,./-";

[[noreturn]] void refuse(std::string_view codec, std::size_t byte, std::string_view why) {
  throw Error{Exit::failed, "data", fmt::format("is not {}: {} at byte {}", codec, why, byte + 1)};
}

std::string to_hex(std::string_view data) {
  std::string out;
  out.reserve(data.size() * 2);
  for (const char each : data) {
    const auto byte = static_cast<unsigned char>(each);
    out += hex_digits[byte >> 4U];
    out += hex_digits[byte & 15U];
  }
  return out;
}

int hex_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::string from_hex(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 2);
  int high = -1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int value = hex_value(text[i]);
    if (high >= 0) {
      if (value < 0) refuse("hexadecimal", i, "half a byte, the second digit is missing");
      out += static_cast<char>(high << 4 | value);
      high = -1;
    } else if (value >= 0) {
      high = value;
    } else if (white_space.find(text[i]) == std::string_view::npos) {
      refuse("hexadecimal", i, fmt::format("'{}'", printable(text.substr(i, 1))));
    }
  }
  if (high >= 0) refuse("hexadecimal", text.size(), "half a byte, the second digit is missing");
  return out;
}

std::string to_base64(std::string_view data) {
  std::string out;
  out.reserve((data.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < data.size(); i += 3) {
    const std::string_view group = data.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= group.size() ? base64_digits[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

constexpr std::array<int, 256> base64_values = [] {
  std::array<int, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < base64_digits.size(); ++i) {
    values[static_cast<unsigned char>(base64_digits[i])] = static_cast<int>(i);
  }
  return values;
}();

std::string from_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  unsigned digits = 0;  // of the group at hand
  unsigned padding = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (white_space.find(text[i]) != std::string_view::npos) continue;
    if (text[i] == '=') {
      if (digits + ++padding > 4 || digits < 2) refuse("base64", i, "padding out of place");
      continue;
    }
    const int value = base64_values[static_cast<unsigned char>(text[i])];
    if (value < 0) refuse("base64", i, fmt::format("'{}'", printable(text.substr(i, 1))));
    if (padding > 0) refuse("base64", i, "data after the padding");
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    if (++digits < 4) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>(bits >> shift & 0xffU);
    bits = digits = 0;
  }
  if (digits == 1) refuse("base64", text.size(), "a digit is missing");
  if (digits == 2) out += static_cast<char>(bits >> 4U & 0xffU);
  if (digits == 3) {
    out += static_cast<char>(bits >> 10U & 0xffU);
    out += static_cast<char>(bits >> 2U & 0xffU);
  }
  return out;
}

// All but hexdumps.
std::string encode_part(Encoding encoding, std::string_view data) {
  switch (encoding) {
    case Encoding::hex: return to_hex(data);
    case Encoding::base64: return to_base64(data);
    case Encoding::quoted: return printable(data);
    default: return std::string(data);
  }
}

// How much of `data` can be encoded before the rest is known.
std::size_t complete_part(Encoding encoding, std::string_view data) {
  constexpr std::size_t longest_sequence = 4;  // of UTF-8
  switch (encoding) {
    case Encoding::base64: return data.size() - data.size() % 3;
    case Encoding::quoted: {
      // A sequence that is cut would be escaped byte by byte: the last lead byte, and what follows it, waits.
      for (std::size_t back = 1; back < longest_sequence && back <= data.size(); ++back) {
        const auto byte = static_cast<unsigned char>(data[data.size() - back]);
        if (byte >= 0xc0) return data.size() - back;
        if (byte < 0x80) break;
      }
      return data.size();
    }
    default: return data.size();
  }
}

std::string from_quoted(std::string_view text) {
  if (auto data = unescape(text)) return std::move(*data);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = text[at] != '\\' ? 1 : text.substr(at).starts_with("\\x") ? 4 : 2;
    if (!unescape(text.substr(at, length))) break;
    at += length;
  }
  refuse("quoted text", at, "unknown or unfinished escape");
}

}  // namespace

std::string encode(Encoding encoding, std::string_view data) {
  if (encoding != Encoding::hexdump) return encode_part(encoding, data);
  Encoder encoder{encoding};
  std::string out;
  encoder.add(data, out);
  encoder.finish(out);
  return out;
}

void Encoder::add(std::string_view data, std::string& out) {
  rest_ += data;
  if (encoding_ == Encoding::hexdump) return dump(rest_, out);
  const std::size_t part = complete_part(encoding_, rest_);
  out += encode_part(encoding_, std::string_view(rest_).substr(0, part));
  rest_.erase(0, part);
}

void Encoder::finish(std::string& out) {
  if (encoding_ != Encoding::hexdump) {
    out += encode_part(encoding_, rest_);
  } else {
    if (!rest_.empty()) dump_row(rest_, out);
    out += fmt::format("{:08x}", offset_);
  }
  rest_.clear();
}

// As "hexdump -C" of hexdump(1) does: equal rows after the first of them are one "*".
void Encoder::dump(std::string_view data, std::string& out) {
  constexpr std::size_t width = 16;
  for (; data.size() >= width; data.remove_prefix(width)) {
    const std::string_view row = data.substr(0, width);
    if (row != row_) {
      dump_row(row, out);
      continue;
    }
    if (!starred_) out += "*\n";
    starred_ = true;
    offset_ += width;
  }
  rest_ = std::string(data);
}

void Encoder::dump_row(std::string_view row, std::string& out) {
  constexpr std::size_t half = 8;
  constexpr std::size_t width = 16;
  out += fmt::format("{:08x} ", offset_);
  for (std::size_t i = 0; i < width; ++i) {
    if (i % half == 0) out += ' ';
    out += i < row.size() ? fmt::format("{:02x} ", static_cast<unsigned char>(row[i])) : "   ";
  }
  out += " |";
  for (const char each : row) out += each >= ' ' && each <= '~' ? each : '.';
  out += "|\n";
  offset_ += row.size();
  row_ = row;
  starred_ = false;
}

std::string decode(Encoding encoding, std::string_view text) {
  switch (encoding) {
    case Encoding::hex: return from_hex(text);
    case Encoding::base64: return from_base64(text);
    case Encoding::quoted: return from_quoted(text);
    case Encoding::hexdump:
    case Encoding::raw: break;
  }
  return std::string(text);
}

void require_decoding(Encoding encoding) {
  if (encoding == Encoding::hexdump) throw UsageError("--decode: a hexdump is for people; hex has a way back");
}

std::string shell_quote(std::string_view text) {
  if (!text.empty() && text.find_first_not_of(safe_in_shell) == std::string_view::npos) return std::string(text);
  // printable() changes nothing but backslashes where a text is safe to show.
  const auto backslashes = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\\'));
  const bool ansi = printable(text).size() != text.size() + backslashes;
  std::string out = ansi ? "$'" : "'";
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if (!ansi) out += each == '\'' ? "'\\''" : std::string(1, each);
    else if (each == '\'' || each == '\\') out += {'\\', each};
    else if (each == '\n') out += "\\n";
    else if (byte < 0x20 || byte >= 0x7f) out += fmt::format("\\{:03o}", byte);
    else out += each;
  }
  return out + "'";
}

std::string rfc3339(const timespec& time) {
  std::tm parts{};
  if (::gmtime_r(&time.tv_sec, &parts) == nullptr) return "-";
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, time.tv_nsec);
}

}  // namespace ipctl
