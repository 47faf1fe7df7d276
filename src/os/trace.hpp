// trace: shows each IPC system call under --verbose, in the manner of strace(1). cli/log prints the lines.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>

namespace ipctl::trace {

/// Set once by cli/log when --verbose was given; nullptr otherwise.
extern void (*sink)(std::string_view line);

[[nodiscard]] inline bool on() {
  return sink != nullptr;
}

/// "CALL(ARGUMENTS) = RESULT", or with a negative result "= -1 ENAME (text)". Keeps errno.
void line(std::string_view call, std::string_view arguments, long result);

/// Passes `result` of a system call through; shows the call when tracing is on.
/// Use: trace::call(::mq_unlink(name), "mq_unlink", "{}", quoted(name)). errno survives. Formatting costs nothing when
/// off, evaluating the arguments does: keep them cheap.
template <class Result, class... Args>
Result call(Result result, std::string_view name, fmt::format_string<const Args&...> format, const Args&... args) {
  if (on()) [[unlikely]] {
    const int code = errno;
    const std::string arguments = fmt::format(format, args...);
    errno = code;
    line(name, arguments, static_cast<long>(result));
  }
  return result;
}

/// A string as C source: quoted, escaped, cut after 32 bytes. For use as an argument; formats lazily.
struct Quoted {
  std::string_view text;
};
[[nodiscard]] inline Quoted quoted(std::string_view text) {
  return {text};
}
[[nodiscard]] std::string to_string(Quoted quoted);

}  // namespace ipctl::trace

template <>
struct fmt::formatter<ipctl::trace::Quoted> {
  constexpr auto parse(format_parse_context& context) { return context.begin(); }
  auto format(const ipctl::trace::Quoted& quoted, format_context& context) const {
    return fmt::format_to(context.out(), "{}", ipctl::trace::to_string(quoted));
  }
};
