// Fuzz target: values of options against the C library's own conversions.
#include <cmath>
#include <cstring>
#include <limits>

#include "cli/parse.hpp"
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
  return 0;
}
