// codec: published vectors, every byte value, where decoding fails, and words that real shells read back.
#include "io/codec.hpp"

#include <gtest/gtest.h>

#include "os/error.hpp"
#include "os/text.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

constexpr Encoding encodings[] = {Encoding::raw, Encoding::hex, Encoding::base64, Encoding::quoted};

std::string failure(Encoding encoding, std::string_view text) {
  try {
    return "decoded: " + decode(encoding, text);
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), Exit::failed);
    return error.what();
  }
}

TEST(Codec, Base64VectorsOfRfc4648) {
  constexpr std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                       {"f", "Zg=="},
                                                                       {"fo", "Zm8="},
                                                                       {"foo", "Zm9v"},
                                                                       {"foob", "Zm9vYg=="},
                                                                       {"fooba", "Zm9vYmE="},
                                                                       {"foobar", "Zm9vYmFy"},
                                                                       {"\xfb\xff\xfe", "+//+"}};
  for (const auto& [data, text] : vectors) {
    EXPECT_EQ(encode(Encoding::base64, data), text);
    EXPECT_EQ(decode(Encoding::base64, text), data);
  }
}

TEST(Codec, Base64WithoutPaddingAndWithWhiteSpace) {
  EXPECT_EQ(decode(Encoding::base64, "Zg"), "f");
  EXPECT_EQ(decode(Encoding::base64, "Zm8"), "fo");
  EXPECT_EQ(decode(Encoding::base64, " Zm9v\r\nYm\tFy\n"), "foobar");
  EXPECT_EQ(decode(Encoding::base64, "Zg =\n="), "f");
  EXPECT_EQ(decode(Encoding::base64, " \n"), "");
}

TEST(Codec, WhereBase64IsWrong) {
  EXPECT_EQ(failure(Encoding::base64, "Zm9v!"), "data: is not base64: '!' at byte 5");
  EXPECT_EQ(failure(Encoding::base64, "Zm\x1b"), "data: is not base64: '\\x1b' at byte 3");
  EXPECT_EQ(failure(Encoding::base64, "Zm-_"), "data: is not base64: '-' at byte 3");
  EXPECT_EQ(failure(Encoding::base64, "Zm9vY"), "data: is not base64: a digit is missing at byte 6");
  EXPECT_EQ(failure(Encoding::base64, "="), "data: is not base64: padding out of place at byte 1");
  EXPECT_EQ(failure(Encoding::base64, "Z==="), "data: is not base64: padding out of place at byte 2");
  EXPECT_EQ(failure(Encoding::base64, "Zm9v="), "data: is not base64: padding out of place at byte 5");
  EXPECT_EQ(failure(Encoding::base64, "Zg==="), "data: is not base64: padding out of place at byte 5");
  EXPECT_EQ(failure(Encoding::base64, "Zg==Zg=="), "data: is not base64: data after the padding at byte 5");
}

TEST(Codec, Hexadecimal) {
  EXPECT_EQ(encode(Encoding::hex, "\0a\xff"s), "0061ff");
  EXPECT_EQ(decode(Encoding::hex, "0061fF"), "\0a\xff"s);
  EXPECT_EQ(decode(Encoding::hex, "00 61\n\tFf\r\n"), "\0a\xff"s);
  EXPECT_EQ(decode(Encoding::hex, ""), "");
  EXPECT_EQ(failure(Encoding::hex, "0g"),
            "data: is not hexadecimal: half a byte, the second digit is missing at byte 2");
  EXPECT_EQ(failure(Encoding::hex, "0 0"),
            "data: is not hexadecimal: half a byte, the second digit is missing at byte 2");
  EXPECT_EQ(failure(Encoding::hex, "000"),
            "data: is not hexadecimal: half a byte, the second digit is missing at byte 4");
  EXPECT_EQ(failure(Encoding::hex, "00:"), "data: is not hexadecimal: ':' at byte 3");
  EXPECT_EQ(failure(Encoding::hex, "0x00"),
            "data: is not hexadecimal: half a byte, the second digit is missing at byte 2");
}

TEST(Codec, Quoted) {
  EXPECT_EQ(encode(Encoding::quoted, "a\n\t\\\x1b[é\xff\0"s), "a\\n\\t\\\\\\x1b[é\\xff\\x00");
  EXPECT_EQ(decode(Encoding::quoted, "a\\n\\t\\\\\\x1b\\xE9\\0"), "a\n\t\\\x1b\xe9\0"s);
  EXPECT_EQ(failure(Encoding::quoted, "ab\\q"), "data: is not quoted text: unknown or unfinished escape at byte 3");
  EXPECT_EQ(failure(Encoding::quoted, "\\\\\\x4"), "data: is not quoted text: unknown or unfinished escape at byte 3");
  EXPECT_EQ(failure(Encoding::quoted, "\\x41\\"), "data: is not quoted text: unknown or unfinished escape at byte 5");
}

