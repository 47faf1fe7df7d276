// Error: a system call that failed and that the verb cannot go on after. What nobody handles, dispatch() reports.
#pragma once

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "os/exit.hpp"

namespace ipctl {

/// What failed, on which object, and why in the user's terms.
/// what() reads "OBJECT: WHY", or "OBJECT: CALL: strerror" where there is no better explanation.
class Error : public std::runtime_error {
 public:
  /// code: an errno value. call: the failed call as its man page names it. object: as the user names it, or empty.
  /// why: replaces "CALL: strerror" where errno alone would mislead; says what to do where that is known.
  Error(int code, std::string_view call, std::string_view object, std::string_view why = {});
  /// A failure without a system call behind it.
  Error(Exit status, std::string_view object, std::string_view why);

  [[nodiscard]] int code() const noexcept { return code_; }
  [[nodiscard]] const std::string& object() const noexcept { return object_; }
  /// Exit::failed where none was given.
  [[nodiscard]] Exit status() const noexcept { return status_; }

 protected:
  Error(int code, std::string_view call, std::string_view object, std::string_view why, Exit status);

 private:
  int code_ = 0;
  Exit status_ = Exit::failed;
  std::string object_;
};

/// A failed call on the very object that the verb is about: ENOENT is Exit::missing, EEXIST exists, anything else
/// failed.
class ObjectError : public Error {
 public:
  ObjectError(int code, std::string_view call, std::string_view object, std::string_view why = {});
};

/// A command line that cannot be obeyed: Exit::usage.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Returns `result`; throws Error{errno, call, object} when it is negative.
template <class Result>
Result check(Result result, std::string_view call, std::string_view object = {}) {
  if (result < 0) throw Error{errno, call, object};
  return result;
}

}  // namespace ipctl
