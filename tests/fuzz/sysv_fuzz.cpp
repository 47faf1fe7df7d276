// Fuzz target: names of System V objects, and lines of /proc/sysvipc, against naive readers.
#include <sys/ipc.h>

#include <array>
#include <climits>
#include <cstdlib>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "ipc/sysv.hpp"
#include "os/error.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

// Digits alone, at most `most`.
std::optional<std::uint64_t> digits(std::string_view text, std::uint64_t most, int base = 10) {
  const std::string_view known = base == 10 ? "0123456789" : "0123456789abcdefABCDEF";
  if (text.empty() || text.find_first_not_of(known) != std::string_view::npos) return std::nullopt;
  errno = 0;
  const std::uint64_t value = std::strtoull(std::string(text).c_str(), nullptr, base);
  return errno == 0 && value <= most ? std::optional{value} : std::nullopt;
}

// 0x and hexadecimal digits, or, where `decimal` allows it, decimal ones.
std::optional<std::uint64_t> number(std::string_view text, std::uint64_t most, bool decimal) {
  if (text.starts_with("0x") || text.starts_with("0X")) return digits(text.substr(2), most, 16);
  return decimal ? digits(text, most) : std::nullopt;
}

// What became of a text: taken, refused whatever there is, or about a file that is not there.
enum class End { taken, refused, no_file };

struct Key {
  End end = End::refused;
  key_t key = 0;
};

Key key_of(std::optional<std::uint64_t> number) {
  return number ? Key{End::taken, static_cast<key_t>(static_cast<std::uint32_t>(*number))} : Key{};
}

Key key_by_file(std::string_view text) {
  std::string path(text);
  int project = 1;
  const std::size_t colon = text.rfind(':');
  const std::size_t slash = text.rfind('/');
  if (colon != std::string_view::npos && (slash == std::string_view::npos || slash < colon)) {
    const std::string_view given = text.substr(colon + 1);
    const auto value = number(given, 255, true);
    const bool is_character = given.size() == 1 && !value;
    if (!value && !is_character) return {};
    project = is_character ? static_cast<unsigned char>(given[0]) : static_cast<int>(*value);
    path.resize(colon);
  }
  if (path.empty()) return {};
  errno = 0;
  const key_t key = ::ftok(path.c_str(), project);
  return key == -1 && errno != 0 ? Key{End::no_file} : Key{End::taken, key};
}

Key expected_key(std::string_view text) {
  if (text.starts_with("ftok:")) return key_by_file(text.substr(5));
  if (text.starts_with("key:")) return key_of(number(text.substr(4), UINT_MAX, true));
  return key_of(number(text, UINT_MAX, false));
}

// Runs `parse`, which sets what it gives.
template <class Parse>
End end_of(Parse parse) {
  try {
    parse();
    return End::taken;
  } catch (const UsageError& error) {
    require(is_shown(error.what()), "a refusal can be shown");
    return End::refused;
  } catch (const Error&) {
    return End::no_file;
  }
}

void check_selector(std::string_view text) {
  sysv::Selector selector;
  const End end = end_of([&] { selector = sysv::parse_selector(text); });
  if (const auto id = digits(text, INT_MAX)) {
    require(end == End::taken && selector.id == static_cast<int>(*id) && selector.text == text, "digits are an id");
    return;
  }
  Key expected = expected_key(text);
  if (expected.end == End::taken && expected.key == IPC_PRIVATE) expected.end = End::refused;
  require(end == expected.end, "all else is a key, or none");
  if (end == End::taken) {
    require(selector.key == expected.key && !selector.id && selector.text == text, "the key that it says");
  }
  std::string checked;
  const End form = end_of([&] { checked = sysv::checked_selector(text); });
  require(form == (end == End::refused ? End::refused : End::taken), "its form needs no file");
  require(form == End::refused || checked == text, "and it stays what it is");
}

