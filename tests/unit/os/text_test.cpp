// text: escaping, UTF-8 and numbers.
#include "os/text.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ipctl {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

constexpr std::uint32_t last_code_point = 0x10FFFF;

bool is_surrogate(std::uint32_t code) {
  return code >= 0xD800 && code <= 0xDFFF;
}

/// The bits of `code` in a sequence of `length` bytes, whether that is allowed or not.
std::string encode(std::uint32_t code, std::size_t length) {
  if (length == 1) return {static_cast<char>(code)};
  constexpr std::array<std::uint32_t, 5> lead{0, 0, 0xC0, 0xE0, 0xF0};
  std::string bytes(length, '\0');
  for (std::size_t i = length - 1; i > 0; --i) {
    bytes[i] = static_cast<char>(0x80U | (code & 0x3FU));
    code >>= 6U;
  }
  bytes[0] = static_cast<char>(lead[length] | code);
  return bytes;
}

std::size_t shortest(std::uint32_t code) {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

std::string all_bytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  return bytes;
}

TEST(IsUtf8, EveryCodePointButSurrogates) {
  for (std::uint32_t code = 0; code <= last_code_point; ++code) {
    EXPECT_EQ(is_utf8(encode(code, shortest(code))), !is_surrogate(code)) << std::hex << code;
  }
}

TEST(IsUtf8, BeyondTheLastCodePoint) {
  for (std::uint32_t code = last_code_point + 1; code <= 0x1FFFFF; code += 0x1000) {
    EXPECT_FALSE(is_utf8(encode(code, 4))) << std::hex << code;
  }
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));
  EXPECT_FALSE(is_utf8("\xf8\x88\x80\x80\x80"));
  EXPECT_FALSE(is_utf8("\xfe"));
  EXPECT_FALSE(is_utf8("\xff"));
}

TEST(IsUtf8, OverlongIsRefused) {
  for (std::uint32_t code = 0; code < 0x10000; ++code) {
    for (std::size_t length = shortest(code) + 1; length <= 4; ++length) {
      ASSERT_FALSE(is_utf8(encode(code, length))) << std::hex << code << " in " << length;
    }
  }
}

TEST(IsUtf8, UnfinishedIsRefused) {
  for (const std::string& whole : {"\xc3\xa4"s, "\xe2\x82\xac"s, "\xf0\x9f\x98\x80"s}) {
    ASSERT_TRUE(is_utf8(whole));
    for (std::size_t length = 1; length < whole.size(); ++length) {
      EXPECT_FALSE(is_utf8(whole.substr(0, length)));
      EXPECT_FALSE(is_utf8(whole.substr(0, length) + "a"));
      EXPECT_FALSE(is_utf8(whole.substr(0, length) + whole));
      EXPECT_FALSE(is_utf8(whole.substr(length)));
    }
  }
}

TEST(IsUtf8, Texts) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\0b"sv));
  EXPECT_TRUE(is_utf8("Grüße, 世界 😀"));
  EXPECT_FALSE(is_utf8("Grüße, 世界 😀\x80"));
  EXPECT_FALSE(is_utf8("\xe4 at the start"));
}

TEST(Printable, LeavesTextAlone) {
  for (const char* text : {"", "/queue", "a b\"c'd$(e)", "Grüße, 世界 😀", "~"}) EXPECT_EQ(printable(text), text);
}

TEST(Printable, EscapesControlCharacters) {
  EXPECT_EQ(printable("a\nb\tc"), "a\\nb\\tc");
  EXPECT_EQ(printable("\x1b[2J\r\x07"), "\\x1b[2J\\x0d\\x07");
  EXPECT_EQ(printable("\0\x01\x1f\x7f"sv), "\\x00\\x01\\x1f\\x7f");
}

TEST(Printable, EscapesC1ControlCharacters) {
  for (std::uint32_t code = 0x80; code < 0xA0; ++code) {
    const std::string shown = printable(encode(code, 2));
    EXPECT_EQ(shown.substr(0, 6), "\\xc2\\x");
    EXPECT_EQ(shown.size(), 8U);
  }
  EXPECT_EQ(printable("\xc2\x9b"), "\\xc2\\x9b");  // CSI in one character
  EXPECT_EQ(printable("\xc2\xa0"), "\xc2\xa0");
  EXPECT_EQ(printable("\xc3\x9b"), "\xc3\x9b");  // Û
}

