// save: a file for what was taken and could not be delivered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/output.hpp"
#include "ipc/message.hpp"

namespace ipctl {

/// Where such files go unless told, the first that can be written: $XDG_STATE_HOME/ipctl, or without it
/// ~/.local/state/ipctl; then /var/tmp. Created on demand.
[[nodiscard]] std::vector<std::string> save_directories();

/// Creates `directory`, with its parents, where it is missing: mode 0700. Throws Error.
void make_private_directory(const std::string& directory);

/// Writes exactly `data` to a new file of mode 0600 in `directory` (created with its parents when missing), named
/// PREFIX-XXXXXX, and returns its path. Throws Error.
[[nodiscard]] std::string save_bytes(const std::string& directory, std::string_view prefix, std::string_view data);

/// The same in one of save_directories().
[[nodiscard]] std::string save_anywhere(std::string_view prefix, std::string_view data);

/// The same; complains, "WHAT; they are in FILE", or with the data in base64 where no file can be written.
void save_somehow(const Output& output, const std::string& what, std::string_view prefix, std::string_view data);

/// What a message's file is called: MECHANISM-NAME, and -pPRIORITY or -tTYPE where it has one.
[[nodiscard]] std::string file_prefix(const Message& message);

/// What became of a message that was taken and could not be delivered.
struct Kept {
  bool went_back = false;  // it is in its queue again; nothing needs to be said
  bool safe = true;        // false: only `where` has it
  std::string where;       // "went back to /q", "is in FILE", ...: follows "the message"
};

/// Puts `message` back into `source` where the kernel allows it, else into a file in one of save_directories(). Where
/// that fails too, `where` has the data in base64. Never throws Error.
[[nodiscard]] Kept keep(Source& source, const Message& message);

}  // namespace ipctl
