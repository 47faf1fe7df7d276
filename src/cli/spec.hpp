// spec: Arg, Verb and Mechanism, the constant tables from which parser, help, completion and __spec are made.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "cli/parse.hpp"
#include "io/output.hpp"
#include "os/exit.hpp"

namespace ipctl {

/// Takes one completion candidate and a word or two about it (may be empty).
using Emit = std::function<void(std::string_view candidate, std::string_view description)>;
/// Emits names of live objects, or columns, ...: any candidates; the caller filters. Read-only, quick, never throws.
using Candidates = void (*)(const Emit&);

/// Headings under which --help lists options, in this order.
enum class Group { operands, object, input, output, waiting, command, common };

/// One operand or option of a verb.
struct Arg {
  enum class Kind { operand, option, flag, command };  // command: all that follows "--"
  Kind kind = Kind::option;
  char letter = 0;                // 0: none
  std::string_view name = {};     // long option without dashes; for operands the metavar
  std::string_view metavar = {};  // empty for flags
  std::string_view help = {};     // one line, no capital, no full stop
  Group group = Group::operands;
  bool required = false;          // operands
  bool repeats = false;           // operands: NAME...; options: may be given more than once
  std::string_view choices = {};  // "stop drop requeue save:DIR": the values, for help and completion
  Candidates candidates = nullptr;
  std::string_view otherwise = {};  // options: the value of one that is given without; empty: it needs one
  /// Writes the value into the verb's options struct (void*: its type is known to the maker). Flags get "".
  void (*store)(void* options, std::string_view text) = nullptr;

  [[nodiscard]] constexpr Arg with_choices(std::string_view values) const {
    Arg arg = *this;
    arg.choices = values;
    return arg;
  }
  [[nodiscard]] constexpr Arg with_candidates(Candidates source) const {
    Arg arg = *this;
    arg.candidates = source;
    return arg;
  }
  [[nodiscard]] constexpr Arg with_default(std::string_view value) const {
    Arg arg = *this;
    arg.otherwise = value;
    return arg;
  }
  [[nodiscard]] constexpr Arg optional() const {
    Arg arg = *this;
    arg.required = false;
    return arg;
  }
  [[nodiscard]] constexpr Arg mandatory() const {
    Arg arg = *this;
    arg.required = true;
    return arg;
  }
};

namespace detail {
/// Throws UsageError.
[[noreturn]] void refuse_empty();

template <class T>
struct is_vector : std::false_type {};
template <class T, class A>
struct is_vector<std::vector<T, A>> : std::true_type {};

// Options is named by the caller and not deduced from Field: for a member inherited from a base, deduction would give
// the base, and the store would write at the wrong offset.
template <class Options, auto Field>
void store_value(void* options, std::string_view text) {
  parse_value(text, static_cast<Options*>(options)->*Field);
}
template <class Options, auto Field, auto Value>
void store_constant(void* options, std::string_view /*text*/) {
  static_cast<Options*>(options)->*Field = Value;
}
template <class Options, auto Field>
constexpr bool repeats = is_vector<std::remove_cvref_t<decltype(std::declval<Options>().*Field)>>::value;

template <class Options, auto Field>
void store_option(void* options, std::string_view text) {
  // Nobody means "" by the name of a file or a namespace: "$UNSET" would silently be no --ns, no --journal.
  if (std::is_same_v<std::remove_cvref_t<decltype(std::declval<Options>().*Field)>, std::string> && text.empty()) {
    refuse_empty();
  }
  store_value<Options, Field>(options, text);
}
}  // namespace detail

/// A required operand; a std::vector field takes one or more. Chain .optional() for zero.
template <class Options, auto Field>
constexpr Arg operand(std::string_view metavar, std::string_view help, Candidates candidates = nullptr) {
  return {.kind = Arg::Kind::operand,
          .name = metavar,
          .metavar = metavar,
          .help = help,
          .group = Group::operands,
          .required = true,
          .repeats = detail::repeats<Options, Field>,
          .candidates = candidates,
          .store = detail::store_value<Options, Field>};
}

/// An option with a value.
template <class Options, auto Field>
constexpr Arg option(char letter, std::string_view name, std::string_view metavar, std::string_view help, Group group) {
  return {.kind = Arg::Kind::option,
          .letter = letter,
          .name = name,
          .metavar = metavar,
          .help = help,
          .group = group,
          .repeats = detail::repeats<Options, Field>,
          .store = detail::store_option<Options, Field>};
}

/// An option without a value: sets a bool, or any field to a constant.
template <class Options, auto Field, auto Value = true>
constexpr Arg flag(char letter, std::string_view name, std::string_view help, Group group) {
  return {.kind = Arg::Kind::flag,
          .letter = letter,
          .name = name,
          .help = help,
          .group = group,
          .store = detail::store_constant<Options, Field, Value>};
}

/// CMD ARG... after "--".
template <class Options, auto Field>
constexpr Arg command(std::string_view help) {
  return {.kind = Arg::Kind::command,
          .name = "CMD",
          .metavar = "CMD ARG...",
          .help = help,
          .group = Group::command,
          .repeats = true,
          .store = detail::store_value<Options, Field>};
}

/// Several tables as one.
template <std::size_t... Sizes>
constexpr auto join(const std::array<Arg, Sizes>&... tables) {
  std::array<Arg, (Sizes + ...)> all{};
  std::size_t next = 0;
  const auto append = [&](const auto& table) {
    for (const Arg& arg : table) all[next++] = arg;
  };
  (append(tables), ...);
  return all;
}

/// A command line for --help, without "ipctl", and what it does.
struct Example {
  std::string_view line;
  std::string_view what;
};

/// Reads a command line into an options struct and says how results are to be shown.
class Invocation;
void parse_into(Invocation& invocation, void* options);
[[nodiscard]] Output& output_of(Invocation& invocation);

struct Verb {
  std::string_view name;
  std::string_view summary;  // one line, no capital, no full stop
  std::span<const Arg> args;
  std::span<const Example> examples;
  std::span<const std::string_view> aliases;  // the mechanism's native names
  Exit (*execute)(Invocation&) = nullptr;
};

namespace detail {
template <class Options>
Options options_of(Exit (*)(const Options&, Output&));

template <auto Function>
Exit execute(Invocation& invocation) {
  decltype(options_of(Function)) options{};
  parse_into(invocation, &options);
  return Function(options, output_of(invocation));
}
}  // namespace detail

/// The verb that `Function`, an `Exit f(const Options&, Output&)`, carries out.
template <auto Function>
constexpr Verb verb(std::string_view name, std::string_view summary, std::span<const Arg> args,
                    std::span<const Example> examples = {}, std::span<const std::string_view> aliases = {}) {
  return {name, summary, args, examples, aliases, &detail::execute<Function>};
}

/// A verb that cannot exist for a mechanism: typed, it is answered with the reason.
struct AbsentVerb {
  std::string_view name;
  std::string_view why;  // and what to use instead
};

struct Mechanism {
  std::string_view name;
  std::string_view summary;
  std::string_view manual;  // "mq_overview(7)"
  std::span<const Verb> verbs;
  std::span<const AbsentVerb> absent;
};

/// Options that every verb has: --json, --quiet, --verbose, --color, --help. Their `store` takes an Output*.
[[nodiscard]] std::span<const Arg> common_args();

}  // namespace ipctl
