// pipe_objects: pipes and FIFOs that processes have open, pipe(7), fifo(7). Looking at one changes nothing for those
// who use it: no end is ever opened, since that would let others see a reader or writer come and go.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/descriptor_address.hpp"
#include "ipc/object.hpp"

namespace ipctl::pipes {

enum class Kind { pipe, fifo };
/// "pipe", "fifo": names of the mechanisms.
[[nodiscard]] std::string_view to_string(Kind kind);

/// Its name: of a pipe, the address of an end of it, a holder's where there is one; of a FIFO, its path. Holders have a
/// descriptor of it each; ipctl itself is left out.
struct PipeObject : Object {
  Kind kind = Kind::pipe;
  std::optional<std::uint64_t> bytes, capacity;  // waiting in it; the most it holds (a FIFO has none until it is open)
  std::vector<Process> readers, writers;         // each once; who has it for both is in both
  bool has_all_ends = false;                     // every process could be looked at for these
  std::optional<bool> packets;                   // some writer writes packets, O_DIRECT of pipe(2)
  std::optional<bool> linked;                    // a FIFO: false once its name was removed
};

/// What to find of pipes: their ends alone, or also what is in them and who is blocked.
enum class Detail { ends, all };

/// The address that `text` is. Throws UsageError for any other text.
[[nodiscard]] DescriptorAddress checked_address(std::string_view text);

/// All about one, under that address. Throws Error: missing where there is no such process or descriptor; not
/// permitted; no pipe, and what it is.
[[nodiscard]] PipeObject inspect(const DescriptorAddress& address);
/// Every pipe that a process has open which may be looked at, sorted by name. Throws Error when /proc cannot be read.
[[nodiscard]] std::vector<PipeObject> list(Detail detail);

/// Bytes that nobody could read any more once process `pid` ended, whose descriptor this is; 0 where others have the
/// pipe open, or where that is not known.
[[nodiscard]] std::uint64_t bytes_lost_with(const DescriptorAddress& address);

/// All about a FIFO, followed where `path` is a symbolic link. Throws Error: missing; not permitted; no FIFO, and what
/// it is.
[[nodiscard]] PipeObject inspect_fifo(const std::string& path);

enum class Depth { directory, tree };
struct FifoList {
  std::vector<PipeObject> fifos;         // sorted by path
  std::uint64_t unread_directories = 0;  // below those that were asked for: not permitted
};
/// FIFOs that a process has open or is about to open, and those in `directories`, whether in use or not. Symbolic links
/// are not followed. Throws Error: a directory that is missing, or may not be read.
[[nodiscard]] FifoList list_fifos(const std::vector<std::string>& directories, Depth depth);

}  // namespace ipctl::pipes
