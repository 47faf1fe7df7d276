// sysv_created: what create of a System V mechanism prints.
#pragma once

#include <functional>

#include "io/output.hpp"
#include "ipc/sysv.hpp"

namespace ipctl {

/// Writes the id, or with --json what `print` writes. Where it cannot be written, a new object is removed again with
/// `remove`: nobody would know its id. Throws Error.
void print_created(const sysv::Created& created, const Output& output,
                   const std::function<void(const sysv::Found& object)>& print,
                   const std::function<void(const sysv::Found& object)>& remove);

}  // namespace ipctl
