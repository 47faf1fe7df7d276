// directory: the names in a directory, readdir(3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ipctl {

/// Sorted, without "." and "..". path: relative to the directory `parent`, as for openat(2). Throws Error naming
/// `object`: what cannot be listed is not empty.
[[nodiscard]] std::vector<std::string> names_in(int parent, const std::string& path, std::string_view object);

}  // namespace ipctl
