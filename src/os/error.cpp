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
    case EAGAIN: return Exit::no;
    case ETIMEDOUT: return Exit::timed_out;
    default: return Exit::failed;
  }
}

std::string text(int code, std::string_view call, std::string_view object, std::string_view why) {
  std::string result = printable(object);
  if (!result.empty()) result += ": ";
  if (!why.empty()) return result.append(why);
  if (!call.empty()) result.append(call).append(": ");
  return result.append(std::strerror(code));
}

}  // namespace

Error::Error(int code, std::string_view call, std::string_view object, std::string_view why)
    : std::runtime_error(text(code, call, object, why)), code_(code), status_(status_of(code)), object_(object) {}

Error::Error(Exit status, std::string_view object, std::string_view why)
    : std::runtime_error(text(0, {}, object, why)), status_(status), object_(object) {}

}  // namespace ipctl
