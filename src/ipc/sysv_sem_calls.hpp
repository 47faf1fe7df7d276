// sysv_sem_calls: semctl(2) shown under -v, and what its errors mean; for the sources of sysv_sem alone.
#pragma once

#include <sys/sem.h>

#include <string_view>

#include "ipc/sysv_sem.hpp"
#include "os/trace.hpp"

#ifndef SEM_STAT_ANY
#define SEM_STAT_ANY 20  // Linux 4.17
#endif

namespace ipctl::sysv_sem {

/// union semun of semctl(2), which the caller has to define.
union Argument {
  int value;
  semid_ds* status;
  unsigned short* values;
  seminfo* info;
};

/// semctl(2). shown: command and argument, as -v shows them.
inline int control(int id, int number, int command, std::string_view shown, Argument argument = {}) {
  return trace::call(::semctl(id, number, command, argument), "semctl", "{}, {}, {}", id, number, shown);
}

using sysv::is_gone;

/// Throws Error for a call on `set` that failed. purpose: what permission was needed for, "change its values".
[[noreturn]] void fail(const sysv::Found& set, int code, std::string_view call, std::string_view purpose);

/// Throws Error: there is no semaphore of that number.
[[noreturn]] void refuse_number(const sysv::Found& set, std::string_view what);

}  // namespace ipctl::sysv_sem
