// Output: how results are to be shown, and standard output that is flushed and checked.
#pragma once

#include <poll.h>

#include <optional>
#include <string>
#include <string_view>

namespace ipctl {

enum class Color { automatic, always, never };

/// The options that every verb has, and the verb that runs.
struct Output {
  std::string command;  // "mq send", for messages to a person
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  Color color = Color::automatic;

  /// Writes to standard output at once. Throws Error when that fails; a reader that left is Error with code EPIPE.
  void write(std::string_view text) const;
  /// One line on standard error, "ipctl: COMMAND: TEXT", for what the user should know and no failure; not with
  /// --quiet.
  void note(std::string_view text) const;
  /// A failure that does not end the verb: one line on standard error.
  void complain(std::string_view text) const;
  /// Whether standard output may have colours: --color, NO_COLOR, TERM=dumb, and is it a terminal.
  [[nodiscard]] bool colored() const;
};

/// Standard output, where it is a pipe or socket whose reader may leave: for poll(2), which then says so.
[[nodiscard]] std::optional<pollfd> reader_of_output();

}  // namespace ipctl
