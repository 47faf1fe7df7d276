// Fuzz target: values of options against the C library's own conversions, encodings, and bytes that may be a semaphore.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include "cli/parse.hpp"
#include "io/codec.hpp"
#include "ipc/sem_layout.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

template <class Value>
std::optional<Value> parsed(std::string_view text) {
  Value value{};
  try {
    parse_value(text, value);
    return value;
  } catch (const UsageError& error) {
    require(is_shown(error.what()) && std::strlen(error.what()) > 0, "a refusal can be shown");
    return std::nullopt;
  }
}

struct Unit {
  std::string_view name;
  long double factor;
};

constexpr Unit duration_units[] = {{"", 1e9L},  {"ns", 1},    {"us", 1e3L},   {"ms", 1e6L},
                                   {"s", 1e9L}, {"m", 60e9L}, {"h", 3600e9L}, {"d", 86400e9L}};
constexpr Unit size_units[] = {{"", 1},          {"B", 1},       {"k", 0x1p10L},   {"K", 0x1p10L},
                               {"KiB", 0x1p10L}, {"kB", 1e3L},   {"KB", 1e3L},     {"M", 0x1p20L},
                               {"MiB", 0x1p20L}, {"MB", 1e6L},   {"G", 0x1p30L},   {"GiB", 0x1p30L},
                               {"GB", 1e9L},     {"T", 0x1p40L}, {"TiB", 0x1p40L}, {"TB", 1e12L}};

// What `text` means by strtold(3) and the list of units; nullopt where it is not digits, perhaps a point and digits,
// and a unit.
template <std::size_t count>
std::optional<long double> meant(std::string_view text, const Unit (&units)[count]) {
  constexpr std::string_view digits = "0123456789";
  std::size_t end = std::min(text.find_first_not_of(digits), text.size());
  if (end == 0 && text.substr(0, 1) != ".") return std::nullopt;
  if (text.substr(end, 1) == ".") {
    const std::size_t point = end;
    end = std::min(text.find_first_not_of(digits, point + 1), text.size());
    if (end == point + 1) return std::nullopt;
  }
  for (const Unit& unit : units) {
    if (unit.name == text.substr(end))
      return std::strtold(std::string(text.substr(0, end)).c_str(), nullptr) * unit.factor;
  }
  return std::nullopt;
}

// `exact` is rounded down to a whole number.
void require_close(long double value, long double exact, std::string_view what) {
  const long double slack = exact * 4 * std::numeric_limits<long double>::epsilon();
  require(value <= exact + slack && value > exact - 1 - slack, what);
}

void check_duration(std::string_view text) {
  const auto value = parsed<Duration>(text);
  const auto exact = meant(text, duration_units);
  if (value) {
    require(exact.has_value(), "a duration is digits and a unit");
    require_close(static_cast<long double>(value->count()), *exact, "a duration is what it says");
  } else {
    require(!exact || *exact >= 0x1p63L * 0.9999L, "every duration that fits is taken");
  }
}

void check_size(std::string_view text) {
  const auto value = parsed<Size>(text);
  const auto exact = meant(text, size_units);
  const bool point = text.find('.') != std::string_view::npos;
  const bool letters = !text.empty() && text.back() != 'B' && (text.back() < '0' || text.back() > '9');
  if (value) {
    require(exact.has_value(), "a size is digits and a unit");
    require_close(static_cast<long double>(value->bytes), *exact, "a size is what it says");
  } else {
    require(!exact || *exact >= 0x1p64L * 0.9999L || (point && !letters), "every size that fits is taken");
  }
}

// Digits only, with strtoull(3) then; nullopt where it does not fit.
std::optional<std::uint64_t> number(std::string_view text, int base) {
  const std::string_view digits = base == 8 ? "01234567" : "0123456789";
  if (text.empty() || text.find_first_not_of(digits) != std::string_view::npos) return std::nullopt;
  errno = 0;
  const std::uint64_t value = std::strtoull(std::string(text).c_str(), nullptr, base);
  return errno == 0 ? std::optional{value} : std::nullopt;
}

template <class Value>
void check_number(std::string_view text) {
  const auto exact = number(text, 10);
  const auto value = parsed<Value>(text);
  const bool fits = exact && *exact <= static_cast<std::uint64_t>(std::numeric_limits<Value>::max());
  require(value.has_value() == fits, "a number is digits that fit");
  require(!value || static_cast<std::uint64_t>(*value) == *exact, "a number is what it says");
}

void check_mode(std::string_view text) {
  const auto exact = number(text, 8);
  const auto value = parsed<Mode>(text);
  require(value.has_value() == (exact && *exact <= 07777), "a mode is octal digits that fit");
  require(!value || value->bits == *exact, "a mode is what it says");
}

void check_owner(std::string_view text) {
  const auto value = parsed<Owner>(text);
  if (!value) return;
  require(value->user || value->group, "an owner changes something");
  const bool colon = text.find(':') != std::string_view::npos;
  require(value->group.has_value() == colon, "a group stands after a colon");
  const auto uid = number(text.substr(0, text.find(':')), 10);
  require(!uid || value->user == static_cast<uid_t>(*uid), "a number is the user of that number");
}

