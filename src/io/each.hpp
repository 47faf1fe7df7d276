// each: one action on several named objects; a failure on one does not keep it from the others.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "io/output.hpp"
#include "os/exit.hpp"

namespace ipctl {

/// The status of several actions of which one more failed: what all failures have in common, or failed.
[[nodiscard]] Exit with_failure(Exit so_far, Exit failure);

/// Calls `action` for each name. An Error from it is one line on standard error. Returns ok, the status that all
/// failures have in common, or failed.
[[nodiscard]] Exit for_each_name(const std::vector<std::string>& names, const Output& output,
                                 const std::function<void(const std::string& name)>& action);

/// What `check` makes of each name; all are checked before anything is done for one of them. Throws what it throws.
[[nodiscard]] std::vector<std::string> checked(const std::vector<std::string>& names,
                                               std::string (*check)(std::string_view name));

enum class Missing { is_error, is_fine };

/// rm: calls `remove` for each name. JSON: {"schema":1,"removed":[{"name"}...],"errors":[{"name","error"}...]}.
[[nodiscard]] Exit remove_each(const std::vector<std::string>& names, Missing missing, const Output& output,
                               const std::function<void(const std::string& name)>& remove);

}  // namespace ipctl
