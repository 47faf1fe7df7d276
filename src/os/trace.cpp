// trace: formats one line per system call.
#include "os/trace.hpp"

#include <cerrno>
#include <cstring>

#include "os/text.hpp"

namespace ipctl::trace {

void (*sink)(std::string_view line) = nullptr;

std::string to_string(Quoted quoted) {
  constexpr std::size_t shown = 32;
  const bool cut = quoted.text.size() > shown;
  std::string out = "\"";
  for (const char byte : printable(quoted.text.substr(0, shown))) {
    if (byte == '"') out += '\\';
    out += byte;
  }
  return out + (cut ? "\"..." : "\"");
}

void line(std::string_view call, std::string_view arguments, long result) {
  const int code = errno;
  std::string text = fmt::format("{}({}) = {}", call, arguments, result < 0 ? -1 : result);
  if (result < 0) {
    const char* const name = ::strerrorname_np(code);  // null for a number that has none
    text += fmt::format(" {} ({})", name != nullptr ? name : std::to_string(code), std::strerror(code));
  }
  sink(text);
  errno = code;
}

}  // namespace ipctl::trace
