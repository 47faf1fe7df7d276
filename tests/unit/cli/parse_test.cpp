// parse: what each type of option takes, at its limits, and what it says of the rest.
#include "cli/parse.hpp"

#include <gtest/gtest.h>

#include "os/error.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

template <class Value>
Value parsed(std::string_view text) {
  Value value{};
  parse_value(text, value);
  return value;
}

template <class Value>
std::string refusal(std::string_view text) {
  try {
    static_cast<void>(parsed<Value>(text));
    return "taken";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(ParseNumber, Limits) {
  EXPECT_EQ(parsed<std::uint64_t>("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(parsed<std::uint64_t>("0"), 0U);
  EXPECT_EQ(parsed<std::uint64_t>("007"), 7U);
  EXPECT_EQ(parsed<std::uint32_t>("4294967295"), UINT32_MAX);
  EXPECT_EQ(parsed<int>("2147483647"), INT32_MAX);
  EXPECT_EQ(refusal<std::uint64_t>("18446744073709551616"),
            "'18446744073709551616' is not from 0 to 18446744073709551615");
  EXPECT_EQ(refusal<std::uint32_t>("4294967296"), "'4294967296' is not from 0 to 4294967295");
  EXPECT_EQ(refusal<int>("2147483648"), "'2147483648' is not from 0 to 2147483647");
}

TEST(ParseNumber, IsDigitsAlone) {
  for (const char* text : {"", " 1", "1 ", "+1", "-1", "0x10", "1e3", "1.0", "one", "1\n"}) {
    EXPECT_NE(refusal<std::uint64_t>(text).find("is not a whole number"), std::string::npos) << text;
    EXPECT_NE(refusal<int>(text).find("is not a whole number"), std::string::npos) << text;
  }
  EXPECT_EQ(refusal<std::uint64_t>("1\x1b"), "'1\\x1b' is not a whole number");
}

TEST(ParseNumber, WithASign) {
  EXPECT_EQ(parsed<std::int64_t>("0"), 0);
  EXPECT_EQ(parsed<std::int64_t>("-0"), 0);
  EXPECT_EQ(parsed<std::int64_t>("-7"), -7);
  EXPECT_EQ(parsed<std::int64_t>("-007"), -7);
  EXPECT_EQ(parsed<std::int64_t>("9223372036854775807"), INT64_MAX);
  EXPECT_EQ(parsed<std::int64_t>("-9223372036854775807"), -INT64_MAX);
  EXPECT_EQ(parsed<std::int64_t>("-9223372036854775808"), INT64_MIN);
  for (const char* text : {"9223372036854775808", "-9223372036854775809", "18446744073709551616",
                           "-18446744073709551616", "99999999999999999999999999"}) {
    EXPECT_EQ(refusal<std::int64_t>(text), "'"s + text + "' is not from -9223372036854775808 to 9223372036854775807");
  }
  for (const char* text : {"", "-", "--5", "-+5", "+5", "- 5", "5-", "-x", "-5x", " 5", "5 ", "0x5", "-0x5", "1.0"}) {
    EXPECT_EQ(refusal<std::int64_t>(text), "'"s + text + "' is not a whole number");
  }
}

TEST(ParseDuration, Units) {
  EXPECT_EQ(parsed<Duration>("5"), 5s);
  EXPECT_EQ(parsed<Duration>("0"), 0s);
  EXPECT_EQ(parsed<Duration>("7ns"), 7ns);
  EXPECT_EQ(parsed<Duration>("100us"), 100us);
  EXPECT_EQ(parsed<Duration>("500ms"), 500ms);
  EXPECT_EQ(parsed<Duration>("3s"), 3s);
  EXPECT_EQ(parsed<Duration>("2m"), 2min);
  EXPECT_EQ(parsed<Duration>("1h"), 1h);
  EXPECT_EQ(parsed<Duration>("2d"), 48h);
}

TEST(ParseDuration, FractionsAreExactAndRoundedDown) {
  EXPECT_EQ(parsed<Duration>("1.5s"), 1500ms);
  EXPECT_EQ(parsed<Duration>("0.1"), 100ms);
  EXPECT_EQ(parsed<Duration>(".5"), 500ms);
  EXPECT_EQ(parsed<Duration>("1.000000001"), 1s + 1ns);
  EXPECT_EQ(parsed<Duration>("0.0000000019"), 1ns);
  EXPECT_EQ(parsed<Duration>("1.999999999999999999999999999999"), 1999999999ns);
  EXPECT_EQ(parsed<Duration>("0.5ns"), 0ns);
  EXPECT_EQ(parsed<Duration>("0.333333333333333333d"), 28799999999999ns);
}

TEST(ParseDuration, Limits) {
  EXPECT_EQ(parsed<Duration>("9223372036854775807ns"), Duration::max());
  EXPECT_EQ(parsed<Duration>("9223372036.854775807"), Duration::max());
  EXPECT_EQ(parsed<Duration>("106751d"), 106751 * 24h);
  for (const char* text : {"9223372036854775808ns", "9223372036.854775808", "106752d", "18446744073709551616ns",
                           "99999999999999999999999999999999999999999999999999d"}) {
    EXPECT_EQ(refusal<Duration>(text), "'"s + text + "' is not a duration that can be waited for: at most 292 years");
  }
}

TEST(ParseDuration, Refusals) {
  for (const char* text :
       {"", ".", "1.", "1.s", "s", "-1", "+1", "1 s", " 1", "1S", "1min", "1y", "1e3", "1,5", "inf", "0x1"}) {
    EXPECT_EQ(refusal<Duration>(text),
              "'"s + text + "' is not a duration: 5 (seconds), 500ms, 1.5s, 2m, 1h; units ns us ms s m h d");
  }
}

TEST(ParseSize, Units) {
  EXPECT_EQ(parsed<Size>("4096").bytes, 4096U);
  EXPECT_EQ(parsed<Size>("0").bytes, 0U);
  EXPECT_EQ(parsed<Size>("7B").bytes, 7U);
  for (const char* text : {"4K", "4k", "4KiB"}) EXPECT_EQ(parsed<Size>(text).bytes, 4096U);
  for (const char* text : {"4KB", "4kB"}) EXPECT_EQ(parsed<Size>(text).bytes, 4000U);
  EXPECT_EQ(parsed<Size>("1M").bytes, 1048576U);
  EXPECT_EQ(parsed<Size>("1MiB").bytes, 1048576U);
  EXPECT_EQ(parsed<Size>("1MB").bytes, 1000000U);
  EXPECT_EQ(parsed<Size>("1G").bytes, 1073741824U);
  EXPECT_EQ(parsed<Size>("1GB").bytes, 1000000000U);
  EXPECT_EQ(parsed<Size>("1TiB").bytes, 1099511627776U);
  EXPECT_EQ(parsed<Size>("1TB").bytes, 1000000000000U);
  EXPECT_EQ(parsed<Size>("1.5K").bytes, 1536U);
  EXPECT_EQ(parsed<Size>(".5K").bytes, 512U);
  EXPECT_EQ(parsed<Size>("0.3K").bytes, 307U);
}

TEST(ParseSize, Limits) {
  EXPECT_EQ(parsed<Size>("18446744073709551615").bytes, UINT64_MAX);
  EXPECT_EQ(parsed<Size>("16777215T").bytes, 16777215ULL << 40U);
  for (const char* text : {"18446744073709551616", "16777216T", "18446744073709551615K", "999999999999999999999999T"}) {
    EXPECT_EQ(refusal<Size>(text), "'"s + text + "' is not a size below 16 EiB");
  }
}

TEST(ParseSize, Refusals) {
  for (const char* text : {"", "K", "-1", "1.5", "1.5B", "1.", "4 K", "4b", "4kib", "4P", "4KK", "0x10"}) {
    EXPECT_EQ(refusal<Size>(text),
              "'"s + text + "' is not a size: 4096, 4K, 1MiB, 1.5G (powers of 1024), 1MB (1000000)");
  }
}

TEST(ParseMode, IsOctal) {
  EXPECT_EQ(parsed<Mode>("0600").bits, 0600U);
  EXPECT_EQ(parsed<Mode>("660").bits, 0660U);
  EXPECT_EQ(parsed<Mode>("0").bits, 0U);
  EXPECT_EQ(parsed<Mode>("7777").bits, 07777U);
  for (const char* text : {"", "10000", "8", "0o600", "u+rw", "-1", "600 ", "77777777777777777777777777"}) {
    EXPECT_EQ(refusal<Mode>(text), "'"s + text + "' is not a mode: octal, 0 to 7777, as 0660");
  }
}

TEST(ParseOwner, UserAndGroup) {
  EXPECT_EQ(parsed<Owner>("root").user, 0U);
  EXPECT_EQ(parsed<Owner>("root").group, std::nullopt);
  EXPECT_EQ(parsed<Owner>("0:0").user, 0U);
  EXPECT_EQ(parsed<Owner>("0:0").group, 0U);
  EXPECT_EQ(parsed<Owner>(":root").user, std::nullopt);
  EXPECT_EQ(parsed<Owner>(":root").group, 0U);
  EXPECT_EQ(parsed<Owner>("12345:54321").user, 12345U);
  EXPECT_EQ(parsed<Owner>("12345:54321").group, 54321U);
  for (const char* text : {"", ":", "root:"}) {
    EXPECT_EQ(refusal<Owner>(text), "'"s + text + "' is not an owner: USER, USER:GROUP or :GROUP");
  }
  EXPECT_EQ(refusal<Owner>("no such\n:root"), "there is no user 'no such\\n'");
  EXPECT_EQ(refusal<Owner>("root:no such"), "there is no group 'no such'");
  EXPECT_EQ(refusal<Owner>("root:root:root"), "there is no group 'root:root'");
}

TEST(ParseDelimiter, WithEscapes) {
  EXPECT_EQ(parsed<Framing>(",").terminator(), ",");
  EXPECT_EQ(parsed<Framing>("\\n--\\0\\xff\\\\").terminator(), "\n--\0\xff\\"s);
  EXPECT_EQ(parsed<Framing>(",").kind, FramingKind::delimiter);
  EXPECT_EQ(refusal<Framing>(""), "an empty delimiter separates nothing; -N writes none");
  EXPECT_EQ(refusal<Framing>("a\\q"),
            "'a\\\\q' is not a delimiter: there are the escapes \\n \\t \\r \\e \\0 \\\\ \\xNN");
}

TEST(ParseFormat, IsCheckedAtOnce) {
  EXPECT_FALSE(parsed<Format>("%s").empty());
  EXPECT_NE(refusal<Format>("%z").find("is no conversion"), std::string::npos);
}

TEST(ParseChoices, OneOfThem) {
  EXPECT_EQ(parsed<Encoding>("raw"), Encoding::raw);
  EXPECT_EQ(parsed<Encoding>("hex"), Encoding::hex);
  EXPECT_EQ(parsed<Encoding>("base64"), Encoding::base64);
  EXPECT_EQ(parsed<Encoding>("quoted"), Encoding::quoted);
  EXPECT_EQ(parsed<Encoding>("hexdump"), Encoding::hexdump);
  EXPECT_EQ(refusal<Encoding>("HEX"), "'HEX' is not one of raw, hex, base64, quoted, hexdump");
  EXPECT_EQ(parsed<Color>("auto"), Color::automatic);
  EXPECT_EQ(parsed<Color>("always"), Color::always);
  EXPECT_EQ(parsed<Color>("never"), Color::never);
  EXPECT_EQ(refusal<Color>(""), "'' is not one of auto, always, never");
}

TEST(ParseOnFailure, ActionsAndADirectory) {
  EXPECT_EQ(parsed<OnFailure>("stop").kind, OnFailure::Kind::stop);
  EXPECT_EQ(parsed<OnFailure>("drop").kind, OnFailure::Kind::drop);
  EXPECT_EQ(parsed<OnFailure>("requeue").kind, OnFailure::Kind::requeue);
  EXPECT_EQ(parsed<OnFailure>("save:a:b").kind, OnFailure::Kind::save);
  EXPECT_EQ(parsed<OnFailure>("save:a:b").directory, "a:b");
  EXPECT_EQ(refusal<OnFailure>("save"), "'save' is not one of stop, drop, requeue, save:DIR");
  EXPECT_EQ(refusal<OnFailure>("save:"), "after save: stands a directory, as in save:failed");
}

TEST(ParseValue, OptionalAndRepeated) {
  EXPECT_EQ(parsed<std::optional<std::uint32_t>>("7"), 7U);
  EXPECT_NE(refusal<std::optional<Duration>>("x").find("is not a duration"), std::string::npos);
  std::vector<std::string> list{"a"};
  parse_value("b", list);
  EXPECT_EQ(list, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(parsed<std::string>("any\0bytes"s), "any\0bytes"s);
}

TEST(ParseValue, ARefusalChangesNothing) {
  std::optional<std::uint32_t> number = 7;
  EXPECT_THROW(parse_value("x", number), UsageError);
  EXPECT_EQ(number, 7U);
  Duration duration = 5s;
  EXPECT_THROW(parse_value("x", duration), UsageError);
  EXPECT_EQ(duration, 5s);
}

}  // namespace
}  // namespace ipctl
