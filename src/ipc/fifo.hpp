// fifo: pipes that have a name, fifo(7), mkfifo(3).
#pragma once

#include <optional>
#include <string>

#include "ipc/object.hpp"
#include "ipc/pipe_end.hpp"
#include "os/units.hpp"
#include "os/wait.hpp"

namespace ipctl::fifo {

/// What a FIFO is made with.
struct Attributes {
  std::optional<Mode> mode;  // 0600 when nullopt; exact, whatever the umask
  Owner owner;
};

enum class Existing { refuse, accept };

/// Makes the FIFO `path`, mkfifoat(3), and returns true; false where it exists and is accepted. Throws Error: exists,
/// where it does, or does with other attributes than those asked for, or is no FIFO; missing without its directory.
bool create(const std::string& path, const Attributes& attributes, Existing existing);

/// Removes the FIFO `path`. Throws Error: missing; failed for anything but a FIFO.
void remove(const std::string& path);

/// A FIFO that was just made, and is removed when this is gone or before, if `path` is still the same file.
class Made {
 public:
  /// Throws as find() does.
  explicit Made(const std::string& path);
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;
  ~Made() { remove(); }
  void remove() noexcept;

 private:
  std::string path_;
  dev_t device_;
  ino_t inode_;
};

/// The FIFO itself, opened with O_PATH: nobody notices. Throws Error: missing where there is none, failed for what is
/// no FIFO.
[[nodiscard]] Fd find(const std::string& path);

/// Opens it for reading, and does not wait for a writer.
[[nodiscard]] PipeEnd open_reader(const std::string& path);

/// Opens it for writing. Without a reader it waits for one in open(2): nullopt where `wait` ended first, and then
/// `waited` tells how. flags: O_DIRECT, or 0.
[[nodiscard]] std::optional<PipeEnd> open_writer(const std::string& path, const Wait& wait, Waited& waited,
                                                 int flags = 0);

}  // namespace ipctl::fifo