TEST(Printable, EscapesWhatIsNotUtf8) {
  EXPECT_EQ(printable("a\xff\x62\x80"), "a\\xffb\\x80");
  EXPECT_EQ(printable("\xe2\x82"), "\\xe2\\x82");
  EXPECT_EQ(printable("\xe2\x82z"), "\\xe2\\x82z");
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
}

TEST(Printable, IsUnambiguous) {
  EXPECT_EQ(printable("\\"), "\\\\");
  EXPECT_EQ(printable("\\n"), "\\\\n");
  EXPECT_EQ(printable("\\x41"), "\\\\x41");
}

TEST(Printable, IsPrintableUtf8WhateverTheBytes) {
  const std::string bytes = all_bytes();
  for (const char first : bytes) {
    for (const char second : bytes) {
      const std::string text{first, second};
      const std::string shown = printable(text);
      ASSERT_TRUE(is_utf8(shown));
      for (const char byte : shown) ASSERT_FALSE(static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f);
      ASSERT_EQ(unescape(shown), text);
    }
  }
}

TEST(Unescape, UndoesPrintable) {
  for (const std::string& text : {all_bytes(), ""s, "\\"s, "\\\\x00"s, "Grüße\xff\n"s, "\xc2\x85"s}) {
    EXPECT_EQ(unescape(printable(text)), text);
  }
}

TEST(Unescape, Letters) {
  EXPECT_EQ(unescape("\\n\\t\\r\\e\\0\\a\\b\\f\\v\\\\"), "\n\t\r\x1b\0\a\b\f\v\\"s);
}

TEST(Unescape, Hexadecimal) {
  for (int byte = 0; byte < 256; ++byte) {
    constexpr std::string_view lower = "0123456789abcdef";
    constexpr std::string_view upper = "0123456789ABCDEF";
    const auto high = static_cast<std::size_t>(byte / 16);
    const auto low = static_cast<std::size_t>(byte % 16);
    const std::string wanted{static_cast<char>(byte)};
    EXPECT_EQ(unescape("\\x"s + lower[high] + lower[low]), wanted);
    EXPECT_EQ(unescape("\\x"s + upper[high] + upper[low]), wanted);
  }
  EXPECT_EQ(unescape("\\x41B"), "AB");  // two digits, no more
}

TEST(Unescape, LeavesTheRestAlone) {
  EXPECT_EQ(unescape(""), "");
  EXPECT_EQ(unescape("a\xff\0b%"sv), "a\xff\0b%"s);
  EXPECT_EQ(unescape("a\\nb\\nc"), "a\nb\nc");
}

TEST(Unescape, Refuses) {
  for (const std::string_view bad : {"\\"sv, "a\\"sv, "\\\\\\"sv, "\\x"sv, "\\x4"sv, "\\x4g"sv, "\\xg4"sv, "\\x+1"sv,
                                     "\\x-1"sv, "\\x 1"sv, "\\q"sv, "\\N"sv, "\\1"sv, "\\\0"sv}) {
    EXPECT_EQ(unescape(bad), std::nullopt) << bad;
  }
}

TEST(ToNumber, Decimal) {
  EXPECT_EQ(to_number("0"), 0U);
  EXPECT_EQ(to_number("007"), 7U);
  EXPECT_EQ(to_number("32767"), 32767U);
  EXPECT_EQ(to_number("18446744073709551615"), UINT64_MAX);
}

TEST(ToNumber, Bases) {
  EXPECT_EQ(to_number("0644", 8), 0644U);
  EXPECT_EQ(to_number("ff", 16), 255U);
  EXPECT_EQ(to_number("FF", 16), 255U);
  EXPECT_EQ(to_number("FFFFFFFFFFFFFFFF", 16), UINT64_MAX);
  EXPECT_EQ(to_number("8", 8), std::nullopt);
  EXPECT_EQ(to_number("g", 16), std::nullopt);
  EXPECT_EQ(to_number("0x10", 16), std::nullopt);
  EXPECT_EQ(to_number("10000000000000000", 16), std::nullopt);
}

TEST(ToNumber, Refuses) {
  for (const std::string_view bad : {""sv, " "sv, " 1"sv, "1 "sv, "1\n"sv, "+1"sv, "-1"sv, "-0"sv, "0x1"sv, "1e3"sv,
                                     "1.0"sv, "1,000"sv, "1\0"sv, "a"sv, "18446744073709551616"sv}) {
    EXPECT_EQ(to_number(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace ipctl
