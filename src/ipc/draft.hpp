// Draft: a file that appears under its name at once, complete, or not at all; open(2) with O_TMPFILE, linkat(2),
// rename(2).
#pragma once

#include <string>

#include "os/fd.hpp"

namespace ipctl {

/// A new file of mode 0600 without a name; where the file system has no such files, one whose name nobody knows.
/// It is gone with the Draft unless it was published.
class Draft {
 public:
  /// directory: where it will be; must stay open. file: its name there, without a slash. fd() is negative with errno
  /// set where none could be made.
  Draft(int directory, std::string file);
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft();

  [[nodiscard]] int fd() const { return fd_.get(); }
  /// A descriptor of its own for the same open file; negative with errno set.
  [[nodiscard]] Fd duplicate() const;

  enum class Existing { keep, replace };
  /// Gives it its name. False with errno set: EEXIST where there is such a name and it is to be kept.
  [[nodiscard]] bool publish(Existing existing);

 private:
  bool link(const std::string& name);

  int directory_;
  std::string file_;
  std::string temporary_name_;  // a name that nobody knows
  bool is_named_ = false;
  Fd fd_;
};

}  // namespace ipctl
