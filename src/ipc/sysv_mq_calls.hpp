// sysv_mq_calls: what the files about System V message queues share among themselves.
#pragma once

#include <sys/msg.h>

#include <optional>
#include <string_view>

#include "ipc/sysv_mq.hpp"

namespace ipctl::sysv_mq {

/// IPC_INFO: the limits of this IPC namespace.
[[nodiscard]] msginfo limits();
/// MSG_INFO: queues that there are.
[[nodiscard]] int queues_in_use();

using sysv::is_gone;
/// errno EIDRM: it was removed meanwhile. Throws Error: missing.
[[noreturn]] void fail_missing(std::string_view name);

/// Whatever the permissions, MSG_STAT_ANY; nullopt where there is no such queue or no such call.
[[nodiscard]] std::optional<msqid_ds> stat_any(int id);

}  // namespace ipctl::sysv_mq
