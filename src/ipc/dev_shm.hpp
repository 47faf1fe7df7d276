// dev_shm: /dev/shm, which shared memory, semaphores and strangers share; shm_overview(7), sem_overview(7).
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/fd.hpp"

namespace ipctl::shm {

/// `name` with one leading slash, up to 255 bytes; of several leading ones shm_open(3) takes all away. Throws
/// UsageError.
[[nodiscard]] std::string canonical_name(std::string_view name);

/// /dev/shm, as a mount namespace sees it.
class Directory {
 public:
  static constexpr const char* path = "/dev/shm";

  /// Our own with `where` empty, else that of a process (a pid) or of a mount namespace's file. Throws as
  /// open_directory_elsewhere() does.
  explicit Directory(const std::string& where = {});

  /// True for our own: shm_open(3) and sem_open(3) look there.
  [[nodiscard]] bool is_own() const { return !fd_; }
  /// For calls such as openat(2), with entry(): AT_FDCWD for our own.
  [[nodiscard]] int fd() const;
  /// The directory itself, O_PATH. Throws Error.
  [[nodiscard]] Fd open() const;
  /// The path of `file`, a name without a slash, for such calls.
  [[nodiscard]] std::string entry(std::string_view file) const;

 private:
  Fd fd_;
};

/// The names of all files in it, sorted; none where it does not exist. Throws Error.
[[nodiscard]] std::vector<std::string> files_in(const Directory& directory);

/// What is found in /dev/shm. There is no telling shared memory from a plain file that somebody put there.
enum class Kind { memory, semaphore, directory, symlink, fifo, socket, device };
[[nodiscard]] std::string_view to_string(Kind kind);  // "shm", "sem", "directory", ...
/// By type, and for a file by name and contents: a semaphore's begins with "sem." and has its size and layout; where it
/// may not be read, the size decides. `file`: its name in `directory`.
[[nodiscard]] Kind kind_of(const Directory& directory, std::string_view file, const struct stat& status);
/// The same of what stands under `file` now; nullopt with errno set where nothing does.
[[nodiscard]] std::optional<Kind> kind_at(const Directory& directory, std::string_view file);
/// The same for what is open already.
[[nodiscard]] Kind kind_of(int fd, std::string_view file, const struct stat& status);

/// The object as the user names it: by name, or as what a process has open. A name is canonical.
struct Reference {
  std::string text;          // as users see it: "/x", "1234:5", "fd:4"
  std::optional<pid_t> pid;  // of a descriptor; 0: our own, inherited
  int descriptor = -1;
  [[nodiscard]] bool is_name() const { return descriptor < 0; }
};
/// Throws UsageError for a name under which sem_open(3) would look for a semaphore.
void require_no_semaphore_name(const std::string& name);

/// Whether parse_reference() takes it for "PID:FD" or "fd:N".
[[nodiscard]] bool is_descriptor(std::string_view text);
/// canonical_name() of what can only be a name. Throws UsageError for a descriptor, too.
[[nodiscard]] std::string parse_name(std::string_view text);

/// "PID:FD", "fd:N", or a name, which after a slash may look like those. Throws UsageError.
[[nodiscard]] Reference parse_reference(std::string_view text);

/// Why a call on an object in /dev/shm failed with ENOSPC or the like; empty where errno says it all. `fd`: in it.
[[nodiscard]] std::string why_no_room(int code, int fd, std::optional<std::uint64_t> asked);

/// How a file that has a name of its mechanism is removed.
struct Removal {
  int (*unlink)(const char* name);  // shm_unlink(3), sem_unlink(3)
  std::string_view call;            // its name
  std::string_view missing;         // why() of the error for ENOENT
  std::string_view what;            // "an object"
};
/// Removes `file`, which users call `name`. Throws Error: missing; not permitted.
void remove_file(const Directory& directory, std::string_view file, const std::string& name, const Removal& removal);

}  // namespace ipctl::shm
