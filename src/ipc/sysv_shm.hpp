// sysv_shm: System V shared memory, sysvipc(7), shmget(2), shmop(2), shmctl(2).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ipc/region.hpp"
#include "ipc/sysv.hpp"

namespace ipctl::sysv_shm {

inline constexpr std::string_view missing_hint = "no such segment (ipctl sysv-shm ls lists them)";

struct SegmentObject : sysv::Item {
  std::optional<std::uint64_t> size;       // bytes, as asked for at its creation
  std::optional<std::uint64_t> attached;   // mappings of it in all processes, shm_nattch
  bool removed = false;                    // SHM_DEST: it goes when the last of them ends
  bool locked = false;                     // SHM_LOCK: it is not swapped out
  std::optional<std::uint64_t> rss, swap;  // bytes in memory and in swap
  std::optional<pid_t> creator_pid;        // nullopt: not visible here
  std::optional<pid_t> last_pid;           // the last shmat or shmdt; 0: nobody yet; nullopt: not visible here
  std::optional<timespec> attached_at, detached_at;  // the last shmat and shmdt; nullopt: never
};

struct Creation {
  std::uint64_t size = 0;
  bool huge = false;        // SHM_HUGETLB
  bool no_reserve = false;  // SHM_NORESERVE
  sysv::Change attributes;
};

/// Creates a segment and returns its id; never one that exists. Throws Error: exists; ENOSPC with the limit that is
/// reached and its use; EINVAL with kernel.shmmax; ENOMEM and EPERM with what huge pages need. A segment that cannot
/// have what was asked for is removed again.
[[nodiscard]] int create(key_t key, const Creation& wanted);
/// The segment that `selector` names, shmget(2). Throws Error: missing. An id is not looked at.
[[nodiscard]] sysv::Found find(const sysv::Selector& selector);
/// IPC_SET. Throws Error: missing; only owner, creator or root.
void change(const sysv::Found& segment, const sysv::Change& change);
/// SHM_LOCK and SHM_UNLOCK. Throw Error: missing; not permitted; RLIMIT_MEMLOCK.
void lock(const sysv::Found& segment);
void unlock(const sysv::Found& segment);
/// IPC_RMID. Returns how many mappings of it there still are, until whose end it stays. Throws Error.
std::uint64_t remove(const sysv::Found& segment);

enum class Access { read, write };  // write: read too

/// One that is attached, shmat(2), until this object ends. It neither shrinks nor grows.
class Segment final : public Region {
 public:
  /// Throws Error: missing; not permitted.
  [[nodiscard]] static std::unique_ptr<Segment> attach(const sysv::Found& segment, Access access);
  ~Segment() override;
  [[nodiscard]] std::string_view mechanism() const override { return "sysv-shm"; }
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] TransferEnd at(std::uint64_t offset) const override;
  [[nodiscard]] std::size_t read(std::uint64_t offset, std::span<char> data) const override;
  [[nodiscard]] ssize_t write(std::uint64_t offset, std::string_view text) override;
  [[nodiscard]] const void* futex_word(std::uint64_t offset) override { return address_ + offset; }
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[noreturn]] void grow(std::uint64_t size) override;
  /// One that was removed before it was attached may be used all the same: it throws for a removal since then.
  void require_alive() const override;
  [[nodiscard]] std::string why_not(int code) const override;
  [[nodiscard]] key_t key() const { return key_; }

 private:
  Segment(const sysv::Found& segment, char* address);

  std::string name_;
  int id_;
  char* address_;
  std::uint64_t size_ = 0;
  key_t key_ = IPC_PRIVATE;
  bool was_removed_ = false;
};

/// All about one, whatever its permissions. holders: who maps it. Throws Error: missing.
[[nodiscard]] SegmentObject inspect(const sysv::Found& segment, Holders holders);
/// Requested attributes that a segment does not have, in words; empty: none.
[[nodiscard]] std::string differences(const SegmentObject& segment, const Creation& wanted);
/// All segments of this IPC namespace, by index; one that vanishes meanwhile is left out. Throws Error.
[[nodiscard]] std::vector<SegmentObject> list(Holders holders);
/// A line of /proc/sysvipc/shm; nullopt for what is none.
[[nodiscard]] std::optional<SegmentObject> from_row(sysv::Row row);

}  // namespace ipctl::sysv_shm
