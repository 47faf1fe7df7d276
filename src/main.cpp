// main: hands the command line to the one verb that runs.
#include <cstddef>

#include "cli/dispatch.hpp"
#include "commands/index.hpp"

int main(int argc, char** argv) {
  const std::size_t count = argc > 0 ? static_cast<std::size_t>(argc) - 1 : 0;
  return static_cast<int>(ipctl::dispatch(ipctl::mechanisms(), {argv + 1, count}));
}
