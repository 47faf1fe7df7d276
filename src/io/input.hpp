// InputFile: a file that a user names, or standard input.
#pragma once

#include <string>
#include <string_view>

#include "io/output.hpp"
#include "os/fd.hpp"

namespace ipctl {

class InputFile {
 public:
  /// file: empty or "-" for standard input. Throws Error.
  explicit InputFile(const std::string& file);
  [[nodiscard]] int fd() const { return file_ ? file_.get() : 0; }

 private:
  Fd file_;
};

/// Puts what was read from an input and not sent into a file, and names that on standard error; where none can be
/// written, the bytes are there in base64. Nothing happens where there is none.
void save_unsent(const Output& output, std::string_view mechanism, std::string_view name, std::string_view bytes);

}  // namespace ipctl
