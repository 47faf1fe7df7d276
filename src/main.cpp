// main: hands the command line to the one verb that runs.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "cli/dispatch.hpp"
#include "commands/index.hpp"

namespace {

// Where the caller closed a standard descriptor, an object opened here would get its number, and what is meant for
// standard output would go into the object. It is filled with one that gives EBADF when it is used.
bool fill_standard_descriptors() {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0 || errno != EBADF) continue;
    if (::open("/dev/null", (fd == STDIN_FILENO ? O_WRONLY : O_RDONLY)) < 0) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (!fill_standard_descriptors()) return static_cast<int>(ipctl::Exit::failed);
  const std::size_t count = argc > 0 ? static_cast<std::size_t>(argc) - 1 : 0;
  return static_cast<int>(ipctl::dispatch(ipctl::mechanisms(), {argv + (argc > 0 ? 1 : 0), count}));
}
