// Draft: made without a name, linked when it is complete.
#include "ipc/draft.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <utility>

#include "os/trace.hpp"

namespace ipctl {

Draft::Draft(int directory, std::string file) : directory_(directory), file_(std::move(file)) {
  temporary_name_ = fmt::format(".ipctl-{}-{:x}", ::getpid(), reinterpret_cast<std::uintptr_t>(this));
  fd_.reset(trace::call(::openat(directory_, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), "openat",
                        "{}, \".\", O_TMPFILE|O_RDWR|O_CLOEXEC, 0600", directory_));
  if (fd_ || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return;
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC;
  fd_.reset(trace::call(::openat(directory_, temporary_name_.c_str(), flags, 0600), "openat",
                        "{}, {}, O_RDWR|O_CREAT|O_EXCL|O_CLOEXEC, 0600", directory_, trace::quoted(temporary_name_)));
  is_named_ = static_cast<bool>(fd_);
}

Draft::~Draft() {
  if (is_named_) ::unlinkat(directory_, temporary_name_.c_str(), 0);
}

Fd Draft::duplicate() const {
  return fd_ ? Fd{::fcntl(fd_.get(), F_DUPFD_CLOEXEC, 0)} : Fd{};
}

bool Draft::publish(Existing existing) {
  if (existing == Existing::keep) return link(file_);
  if (!is_named_ && !link(temporary_name_)) return false;
  is_named_ = true;
  if (trace::call(::renameat(directory_, temporary_name_.c_str(), directory_, file_.c_str()), "renameat",
                  "{}, {}, {}, {}", directory_, trace::quoted(temporary_name_), directory_,
                  trace::quoted(file_)) != 0) {
    return false;
  }
  is_named_ = false;
  return true;
}

bool Draft::link(const std::string& name) {
  const std::string path = fmt::format("/proc/self/fd/{}", fd_.get());
  return trace::call(::linkat(AT_FDCWD, path.c_str(), directory_, name.c_str(), AT_SYMLINK_FOLLOW), "linkat",
                     "AT_FDCWD, {}, {}, {}, AT_SYMLINK_FOLLOW", trace::quoted(path), directory_,
                     trace::quoted(name)) == 0;
}

}  // namespace ipctl
