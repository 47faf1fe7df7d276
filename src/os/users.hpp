// users: names of users and groups, getpwnam(3), getgrnam(3).
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

namespace ipctl {

/// The user's name, or the number as text where there is none.
[[nodiscard]] std::string user_name(uid_t uid);
[[nodiscard]] std::string group_name(gid_t gid);

/// Id of a name or of a decimal number; nullopt when there is no such user (a number needs no entry).
[[nodiscard]] std::optional<uid_t> user_id(std::string_view name);
[[nodiscard]] std::optional<gid_t> group_id(std::string_view name);

}  // namespace ipctl