TEST(Codec, EveryByteComesBack) {
  std::mt19937 random{1};
  std::vector<std::string> texts{"", test::all_bytes(), "\xc2\x9b\xed\xa0\x80\xf4\x90\x80\x80\x7f"};
  for (std::size_t size = 0; size < 100; ++size) texts.push_back(test::random_bytes(random, size));
  for (const Encoding encoding : encodings) {
    for (const std::string& text : texts) EXPECT_EQ(decode(encoding, encode(encoding, text)), text);
  }
  EXPECT_EQ(encode(Encoding::raw, test::all_bytes()), test::all_bytes());
}

// In the manner of "hexdump -C".
TEST(Codec, Hexdump) {
  EXPECT_EQ(encode(Encoding::hexdump, ""), "00000000");
  EXPECT_EQ(encode(Encoding::hexdump, "a"),
            "00000000  61                                                |a|\n"
            "00000001");
  EXPECT_EQ(encode(Encoding::hexdump, "0123456789abcdef"),
            "00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|\n"
            "00000010");
  EXPECT_EQ(encode(Encoding::hexdump, "01234567\0\x1f ~\x7f\x80\xff\n\t"s),
            "00000000  30 31 32 33 34 35 36 37  00 1f 20 7e 7f 80 ff 0a  |01234567.. ~....|\n"
            "00000010  09                                                |.|\n"
            "00000011");
}

TEST(Codec, HexdumpShowsEqualRowsOnce) {
  const std::string zeros = "00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n";
  EXPECT_EQ(encode(Encoding::hexdump, std::string(32, '\0')), "00000000  " + zeros + "*\n00000020");
  EXPECT_EQ(encode(Encoding::hexdump, std::string(160, '\0')), "00000000  " + zeros + "*\n000000a0");
  EXPECT_EQ(encode(Encoding::hexdump, std::string(35, '\0')),
            "00000000  " + zeros + "*\n00000020  00 00 00                                          |...|\n00000023");
  const std::string mixed = std::string(32, '\0') + std::string(16, 'a') + std::string(32, '\0');
  EXPECT_EQ(encode(Encoding::hexdump, mixed),
            "00000000  " + zeros + "*\n00000020  61 61 61 61 61 61 61 61  61 61 61 61 61 61 61 61  |aaaaaaaaaaaaaaaa|\n" +
                "00000030  " + zeros + "*\n00000050");
}

TEST(Codec, HexdumpIsWhatHexdumpShows) {
  std::mt19937 random{3};
  std::vector<std::string> texts{"x", test::all_bytes(), std::string(100, 'x')};
  for (int i = 0; i < 20; ++i) {
    std::string text = test::random_bytes(random, random() % 100);
    text += std::string(random() % 100, 'r') + test::random_bytes(random, 1 + random() % 50);
    texts.push_back(text);
  }
  for (const std::string& text : texts) {
    const Fd input = test::memory_file(text);
    const test::Ended ended = test::run_child(
        [] { return ::execlp("hexdump", "hexdump", "-C", nullptr) == 0 ? 0 : 127; }, -1, input.get());
    if (ended.exit() == 127) GTEST_SKIP() << "no hexdump here";
    EXPECT_EQ(encode(Encoding::hexdump, text) + "\n", ended.out);
  }
}

TEST(Encoder, HexdumpFromAnOffset) {
  const auto dump = [](std::uint64_t start) {
    Encoder encoder{Encoding::hexdump, start};
    std::string out;
    encoder.add("abc", out);
    encoder.finish(out);
    return out.substr(0, out.find(' ')) + out.substr(out.rfind('\n'));
  };
  EXPECT_EQ(dump(0x10), "00000010\n00000013");
  EXPECT_EQ(dump(5), "00000005\n00000008");
  EXPECT_EQ(dump(0xfffffffe), "fffffffe\n100000001");
  EXPECT_EQ(dump(1ULL << 62U), "4000000000000000\n4000000000000003");
}

TEST(Encoder, PiecesGiveTheSameAsTheWhole) {
  std::mt19937 random{4};
  const std::string utf8 = "grüße, κόσμε \xf0\x9f\x8c\x8d \xe2\x82\xac";
  std::vector<std::string> texts{"", utf8, test::all_bytes(), std::string(200, '\0'), utf8.substr(0, utf8.size() - 1)};
  for (int i = 0; i < 50; ++i) {
    texts.push_back(test::random_bytes(random, random() % 70) + utf8.substr(0, random() % utf8.size()) +
                    std::string(random() % 70, 'x'));
  }
  for (const Encoding encoding :
       {Encoding::raw, Encoding::hex, Encoding::base64, Encoding::quoted, Encoding::hexdump}) {
    for (const std::string& text : texts) {
      for (const std::size_t most : {1U, 2U, 7U, 16U, 100U}) {
        Encoder encoder{encoding};
        std::string out;
        for (std::string_view rest = text; !rest.empty();) {
          const std::string_view piece = rest.substr(0, 1 + random() % most);
          encoder.add(piece, out);
          rest.remove_prefix(piece.size());
          encoder.add("", out);
        }
        encoder.finish(out);
        ASSERT_EQ(out, encode(encoding, text)) << static_cast<int>(encoding) << " in pieces up to " << most;
      }
    }
  }
}

