// parse: numbers, durations, sizes and the other values of options, in integer arithmetic.
#include "cli/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>

#include "cli/spec.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "os/users.hpp"

namespace ipctl {
namespace {

[[noreturn]] void refuse(std::string_view text, std::string_view what) {
  throw UsageError(fmt::format("'{}' is not {}", printable(text), what));
}

__extension__ using Wide = unsigned __int128;

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr std::string_view digits = "0123456789";

// 1.5K: 1 and 5/10, and the unit's name.
struct Decimal {
  Wide whole = 0;  // 2^64 stands for that and all beyond
  std::uint64_t fraction = 0;
  std::uint64_t denominator = 1;
  std::string_view unit;

  // Rounded down; nullopt beyond `most`.
  [[nodiscard]] std::optional<std::uint64_t> times(std::uint64_t factor, std::uint64_t most) const {
    const Wide value = whole * factor + static_cast<Wide>(fraction) * factor / denominator;
    return value > most ? std::nullopt : std::optional{static_cast<std::uint64_t>(value)};
  }
};

std::string_view take_digits(std::string_view& text) {
  const std::string_view taken = text.substr(0, text.find_first_not_of(digits));
  text.remove_prefix(taken.size());
  return taken;
}

std::optional<Decimal> split_decimal(std::string_view text) {
  constexpr std::size_t precision = 18;  // digits of a fraction that fit 64 bits
  constexpr Wide most = Wide{1} << 64U;
  Decimal out;
  const std::string_view whole = take_digits(text);
  for (const char digit : whole) out.whole = std::min(out.whole * 10 + static_cast<unsigned>(digit - '0'), most);
  if (text.starts_with('.')) {  // .5 as 0.5
    text.remove_prefix(1);
    const std::string_view fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
    for (const char digit : fraction.substr(0, precision)) {
      out.fraction = out.fraction * 10 + static_cast<unsigned>(digit - '0');
      out.denominator *= 10;
    }
  } else if (whole.empty()) {
    return std::nullopt;
  }
  out.unit = text;
  return out;
}

const Unit* find_unit(std::span<const Unit> units, std::string_view name) {
  for (const Unit& unit : units) {
    if (unit.name == name) return &unit;
  }
  return nullptr;
}

constexpr Unit duration_units[] = {
    {"", 1'000'000'000},
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
};

constexpr std::uint64_t kibi = 1024;
constexpr std::uint64_t mebi = kibi * kibi;
constexpr std::uint64_t gibi = mebi * kibi;
constexpr std::uint64_t tebi = gibi * kibi;
constexpr Unit size_units[] = {
    {"", 1},
    {"B", 1},
    {"k", kibi},
    {"K", kibi},
    {"KiB", kibi},
    {"kB", 1'000},
    {"KB", 1'000},
    {"M", mebi},
    {"MiB", mebi},
    {"MB", 1'000'000},
    {"G", gibi},
    {"GiB", gibi},
    {"GB", 1'000'000'000},
    {"T", tebi},
    {"TiB", tebi},
    {"TB", 1'000'000'000'000},
};

// UINT64_MAX + 1 stands for that and all beyond. `text`: what users see; `number`: its digits.
Wide to_whole(std::string_view text, std::string_view number) {
  if (number.empty() || number.find_first_not_of(digits) != std::string_view::npos) refuse(text, "a whole number");
  const auto value = to_number(number);
  return value ? Wide{*value} : Wide{1} << 64U;
}

template <class Number>
Number bounded(std::string_view text, std::uint64_t most) {
  const Wide number = to_whole(text, text);
  if (number > most) refuse(text, fmt::format("from 0 to {}", most));
  return static_cast<Number>(number);
}

template <class Choice>
struct Named {
  std::string_view name;
  Choice value;
};

template <class Choice>
Choice choose(std::string_view text, std::span<const Named<Choice>> choices, std::string_view more = {}) {
  std::string known;
  for (const auto& choice : choices) {
    if (choice.name == text) return choice.value;
    known += (known.empty() ? "" : ", ") + std::string(choice.name);
  }
  refuse(text, "one of " + known + std::string(more));
}

std::string unescaped(std::string_view text) {
  if (auto value = unescape(text)) return std::move(*value);
  refuse(text, "a delimiter: there are the escapes \\n \\t \\r \\e \\0 \\\\ \\xNN");
}

}  // namespace

void detail::refuse_empty() {
  throw UsageError("the value is empty");
}

void parse_value(std::string_view text, std::string& value) {
  value = text;
}

void parse_value(std::string_view text, std::uint64_t& value) {
  value = bounded<std::uint64_t>(text, std::numeric_limits<std::uint64_t>::max());
}

void parse_value(std::string_view text, std::uint32_t& value) {
  value = bounded<std::uint32_t>(text, std::numeric_limits<std::uint32_t>::max());
}

void parse_value(std::string_view text, std::int64_t& value) {
  using Limits = std::numeric_limits<std::int64_t>;
  const bool negative = text.starts_with('-');
  const Wide number = to_whole(text, text.substr(negative ? 1 : 0));
  if (number > static_cast<std::uint64_t>(Limits::max()) + (negative ? 1 : 0)) {
    refuse(text, fmt::format("from {} to {}", Limits::min(), Limits::max()));
  }
  const auto bits = static_cast<std::uint64_t>(number);
  value = static_cast<std::int64_t>(negative ? 0 - bits : bits);
}

void parse_value(std::string_view text, int& value) {
  value = bounded<int>(text, std::numeric_limits<int>::max());
}

void parse_value(std::string_view text, Duration& value) {
  const auto decimal = split_decimal(text);
  const Unit* const unit = decimal ? find_unit(duration_units, decimal->unit) : nullptr;
  if (unit == nullptr) refuse(text, "a duration: 5 (seconds), 500ms, 1.5s, 2m, 1h; units ns us ms s m h d");
  const auto nanoseconds = decimal->times(unit->factor, std::numeric_limits<std::int64_t>::max());
  if (!nanoseconds) refuse(text, "a duration that can be waited for: at most 292 years");
  value = Duration{static_cast<std::int64_t>(*nanoseconds)};
}

void parse_value(std::string_view text, Size& value) {
  const auto decimal = split_decimal(text);
  const Unit* const unit = decimal ? find_unit(size_units, decimal->unit) : nullptr;
  if (unit == nullptr || (unit->factor == 1 && decimal->denominator != 1)) {
    refuse(text, "a size: 4096, 4K, 1MiB, 1.5G (powers of 1024), 1MB (1000000)");
  }
  const auto bytes = decimal->times(unit->factor, std::numeric_limits<std::uint64_t>::max());
  if (!bytes) refuse(text, "a size below 16 EiB");
  value.bytes = *bytes;
}

void parse_value(std::string_view text, Mode& value) {
  const auto bits = to_number(text, 8);
  if (!bits || *bits > 07777) refuse(text, "a mode: octal, 0 to 7777, as 0660");
  value.bits = static_cast<mode_t>(*bits);
}

void parse_value(std::string_view text, Owner& value) {
  const std::size_t colon = text.find(':');
  const std::string_view user = text.substr(0, colon);
  if (user.empty() && colon == std::string_view::npos) refuse(text, "an owner: USER, USER:GROUP or :GROUP");
  if (!user.empty() && !(value.user = user_id(user))) {
    throw UsageError(fmt::format("there is no user '{}'", printable(user)));
  }
  if (colon == std::string_view::npos) return;
  const std::string_view group = text.substr(colon + 1);
  if (group.empty()) refuse(text, "an owner: USER, USER:GROUP or :GROUP");
  if (!(value.group = group_id(group))) throw UsageError(fmt::format("there is no group '{}'", printable(group)));
}

void parse_value(std::string_view text, Framing& value) {
  Framing framing{FramingKind::delimiter};
  framing.delimiter = unescaped(text);
  if (framing.delimiter.empty()) throw UsageError("an empty delimiter separates nothing; -N writes none");
  value = std::move(framing);
}

void parse_value(std::string_view text, Format& value) {
  value = Format{text};
}

void parse_value(std::string_view text, Encoding& value) {
  static constexpr Named<Encoding> choices[] = {{"raw", Encoding::raw},
                                                {"hex", Encoding::hex},
                                                {"base64", Encoding::base64},
                                                {"quoted", Encoding::quoted},
                                                {"hexdump", Encoding::hexdump}};
  value = choose<Encoding>(text, choices);
}

void parse_value(std::string_view text, OnFailure& value) {
  constexpr std::string_view save = "save:";
  using Kind = OnFailure::Kind;
  static constexpr Named<Kind> choices[] = {{"stop", Kind::stop}, {"drop", Kind::drop}, {"requeue", Kind::requeue}};
  if (!text.starts_with(save)) {
    value = {choose<Kind>(text, choices, ", save:DIR"), {}};
  } else if (text.size() == save.size()) {
    throw UsageError("after save: stands a directory, as in save:failed");
  } else {
    value = {Kind::save, std::string(text.substr(save.size()))};
  }
}

void parse_value(std::string_view text, Color& value) {
  static constexpr Named<Color> choices[] = {
      {"auto", Color::automatic}, {"always", Color::always}, {"never", Color::never}};
  value = choose<Color>(text, choices);
}

}  // namespace ipctl
