// Error: texts and exit statuses.
#include "os/error.hpp"

#include <cstring>

#include "os/text.hpp"

namespace ipctl {
namespace {

Exit status_of(int code) {
  switch (code) {
    case ENOENT: return Exit::missing;
    case EEXIST: return Exit::exists;
    default: return Exit::failed;
  }
}

std::string text(int code, std::string_view call, std::string_view object, std::string_view why) {
  std::string result = printable(object);
  if (!result.empty()) result += ": ";
  if (!why.empty()) return result.append(why);
  if (!call.empty()) result.append(call).append(": ");
  result.append(std::strerror(code));
  if (code == EMFILE) result += " (RLIMIT_NOFILE; ulimit -n)";
  return result;
}

}  // namespace

Error::Error(int code, std::string_view call, std::string_view object, std::string_view why)
    : Error(code, call, object, why, Exit::failed) {}

Error::Error(int code, std::string_view call, std::string_view object, std::string_view why, Exit status)
    : std::runtime_error(text(code, call, object, why)), code_(code), status_(status), object_(object) {}

Error::Error(Exit status, std::string_view object, std::string_view why)
    : std::runtime_error(text(0, {}, object, why)), status_(status), object_(object) {}

ObjectError::ObjectError(int code, std::string_view call, std::string_view object, std::string_view why)
    : Error(code, call, object, why, status_of(code)) {}

}  // namespace ipctl
