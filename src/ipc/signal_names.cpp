// signals: one table; the real-time ones are counted from both ends.
#include "ipc/signal_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <climits>
#include <csignal>
#include <cstring>
#include <span>

#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl::signals {
namespace {

struct Known {
  int number;
  std::string_view name;
  Action action;
};

constexpr Known known[] = {
    {SIGHUP, "HUP", Action::terminate},   {SIGINT, "INT", Action::terminate},
    {SIGQUIT, "QUIT", Action::core},      {SIGILL, "ILL", Action::core},
    {SIGTRAP, "TRAP", Action::core},      {SIGABRT, "ABRT", Action::core},
    {SIGBUS, "BUS", Action::core},        {SIGFPE, "FPE", Action::core},
    {SIGKILL, "KILL", Action::terminate}, {SIGUSR1, "USR1", Action::terminate},
    {SIGSEGV, "SEGV", Action::core},      {SIGUSR2, "USR2", Action::terminate},
    {SIGPIPE, "PIPE", Action::terminate}, {SIGALRM, "ALRM", Action::terminate},
    {SIGTERM, "TERM", Action::terminate}, {SIGSTKFLT, "STKFLT", Action::terminate},
    {SIGCHLD, "CHLD", Action::ignore},    {SIGCONT, "CONT", Action::resume},
    {SIGSTOP, "STOP", Action::stop},      {SIGTSTP, "TSTP", Action::stop},
    {SIGTTIN, "TTIN", Action::stop},      {SIGTTOU, "TTOU", Action::stop},
    {SIGURG, "URG", Action::ignore},      {SIGXCPU, "XCPU", Action::core},
    {SIGXFSZ, "XFSZ", Action::core},      {SIGVTALRM, "VTALRM", Action::terminate},
    {SIGPROF, "PROF", Action::terminate}, {SIGWINCH, "WINCH", Action::ignore},
    {SIGIO, "IO", Action::terminate},     {SIGPWR, "PWR", Action::terminate},
    {SIGSYS, "SYS", Action::core},
};

struct Synonym {
  std::string_view name;
  int number;
};

constexpr Synonym synonyms[] = {{"IOT", SIGABRT}, {"CLD", SIGCHLD}, {"POLL", SIGIO}, {"UNUSED", SIGSYS}};

constexpr int first_realtime = 32;  // of the kernel; the C library keeps those below SIGRTMIN for itself

const Known* find_known(int number) {
  const auto* const found =
      std::find_if(std::begin(known), std::end(known), [number](const Known& each) { return each.number == number; });
  return found == std::end(known) ? nullptr : found;
}

std::optional<int> realtime(std::string_view name) {
  const bool from_start = name.starts_with("RTMIN");
  if (!from_start && !name.starts_with("RTMAX")) return std::nullopt;
  const int base = from_start ? SIGRTMIN : SIGRTMAX;
  name.remove_prefix(5);
  if (name.empty()) return base;
  if (name.front() != (from_start ? '+' : '-')) return std::nullopt;
  const auto offset = to_number(name.substr(1));
  if (!offset || *offset > static_cast<std::uint64_t>(SIGRTMAX - SIGRTMIN)) return std::nullopt;
  return from_start ? base + static_cast<int>(*offset) : base - static_cast<int>(*offset);
}

std::optional<int> by_name(std::string_view text) {
  std::string name(text);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string_view wanted = name;
  if (wanted.starts_with("SIG")) wanted.remove_prefix(3);
  for (const Known& each : known) {
    if (each.name == wanted) return each.number;
  }
  for (const Synonym& each : synonyms) {
    if (each.name == wanted) return each.number;
  }
  return realtime(wanted);
}

}  // namespace

std::string_view to_string(Action action) {
  switch (action) {
    case Action::terminate: return "end";
    case Action::core: return "core";
    case Action::ignore: return "ignore";
    case Action::stop: return "stop";
    case Action::resume: break;
  }
  return "continue";
}

const std::vector<int>& all() {
  static const std::vector<int> numbers = [] {
    std::vector<int> found;
    for (int number = 1; number <= SIGRTMAX; ++number) {
      if (find_known(number) != nullptr || number >= SIGRTMIN) found.push_back(number);
    }
    return found;
  }();
  return numbers;
}

std::string name_of(int number) {
  if (const Known* const found = find_known(number)) return std::string(found->name);
  if (number < SIGRTMIN || number > SIGRTMAX) return std::to_string(number);
  const int half = (SIGRTMAX - SIGRTMIN) / 2;
  const int above = number - SIGRTMIN;
  if (above == 0) return "RTMIN";
  if (above <= half) return fmt::format("RTMIN+{}", above);
  return number == SIGRTMAX ? "RTMAX" : fmt::format("RTMAX-{}", SIGRTMAX - number);
}

Action action_of(int number) {
  const Known* const found = find_known(number);
  return found != nullptr ? found->action : Action::terminate;
}

std::string_view description_of(int number) {
  if (number >= SIGRTMIN && number <= SIGRTMAX) return "Real-time signal, for any use";
  const char* const text = ::sigdescr_np(number);
  return text != nullptr ? text : "";
}

bool is_beyond_control(int number) {
  return number == SIGKILL || number == SIGSTOP;
}

std::optional<int> find(std::string_view text) {
  const auto number = to_number(text);
  if (!number) return by_name(text);
  const auto found =
      std::find_if(all().begin(), all().end(), [&](int each) { return static_cast<std::uint64_t>(each) == *number; });
  return found == all().end() ? std::nullopt : std::optional{*found};
}

int parse(std::string_view text) {
  if (const auto found = find(text)) return *found;
  if (const auto number = to_number(text); number && *number >= first_realtime && *number < std::uint64_t(SIGRTMIN)) {
    throw UsageError(fmt::format("signal {} is the C library's own, for its threads (nptl(7))", *number));
  }
  throw UsageError(fmt::format("'{}' is no signal; 'ipctl signal ls' lists them", printable(text)));
}

int parse_or_zero(std::string_view text) {
  return text == "0" ? 0 : parse(text);
}

std::vector<std::string> names_of(Mask mask) {
  std::vector<std::string> names;
  for (int number = 1; number <= static_cast<int>(sizeof mask * CHAR_BIT); ++number) {
    if ((mask & bit(number)) != 0) names.push_back(name_of(number));
  }
  return names;
}

List parse_list(const std::vector<std::string>& texts) {
  List list;
  for (const std::string& text : texts) {
    for (std::string_view rest = text;;) {
      const std::size_t comma = rest.find(',');
      const std::string_view word = rest.substr(0, comma);
      if (word == "all") list.all = true;
      else list.named |= bit(parse(word));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
  return list;
}

}  // namespace ipctl::signals
