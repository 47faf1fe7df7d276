// shm: POSIX shared memory, shm_overview(7).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/dev_shm.hpp"
#include "ipc/draft.hpp"
#include "ipc/object.hpp"
#include "ipc/region.hpp"
#include "os/fd.hpp"
#include "os/mapping.hpp"
#include "os/units.hpp"

namespace ipctl::shm {

struct MemoryObject : Object {
  Kind kind = Kind::memory;
  std::optional<std::uint64_t> size, used;  // bytes; used: those that memory is behind
  bool linked = true;                       // false: it was removed, and lives on with those who use it
};

inline constexpr std::string_view missing_hint = "no such object (ipctl shm ls lists them)";

enum class Access { read, write };  // write: read too

/// One open object, shm_open(3).
class Memory final : public Region {
 public:
  Memory(std::string name, Fd fd) : name_(std::move(name)), fd_(std::move(fd)) {}
  Memory(Memory&& other) noexcept
      : name_(std::move(other.name_)), fd_(std::move(other.fd_)), mapping_(std::move(other.mapping_)) {}
  /// Throws Error: missing; not permitted; what is no memory; with Access::write also a semaphore, which it would
  /// break.
  [[nodiscard]] static Memory open(const Directory& directory, const Reference& reference, Access access);
  [[nodiscard]] std::string_view mechanism() const override { return "shm"; }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] int fd() const { return fd_.get(); }
  [[nodiscard]] TransferEnd at(std::uint64_t offset) const override { return {fd_.get(), offset}; }
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> data) const override;
  [[nodiscard]] ssize_t write(std::uint64_t offset, std::string_view text) override;
  [[nodiscard]] const void* futex_word(std::uint64_t offset) override;
  [[nodiscard]] std::uint64_t size() const override;
  void grow(std::uint64_t size) override;
  [[nodiscard]] std::string why_not(int code) const override;
  [[nodiscard]] Fd into_fd() && { return std::move(fd_); }

  /// ftruncate(2). Pages of a size that grows are taken when they are first written to: where there are none left then,
  /// SIGBUS kills the writer. Throws Error.
  void set_size(std::uint64_t size);
  /// Takes memory now for the bytes from `from` to `to`, and makes the object that long, posix_fallocate(3). Throws
  /// Error: /dev/shm is full, with its numbers. A stop request ends it with EINTR.
  void reserve(std::uint64_t from, std::uint64_t to);

 private:
  std::string name_;
  Fd fd_;
  Mapping mapping_;  // of the page with a futex word
};

/// An object that is being made: nobody else sees it before it has its name, and it is gone without one.
class NewMemory {
 public:
  /// Of no bytes, and mode 0600. Throws Error: exists, and the reasons of open(2); UsageError for a semaphore's name.
  NewMemory(const Directory& directory, const std::string& name);
  [[nodiscard]] Memory& memory() { return memory_; }
  /// Throws Error: exists.
  void publish();

 private:
  Fd directory_;
  Draft draft_;
  Memory memory_;
};

/// Removes a name, shm_unlink(3). Throws Error: missing; what is no memory, semaphores among them; not permitted.
void remove(const Directory& directory, const std::string& name);

/// All about one. Throws Error: missing.
[[nodiscard]] MemoryObject inspect(const Directory& directory, const Reference& reference, Holders holders);
/// All that is in /dev/shm, sorted by name; what vanishes meanwhile is left out. Throws Error.
[[nodiscard]] std::vector<MemoryObject> list(const Directory& directory, Holders holders);
struct Deleted {
  std::vector<MemoryObject> objects;  // sorted by name
  std::uint64_t unseen = 0;           // processes that could not be looked at, and may use more
};
/// Files of this /dev/shm that were removed and that processes still use, with the names that they had. Throws Error.
[[nodiscard]] Deleted list_deleted(const Directory& directory);
/// Names only, of memory; empty where they cannot be listed. Never throws Error.
[[nodiscard]] std::vector<std::string> names();

/// A new object or file that appears at once, with all its contents, or not at all. Its holes are those of `from`.
struct Destination {
  std::string text;       // as users see it
  bool is_memory = true;  // false: `text` is a path
  bool replace = false;   // one that exists; who has that open keeps it
};
/// "/NAME" is an object; what has no slash at its start, or another, is a file; "file:PATH" always is.
[[nodiscard]] Destination parse_destination(std::string_view text);
/// Bytes copied. Throws Error: exists; no room; the source was shrunk meanwhile.
std::uint64_t copy(const Memory& from, const Directory& directory, const Destination& to,
                   const std::function<void(std::uint64_t bytes)>& progress);

}  // namespace ipctl::shm
