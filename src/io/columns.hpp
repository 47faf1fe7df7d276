// columns: what ls and stat show of an object, one table for text, JSON, --output and --filter.
#pragma once

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ipc/object.hpp"

namespace ipctl {

struct Unknown {};
struct Bytes {
  std::uint64_t count;
};
/// One of several like things that an object has: numbers with their names.
using Record = std::vector<std::pair<std::string_view, std::optional<std::uint64_t>>>;
using Value = std::variant<Unknown, std::uint64_t, Bytes, std::string, timespec, std::vector<Holder>,
                           std::vector<Waiter>, std::vector<Record>, std::vector<Process>, std::vector<std::string>>;

/// `get` gives the value of an object of the mechanism that the column belongs to.
struct Column {
  std::string_view name;  // upper case; the JSON key is the same in lower case
  std::string_view help;
  Value (*get)(const Object&);
  bool shown = false;   // in ls without --output
  bool number = false;  // aligned to the right
};

/// Columns that every mechanism's object has.
namespace object_columns {

/// The value of an optional member of a mechanism's own object, as a number or as a size.
template <class Item, auto Field>
Value number(const Object& object) {
  const auto& value = static_cast<const Item&>(object).*Field;
  return value ? Value{static_cast<std::uint64_t>(*value)} : Value{Unknown{}};
}
template <class Item, auto Field>
Value bytes(const Object& object) {
  const auto& value = static_cast<const Item&>(object).*Field;
  return value ? Value{Bytes{*value}} : Value{Unknown{}};
}
template <class Item, auto Field>
Value time(const Object& object) {
  const auto& value = static_cast<const Item&>(object).*Field;
  return value ? Value{*value} : Value{Unknown{}};
}

[[nodiscard]] Value name_of(const Object& object);
[[nodiscard]] Value owner_of(const Object& object);
[[nodiscard]] Value group_of(const Object& object);
[[nodiscard]] Value mode_of(const Object& object);
[[nodiscard]] Value accessed_of(const Object& object);
[[nodiscard]] Value modified_of(const Object& object);
[[nodiscard]] Value changed_of(const Object& object);
[[nodiscard]] Value inode_of(const Object& object);
[[nodiscard]] Value holders_of(const Object& object);
[[nodiscard]] Value blocked_of(const Object& object);
[[nodiscard]] Value usage_of(const Object& object);

inline constexpr Column name{"NAME", "name", name_of, true};
inline constexpr Column owner{"OWNER", "user that owns it", owner_of, true};
inline constexpr Column group{"GROUP", "group that owns it", group_of};
inline constexpr Column mode{"MODE", "permission bits, octal", mode_of, true};
inline constexpr Column accessed{"ATIME", "last access", accessed_of};
inline constexpr Column modified{"MTIME", "last modification", modified_of};
inline constexpr Column changed{"CTIME", "last change of status", changed_of};
inline constexpr Column inode{"INODE", "inode number", inode_of, false, true};
inline constexpr Column holders{"HOLDERS", "processes that have it open or mapped: pid, command, direction",
                                holders_of};
inline constexpr Column blocked{"BLOCKED", "threads that wait in a call on it: pid, command, call, what for",
                                blocked_of};
inline constexpr Column usage{"USAGE", "used, unused, or unknown: not all processes could be looked at", usage_of};

}  // namespace object_columns

/// A value as a person reads it. bytes: sizes as plain numbers, not 8K. Unknown is "-".
[[nodiscard]] std::string text_of(const Value& value, bool bytes);

/// The same, where several things that an object has may each have a line.
[[nodiscard]] std::vector<std::string> lines_of(const Value& value, bool bytes);

}  // namespace ipctl
