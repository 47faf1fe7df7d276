// sysv_shm_calls: what the files about System V shared memory share among themselves.
#pragma once

#include <sys/shm.h>

#include <optional>
#include <string_view>

#include "ipc/sysv_shm.hpp"

namespace ipctl::sysv_shm {

using sysv::is_gone;
/// Throws Error: missing.
[[noreturn]] void fail_missing(std::string_view name);

/// SHM_INFO: what there is.
[[nodiscard]] shm_info in_use();

/// IPC_STAT, and whatever the permissions SHM_STAT_ANY; nullopt with errno: is_gone(), or EACCES where the second does
/// not exist (before Linux 4.17). Trace::no: for what is asked again and again.
enum class Trace { yes, no };
[[nodiscard]] std::optional<shmid_ds> status_of(int id, Trace trace = Trace::yes);

}  // namespace ipctl::sysv_shm
