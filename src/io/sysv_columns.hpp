// sysv_columns: columns that the objects of all System V mechanisms have.
#pragma once

#include "io/columns.hpp"

namespace ipctl::sysv_columns {

[[nodiscard]] Value id_of(const Object& object);
[[nodiscard]] Value key_of(const Object& object);
[[nodiscard]] Value creator_of(const Object& object);
[[nodiscard]] Value creator_group_of(const Object& object);

inline constexpr Column name{"NAME", "the id, as other commands name the object", object_columns::name_of};
inline constexpr Column id{"ID", "number that the kernel gave it", id_of, true, true};
inline constexpr Column key{"KEY", "key, hexadecimal; 0x00000000 for one that has none (IPC_PRIVATE)", key_of, true};
inline constexpr Column creator{"CREATOR", "user that created it", creator_of};
inline constexpr Column creator_group{"CREATOR_GROUP", "group that created it", creator_group_of};
inline constexpr Column changed{"CTIME", "when it was created, or last changed with set", object_columns::changed_of};

}  // namespace ipctl::sysv_columns
