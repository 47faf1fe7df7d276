// posix_name: the names of POSIX message queues, shared memory and semaphores: a slash, and a file's name.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ipctl {

struct NameRules {
  std::string_view what;      // "a queue name": what a refusal says that it is not
  std::size_t longest = 255;  // bytes after the slash
  bool many_slashes = false;  // all leading slashes count as one
  bool dots = false;          // "." and ".." are names like others
};

/// `name` with one leading slash. Throws UsageError for what the rules or all POSIX names forbid: an empty one, a slash
/// within, a NUL byte.
[[nodiscard]] std::string posix_name(std::string_view name, const NameRules& rules);

}  // namespace ipctl