void check_delimiter(std::string_view text) {
  const auto value = parsed<Framing>(text);
  if (value)
    require(value->kind == FramingKind::delimiter && value->terminator() == unescape(text), "escapes are undone");
  if (text.empty()) return;
  const auto same = parsed<Framing>(printable(text));
  require(same && same->terminator() == text, "any bytes can be a delimiter");
}

void check_choices(std::string_view text) {
  const auto action = parsed<OnFailure>(text);
  if (action && action->kind == OnFailure::Kind::save) {
    require("save:" + action->directory == text && !action->directory.empty(), "save: has its directory");
  }
  static_cast<void>(parsed<Encoding>(text));
  static_cast<void>(parsed<Color>(text));
}

// In pieces whose lengths are those of the data itself.
std::string encoded_in_pieces(Encoding encoding, std::string_view data, std::uint64_t start = 0) {
  Encoder encoder{encoding, start};
  std::string out;
  for (std::string_view rest = data; !rest.empty();) {
    const std::size_t length = static_cast<unsigned char>(rest[0]) % 37U;  // none, too
    encoder.add(rest.substr(0, length), out);
    rest.remove_prefix(std::min(std::max<std::size_t>(length, 1), rest.size()));
    if (length == 0) encoder.add(data.substr(data.size() - rest.size() - 1, 1), out);
  }
  encoder.finish(out);
  return out;
}

// Line by line, as its reader would.
std::string read_hexdump(std::string_view text, std::uint64_t start) {
  std::string out;
  std::string row;
  bool starred = false;
  while (true) {
    const std::string_view line = text.substr(0, text.find('\n'));
    if (line == "*") {
      require(!starred && row.size() == 16, "a star stands behind a whole row");
      starred = true;
    } else {
      char* end = nullptr;
      const std::string copy(line);
      const std::uint64_t offset = std::strtoull(copy.c_str(), &end, 16);
      require(end - copy.c_str() >= 8, "an offset has 8 digits");
      if (starred) require(offset > start + out.size(), "a star stands for a row or more");
      while (starred && start + out.size() < offset) out += row;
      require(offset == start + out.size(), "an offset is that of its row");
      starred = false;
      row.clear();
      for (char* at = end; row.size() < 16;) {
        char* behind = nullptr;
        while (*at == ' ') ++at;
        if (*at == '|' || *at == '\0') break;
        row += static_cast<char>(std::strtoul(at, &behind, 16));
        require(behind == at + 2, "a byte has two digits");
        at = behind;
      }
      out += row;
      if (row.empty()) {
        require(text.size() == line.size(), "the last line is an offset alone");
        return out;
      }
      const auto digits = static_cast<std::size_t>(end - copy.c_str());
      require(copy.size() == 54 + digits + row.size() && copy.ends_with("|"), "columns stand in line");
      require(is_shown(copy), "all can be shown");
    }
    require(line.size() < text.size(), "an offset ends it");
    text.remove_prefix(line.size() + 1);
  }
}

void check_encodings(std::string_view data) {
  for (const Encoding encoding :
       {Encoding::raw, Encoding::hex, Encoding::base64, Encoding::quoted, Encoding::hexdump}) {
    const std::string whole = encode(encoding, data);
    require(encoded_in_pieces(encoding, data) == whole, "pieces give the same as the whole");
    if (encoding != Encoding::hexdump) require(decode(encoding, whole) == data, "it can be read back");
  }
  // Repetitions too, which random data has not.
  std::string repeated(data);
  for (std::size_t i = 0; i < data.size() && repeated.size() < 4096; ++i) {
    repeated += std::string(static_cast<unsigned char>(data[i]) % 80U, data[i]);
  }
  for (const std::uint64_t start : {std::uint64_t{0}, std::uint64_t{data.size()} << 27U}) {
    require(read_hexdump(encoded_in_pieces(Encoding::hexdump, repeated, start), start) == repeated,
            "a hexdump shows all bytes");
  }
}

void check_semaphore(std::string_view bytes) {
  const auto contents = sem::read_contents(bytes);
  std::uint32_t words[3] = {};
  if (bytes.size() >= sem::size) std::memcpy(words, bytes.data(), sizeof words);
  const bool can_be =
      bytes.size() >= sem::size && words[0] <= INT32_MAX && words[1] <= 4U << 20U && words[2] == 128;
  require(contents.has_value() == can_be, "only what can be a semaphore is one");
  require(!contents || (contents->value == words[0] && contents->waiters == words[1]), "and says what it says");
}

// The input's bytes as value and waiters, with glibc's mark.
void check_marked_semaphore(std::string_view bytes) {
  std::string marked(bytes.substr(0, 8));
  marked.resize(8);
  marked += std::string("\x80\0\0\0", 4) + std::string(20, '\0');
  check_semaphore(marked);
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl::fuzz;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check_duration(text);
  check_size(text);
  check_number<std::uint64_t>(text);
  check_number<std::uint32_t>(text);
  check_number<int>(text);
  check_mode(text);
  check_owner(text);
  check_delimiter(text);
  check_choices(text);
  check_encodings(text);
  check_semaphore(text);
  check_marked_semaphore(text);
  return 0;
}
