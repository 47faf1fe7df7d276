// file: whole reads and writes on descriptors, read(2) and write(2).
#pragma once

#include <sys/types.h>
#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "os/fd.hpp"

namespace ipctl {

/// The file of `fd` opened once more, through /proc; where there is none, by `path`, if that is still the same file
/// (else ESTALE). Close-on-exec. Empty with errno set when that cannot be.
[[nodiscard]] Fd open_again(int fd, const std::string& path, int flags);

/// Writes all of `data`, through short counts, EINTR and (waiting) EAGAIN. Returns 0 or the errno that stopped it.
/// A first stop request (os/signals.hpp) ends it with EINTR while nothing has been written, a second one at any time.
[[nodiscard]] int write_all(int fd, std::string_view data);

/// The same for several pieces in one writev(2); `pieces` is changed. At most IOV_MAX pieces.
[[nodiscard]] int write_all(int fd, std::span<iovec> pieces);

/// Takes `size` bytes from the front of `pieces`, the first of which is changed.
void advance(std::span<iovec>& pieces, std::size_t size);

/// Bytes for writev(2), or for readv(2) into them.
[[nodiscard]] inline iovec piece_of(std::string_view text) {
  return {const_cast<char*>(text.data()), text.size()};
}
[[nodiscard]] inline iovec piece_of(std::span<char> bytes) {
  return {bytes.data(), bytes.size()};
}

/// As write_all, but no stop request ends it: for what must be saved or said when one came.
[[nodiscard]] int write_regardless(int fd, std::string_view data);

/// Bytes read from a file at `offset`: fewer than `data` has only where the file ends, through short counts and EINTR.
/// Throws Error naming `object`.
[[nodiscard]] std::size_t read_at(int fd, std::span<char> data, std::uint64_t offset, std::string_view object);

/// The start of a small file such as those in /proc, at most `limit` bytes; nullopt with errno set when it cannot be
/// read.
[[nodiscard]] std::optional<std::string> read_small_file(const std::string& path, std::size_t limit = 65536);

/// The number that a file such as /proc/sys/fs/mqueue/msg_max begins with; nullopt when it cannot be read.
[[nodiscard]] std::optional<unsigned long long> read_number_file(const std::string& path);

/// False also for one that cannot be looked at: the read or write will say what is wrong.
[[nodiscard]] bool is_regular_file(int fd);

/// What a file of this mode, st_mode of stat(2), is: "a directory". Not for FIFOs.
[[nodiscard]] std::string_view kind_of_file(mode_t mode);

/// The text of a symbolic link, whole however long; nullopt with errno set. readlinkat(2).
[[nodiscard]] std::optional<std::string> read_link(int directory, const std::string& path);

}  // namespace ipctl
