// directory: a stream that owns its descriptor.
#include "os/directory.hpp"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "os/error.hpp"
#include "os/fd.hpp"

namespace ipctl {

std::vector<std::string> names_in(int parent, const std::string& path, std::string_view object) {
  Fd listed{check(::openat(parent, path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", object)};
  const std::unique_ptr<DIR, int (*)(DIR*)> stream{::fdopendir(listed.get()), ::closedir};
  if (!stream) throw Error{errno, "fdopendir", object};
  static_cast<void>(listed.release());
  std::vector<std::string> found;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") found.emplace_back(name);
  }
  if (errno != 0) throw Error{errno, "readdir", object};
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace ipctl