TEST(Encoder, GivesWhatIsComplete) {
  Encoder hex{Encoding::hex};
  std::string out;
  hex.add("ab", out);
  EXPECT_EQ(out, "6162");
  Encoder base64{Encoding::base64};
  out.clear();
  base64.add("abcd", out);
  EXPECT_EQ(out, "YWJj");
  base64.finish(out);
  EXPECT_EQ(out, "YWJjZA==");
}

TEST(RequireDecoding, AllButTheOneForPeople) {
  for (const Encoding encoding : encodings) require_decoding(encoding);
  EXPECT_THROW(require_decoding(Encoding::hexdump), UsageError);
}

TEST(ShellQuote, OnlyWhatNeedsIt) {
  EXPECT_EQ(shell_quote("plain-1.2_3@%+:,/x"), "plain-1.2_3@%+:,/x");
  EXPECT_EQ(shell_quote(""), "''");
  EXPECT_EQ(shell_quote("two words"), "'two words'");
  EXPECT_EQ(shell_quote("$(touch x)"), "'$(touch x)'");
  EXPECT_EQ(shell_quote("it's \\"), "'it'\\''s \\'");
  EXPECT_EQ(shell_quote("~"), "'~'");
  EXPECT_EQ(shell_quote("=ls"), "'=ls'") << "zsh would look for the command";
  EXPECT_EQ(shell_quote("é"), "'é'");
  EXPECT_EQ(shell_quote("a\nb"), "$'a\\nb'");
  EXPECT_EQ(shell_quote("it's\x1b[0m\\"), "$'it\\'s\\033[0m\\\\'");
  EXPECT_EQ(shell_quote("\xff"
                        "1"),
            "$'\\3771'");
  EXPECT_EQ(shell_quote("\xc2\x9b"), "$'\\302\\233'") << "a control character of two bytes";
  EXPECT_EQ(shell_quote("\x7f"), "$'\\177'");
  EXPECT_EQ(shell_quote("a\0b"s), "$'a\\000b'");
}

// What `shell` makes of the words.
std::vector<std::string> read_back(const char* shell, const std::vector<std::string>& texts) {
  std::string script = "printf '%s\\0'";
  for (const std::string& text : texts) script += " " + shell_quote(text);
  const std::string name = shell;
  const test::Ended ended = test::run_child([&] { return ::execlp(shell, shell, "-c", script.c_str(), nullptr); });
  EXPECT_EQ(ended.exit(), 0) << ended.err;
  std::vector<std::string> out;
  for (std::string_view rest = ended.out; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    out.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

// Random texts without NUL bytes. kinds: how many of the first byte values they are made of.
std::vector<std::string> random_texts(std::string_view alphabet) {
  std::mt19937 random{2};
  std::vector<std::string> texts{std::string(alphabet)};
  for (std::size_t i = 0; i < 300; ++i) {
    std::string text(1 + random() % 20, '\0');
    for (char& each : text) each = alphabet[random() % alphabet.size()];
    texts.push_back(text);
  }
  return texts;
}

TEST(ShellQuote, BashReadsEveryByteBack) {
  const std::vector<std::string> texts = random_texts(test::all_bytes().substr(1));
  EXPECT_EQ(read_back("bash", texts), texts);
}

TEST(ShellQuote, ShReadsEveryPrintableByteBack) {
  std::vector<std::string> texts = random_texts(test::all_bytes().substr(32, 95));
  texts.emplace_back("grüße, κόσμε");
  EXPECT_EQ(read_back("sh", texts), texts);
  EXPECT_EQ(read_back("bash", texts), texts);
}

TEST(Rfc3339, IsUtcWithNanoseconds) {
  EXPECT_EQ(rfc3339({0, 0}), "1970-01-01T00:00:00.000000000Z");
  EXPECT_EQ(rfc3339({1769860800, 1}), "2026-01-31T12:00:00.000000001Z");
  EXPECT_EQ(rfc3339({-1, 999999999}), "1969-12-31T23:59:59.999999999Z");
  EXPECT_EQ(rfc3339({std::numeric_limits<time_t>::max(), 0}), "-") << "beyond what years can count";
}

}  // namespace
}  // namespace ipctl
