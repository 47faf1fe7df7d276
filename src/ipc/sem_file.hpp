// sem_file: the file that a semaphore is in, whatever its address; for the sources of sem alone.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ipc/sem.hpp"
#include "os/fd.hpp"

namespace ipctl::sem {

constexpr std::string_view missing_hint = "no such semaphore (ipctl sem ls lists them)";
constexpr std::string_view no_semaphore =
    "is no semaphore: the bytes there have not the layout of a glibc semaphore that processes share";

/// "sem.NAME" for a canonical name.
[[nodiscard]] std::string file_of(const std::string& name);

/// Throws Error where what has the file of this name is no semaphore, as shm::kind_of() tells.
void require_semaphore(const shm::Directory& directory, const std::string& name);

/// A semaphore's bytes; fewer where the file has no more there.
[[nodiscard]] std::string read_bytes(int fd, std::uint64_t offset);

/// Throws Error where a semaphore at `address` would be beyond the end of its file.
void require_room(int fd, const Address& address);

/// The file of a name, with errno set where it cannot be opened.
[[nodiscard]] Fd open_named(const shm::Directory& directory, const std::string& name, int flags);

/// The file that `address` is in; flags: O_RDONLY or O_RDWR. Throws Error: missing, not permitted, no regular file.
[[nodiscard]] Fd open_file(const shm::Directory& directory, const Address& address, int flags);

}  // namespace ipctl::sem