void check_key(std::string_view text) {
  key_t key = 0;
  const End end = end_of([&] { key = sysv::parse_key(text); });
  if (text == "private") {
    require(end == End::taken && key == IPC_PRIVATE, "private is a key");
    return;
  }
  Key expected = expected_key(text);
  if (expected.end == End::taken && expected.key == IPC_PRIVATE) expected.end = End::refused;
  require(end == expected.end, "a key, or none");
  if (end != End::taken) return;
  require(key == expected.key, "the key that it says");
  require(sysv::parse_selector(sysv::key_text(key)).key == key, "as others write it, too");
}

void check_numbered(std::string_view text) {
  sysv::NumberedSelector read;
  if (end_of([&] { read = sysv::parse_numbered_selector(text); }) != End::taken) {
    sysv::Selector alone;
    const bool taken = end_of([&] { alone = sysv::parse_selector(text); }) == End::taken;
    require(!taken || text.starts_with("ftok:"), "a selector needs no number");
    return;
  }
  const std::string again = read.number ? fmt::format("{}:{}", read.object.text, *read.number) : read.object.text;
  const std::string_view behind = text.substr(read.object.text.size());
  require(text.starts_with(read.object.text), "the object stands in front");
  require(behind.empty() == !read.number && (behind.empty() || digits(behind.substr(1), UINT64_MAX) == read.number),
          "and the number behind a colon");
  const sysv::Selector object = sysv::parse_selector(read.object.text);
  require(object.id == read.object.id && object.key == read.object.key, "the object is what it is alone");
}

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    if (!word.empty()) words.push_back(word);
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  return words;
}

void check_row(std::string_view line) {
  std::array<std::int64_t, 20> row{};
  const std::size_t count = sysv::parse_row(line, row);
  const auto words = words_of(line);
  bool fits = words.size() >= 3 && words.size() <= row.size();
  for (std::size_t i = 0; i < words.size() && fits; ++i) {
    const std::string_view bare = words[i].substr(words[i].starts_with('-') ? 1 : 0);
    fits = !bare.empty() && bare.find_first_not_of(i == 2 ? "01234567" : "0123456789") == std::string_view::npos;
  }
  require(count == (fits ? words.size() : 0), "three to twenty numbers are a row, and nothing else is");
  for (std::size_t i = 0; i < count; ++i) {
    errno = 0;
    const long long value = std::strtoll(std::string(words[i]).c_str(), nullptr, i == 2 ? 8 : 10);
    require(errno != 0 || row[i] == value, "a number is what it says");
  }
  std::array<std::int64_t, 3> small{};
  const std::size_t few = sysv::parse_row(line, small);
  require(few == (count == 3 ? 3 : 0), "no more than there is room for");
}

// As sysvipc_msg_proc_show() of ipc/msg.c writes it.
void check_row_of(key_t key, int id, unsigned mode, std::uint64_t bytes, unsigned uid, std::uint64_t time) {
  const std::string line =
      fmt::format("{:10} {:10}  {:4o}  {:10} {:10} {:5} {:5} {:5} {:5} {:5} {:5} {:10} {:10} {:10}", key, id, mode,
                  bytes, bytes / 2, uid, 0U, uid, uid, uid, uid, time, 0, time);
  std::array<std::int64_t, 20> row{};
  require(sysv::parse_row(line, row) == 14, "the kernel's line is one");
  require(row[0] == key && row[1] == id && row[2] == mode && static_cast<std::uint64_t>(row[3]) == bytes,
          "its numbers are read");
  require(row[10] == uid && static_cast<std::uint64_t>(row[13]) == time, "to the end");
  sysv::Item item;
  sysv::fill_permissions(item, sysv::Row{row}, 7);
  require(item.key == key && item.id == id && item.uid == uid && item.mode == (mode & 0777U), "and what they mean");
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl::fuzz;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check_selector(text);
  check_key(text);
  check_numbered(text);
  check_row(text);
  Input input{data, size};
  const auto word = [&input] {
    std::uint64_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8U | input.byte();
    return value;
  };
  const auto key = static_cast<key_t>(static_cast<std::uint32_t>(word()));
  const int id = static_cast<int>(word() & INT_MAX);
  const unsigned mode = static_cast<unsigned>(word()) & 01777U;
  const std::uint64_t bytes = word() << 32U | word();
  check_row_of(key, id, mode, bytes, static_cast<unsigned>(word()), bytes);
  return 0;
}
