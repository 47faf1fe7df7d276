// Object: what is known of an IPC object, of whatever mechanism. ls, stat, clean and completion are built on it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/process.hpp"

namespace ipctl {

/// A process that has the object open.
struct Holder {
  pid_t pid = 0;
  std::string command;  // as /proc/PID/comm, any bytes
  int fd = -1;
  std::optional<Direction> direction;
};

enum class Usage { used, unused, unknown };  // unknown: no holder was seen, but some processes could not be looked at
[[nodiscard]] std::string_view to_string(Usage usage);

/// Members that are nullopt are unknown: not permitted to look, or the kernel does not tell.
struct Object {
  std::string_view mechanism;
  std::string name;
  std::optional<uid_t> uid;
  std::optional<gid_t> gid;
  std::optional<mode_t> mode;  // permission bits
  std::optional<timespec> accessed, modified, changed;
  std::optional<dev_t> device;
  std::optional<ino_t> inode;
  std::vector<Holder> holders;
  Usage usage = Usage::unknown;
};

}  // namespace ipctl
