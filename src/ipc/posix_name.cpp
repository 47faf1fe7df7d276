// posix_name: names checked before any call, so that a refusal can say what is wrong with them.
#include "ipc/posix_name.hpp"

#include <fmt/format.h>

#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {

std::string posix_name(std::string_view name, const NameRules& rules) {
  std::string_view bare = name;
  if (bare.starts_with('/')) bare.remove_prefix(1);
  while (rules.many_slashes && bare.starts_with('/')) bare.remove_prefix(1);
  const auto refuse = [&](std::string_view why) -> std::string {
    throw UsageError(fmt::format("'{}' is not {}: {}", printable(name), rules.what, why));
  };
  if (bare.empty()) return refuse("nothing stands after the slash");
  if (!rules.dots && (bare == "." || bare == "..")) return refuse("it means a directory");
  if (bare.find('/') != std::string_view::npos) return refuse("only the first character may be a slash");
  if (bare.find('\0') != std::string_view::npos) return refuse("it has a NUL byte");
  if (bare.size() > rules.longest) {
    return refuse(fmt::format("it has {} bytes, at most {} are allowed", bare.size(), rules.longest));
  }
  return "/" + std::string(bare);
}

}  // namespace ipctl
