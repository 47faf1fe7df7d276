// signals: their names, numbers and default actions, signal(7).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ipctl::signals {

/// What a signal does to a process that neither catches nor ignores it.
enum class Action { terminate, core, ignore, stop, resume };
[[nodiscard]] std::string_view to_string(Action action);  // "end", "core", "ignore", "stop", "continue"

/// The signals of this system, rising; not those that the C library keeps for itself.
[[nodiscard]] const std::vector<int>& all();
/// "TERM", "RTMIN+3", "RTMAX-1"; the number for what is none of all().
[[nodiscard]] std::string name_of(int number);
[[nodiscard]] Action action_of(int number);
/// In words: "Terminated".
[[nodiscard]] std::string_view description_of(int number);
/// Neither caught, blocked nor ignored: KILL and STOP.
[[nodiscard]] bool is_beyond_control(int number);

/// "TERM", "SIGTERM", "15", "RTMIN+3" in any case. Throws UsageError.
[[nodiscard]] int parse(std::string_view text);
/// The same, and 0.
[[nodiscard]] int parse_or_zero(std::string_view text);
/// nullopt for what parse() refuses.
[[nodiscard]] std::optional<int> find(std::string_view text);

/// A set as /proc/PID/status shows it: bit 0 is signal 1.
using Mask = std::uint64_t;
[[nodiscard]] constexpr Mask bit(int number) {
  return Mask{1} << static_cast<unsigned>(number - 1);
}
/// The names of the signals in it; of those that are none of all(), the numbers.
[[nodiscard]] std::vector<std::string> names_of(Mask mask);

/// "USR1,TERM" or "all", of several lists together.
struct List {
  Mask named = 0;
  bool all = false;
};
/// Throws UsageError.
[[nodiscard]] List parse_list(const std::vector<std::string>& texts);

}  // namespace ipctl::signals
