// Output: unbuffered writes, so that nothing is left to flush.
#include "io/output.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl {

void Output::write(std::string_view text) const {
  if (const int code = write_all(STDOUT_FILENO, text); code != 0) throw Error{code, "write", "standard output"};
}

void Output::note(std::string_view text) const {
  if (!quiet) complain(text);
}

void Output::complain(std::string_view text) const {
  const std::string line = std::string("ipctl: ").append(command).append(": ").append(text).append("\n");
  static_cast<void>(write_regardless(STDERR_FILENO, line));  // nowhere is left to tell of its failure
}

bool Output::colored() const {
  if (color != Color::automatic) return color == Color::always;
  const char* const none = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  if (none != nullptr && *none != '\0') return false;
  return ::isatty(STDOUT_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

std::optional<pollfd> reader_of_output() {
  struct stat status {};
  if (::fstat(STDOUT_FILENO, &status) != 0) return std::nullopt;
  if (!S_ISFIFO(status.st_mode) && !S_ISSOCK(status.st_mode)) return std::nullopt;
  return pollfd{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
}

}  // namespace ipctl
