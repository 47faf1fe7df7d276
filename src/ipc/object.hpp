// Object: what is known of an IPC object, of whatever mechanism. ls, stat, clean and completion are built on it.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "os/process.hpp"
#include "os/units.hpp"

namespace ipctl {

struct Process {
  pid_t pid = 0;
  std::string command;  // as /proc/PID/comm, any bytes
};

/// A process that has the object open or mapped; one for each descriptor, and one for its mappings.
struct Holder {
  pid_t pid = 0;
  std::string command;  // as /proc/PID/comm, any bytes
  int fd = -1;          // -1: mapped
  std::optional<Direction> direction;

  [[nodiscard]] bool is_mapping() const { return fd < 0; }
};

/// A thread that is blocked in a call on the object.
struct Waiter {
  pid_t pid = 0;
  pid_t thread = 0;
  std::string command;    // as /proc/PID/comm, any bytes
  std::string_view call;  // "msgrcv"
  std::string wants;      // in words: "type 5"
};

enum class Usage { used, unused, unknown };  // unknown: no holder was seen, but some processes could not be looked at
[[nodiscard]] std::string_view to_string(Usage usage);

enum class Holders { skip, find };

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
  std::vector<Waiter> waiters;
  Usage usage = Usage::unknown;
  std::optional<std::pair<dev_t, ino_t>> mapped_as;  // device and inode in /proc/PID/maps, where those are others
  std::uint64_t unseen = 0;                          // processes that the search for holders could not look at
};

/// Sets what stat(2) tells: owner, mode, times, device and inode.
void fill_status(Object& object, const struct stat& status);

/// fchown(2), where an owner was asked for, and fchmod(2) on the open object `name`. Throw Error; what only root may do
/// is said so.
void change_owner(int fd, const Owner& owner, std::string_view name);
/// Why fchown(2) or a relative of it failed with `code`; empty where errno tells all.
[[nodiscard]] std::string_view why_owner_refused(int code);
void change_mode(int fd, mode_t mode, std::string_view name);

/// Throws Error: permission to `purpose` ("read") denied; with owner and mode where they are known.
[[noreturn]] void deny(const Object& object, std::string_view call, std::string_view purpose);

/// `requested` attributes that `object` does not have, in words, to be joined with ", "; a text that is empty: none.
/// What of `object` is unknown counts as different.
[[nodiscard]] std::string differences(const Object& object, const std::optional<Mode>& mode, const Owner& owner);

/// Finds who has the files of `objects` open or mapped, by device and inode, and sets holders and usage.
/// Those whose device or inode is not known stay Usage::unknown. Throws Error when /proc cannot be read.
void find_file_holders(std::span<Object* const> objects);
/// For an open file: what /proc/PID/maps calls it, which some file systems (overlayfs, btrfs) call otherwise than
/// stat(2).
void set_mapped_identity(Object& object, int fd);
/// Sets usage from the holders that a scan found. It is `unused` only after a scan that saw everything.
void set_usage(Object& object, const ScanReport& report);

}  // namespace ipctl
