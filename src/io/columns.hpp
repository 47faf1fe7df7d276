// columns: what ls and stat show of an object, one table for text, JSON, --output and --filter.
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "ipc/object.hpp"

namespace ipctl {

struct Unknown {};
struct Bytes {
  std::uint64_t count;
};
using Value = std::variant<Unknown, std::uint64_t, Bytes, std::string, mode_t, timespec, std::vector<Holder>>;

/// `get` gives the value of an object of the mechanism that the column belongs to.
struct Column {
  std::string_view name;  // upper case; the JSON key is the same in lower case
  std::string_view help;
  Value (*get)(const Object&);
  bool shown = false;      // in ls without --output
  bool number = false;     // aligned to the right
};

/// Columns that every mechanism's object has: NAME, OWNER, GROUP, MODE, ATIME, MTIME, CTIME, INODE, HOLDERS, USAGE.
namespace object_columns {
extern const Column name, owner, group, mode, accessed, modified, changed, inode, holders, usage;
}

/// A value as a person reads it. bytes: sizes as plain numbers, not 8K. Unknown is "-".
[[nodiscard]] std::string text_of(const Value& value, bool bytes);

}  // namespace ipctl
