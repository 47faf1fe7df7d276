// sysv_shm: what there is, from /proc/sysvipc/shm and shmctl(2), and who maps it.
#include <unistd.h>

#include <algorithm>
#include <unordered_map>

#include "ipc/sysv_shm.hpp"
#include "ipc/sysv_shm_calls.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_shm {
namespace {

constexpr std::string_view proc_name = "shm";

void set_state(SegmentObject& object, unsigned flags, std::uint64_t attached) {
  object.mechanism = "sysv-shm";
  object.removed = (flags & SHM_DEST) != 0;
  object.locked = (flags & SHM_LOCKED) != 0;
  object.attached = attached;
  // The kernel counts: this needs no look at processes.
  object.usage = attached > 0 ? Usage::used : Usage::unused;
}

void set_times(SegmentObject& object, std::int64_t attached, std::int64_t detached, std::int64_t changed) {
  object.attached_at = sysv::time_of(attached);
  object.detached_at = sysv::time_of(detached);
  object.changed = sysv::time_of(changed);
}

void set_pids(SegmentObject& object, pid_t creator, pid_t last) {
  object.creator_pid = sysv::pid_of(creator, true);
  object.last_pid = sysv::pid_of(last, object.attached_at || object.detached_at);
}

void fill(SegmentObject& object, int id, const shmid_ds& status) {
  sysv::fill_permissions(object, id, status.shm_perm);
  set_state(object, status.shm_perm.mode, status.shm_nattch);
  object.size = status.shm_segsz;
  set_times(object, status.shm_atime, status.shm_dtime, status.shm_ctime);
  set_pids(object, status.shm_cpid, status.shm_lpid);
}

int stat_at(int index, shmid_ds& status) {
  const int id = ::shmctl(index, SHM_STAT_ANY, &status);
  // Before Linux 4.17, and where one may read it.
  return id < 0 && errno == EINVAL ? ::shmctl(index, SHM_STAT, &status) : id;
}

std::vector<SegmentObject> list_by_index() {
  shm_info info{};
  const int last = check(::shmctl(0, SHM_INFO, reinterpret_cast<shmid_ds*>(&info)), "shmctl");
  std::vector<SegmentObject> found;
  for (int index = 0; index <= last; ++index) {
    shmid_ds status{};
    if (const int id = stat_at(index, status); id >= 0) fill(found.emplace_back(), id, status);
  }
  return found;
}

// In /proc/PID/maps the id is the inode; memfd_create(2) and other IPC namespaces have such files on the same device.
void find_holders(std::span<SegmentObject> objects) {
  std::unordered_map<ino_t, SegmentObject*> by_id;
  for (SegmentObject& object : objects) {
    if (object.attached.value_or(0) > 0) by_id.emplace(static_cast<ino_t>(object.id), &object);
  }
  if (by_id.empty()) return;
  CommandNames commands;
  std::unordered_map<ino_t, std::uint64_t> seen;  // mappings
  const auto is_wanted = [&by_id](dev_t /*device*/, ino_t inode) { return by_id.contains(inode); };
  const ScanReport report = scan_mappings(is_wanted, [&](const MappedFile& use) {
    if (!use.target.starts_with("/SYSV") || !shares_ipc_namespace(use.pid).value_or(false)) return;
    by_id.at(use.inode)->holders.push_back({use.pid, commands.of(use.pid), -1, use.direction});
    seen[use.inode] += use.mappings;
  });
  // The kernel counts mappings: where each has its process, no other has any. The others may be of processes that are
  // not even shown here.
  for (const auto& [id, object] : by_id) {
    if (seen[id] < *object->attached) object->unseen = std::max<std::uint64_t>(report.unreadable, 1);
  }
}

}  // namespace

// key shmid perms size cpid lpid nattch uid gid cuid cgid atime dtime ctime rss swap
std::optional<SegmentObject> from_row(sysv::Row row) {
  constexpr std::size_t columns = 14;  // before Linux 2.6.37 without the last two
  if (row.size() < columns) return std::nullopt;
  SegmentObject object;
  sysv::fill_permissions(object, row, 7);
  set_state(object, static_cast<unsigned>(row[2]), static_cast<std::uint64_t>(row[6]));
  object.size = static_cast<std::uint64_t>(row[3]);
  set_times(object, row[11], row[12], row[13]);
  set_pids(object, static_cast<pid_t>(row[4]), static_cast<pid_t>(row[5]));
  if (row.size() < columns + 2) return object;
  const auto rss = static_cast<std::uint64_t>(row[14]);
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  // Of huge pages the kernel counts each small one within as a huge one.
  if (rss < page || rss - page < *object.size) object.rss = rss;
  object.swap = static_cast<std::uint64_t>(row[15]);
  return object;
}

std::optional<shmid_ds> status_of(int id, Trace trace) {
  shmid_ds status{};
  const int result = ::shmctl(id, IPC_STAT, &status);
  if (trace == Trace::yes) trace::call(result, "shmctl", "{}, IPC_STAT", id);
  if (result == 0) return status;
  if (errno != EACCES) return std::nullopt;
  if (sysv::stat_by_index(id, [&](int index) { return stat_at(index, status); })) return status;
  return std::nullopt;
}

SegmentObject inspect(const sysv::Found& segment, Holders holders) {
  SegmentObject object;
  if (const auto status = status_of(segment.id)) fill(object, segment.id, *status);
  else if (is_gone(errno)) fail_missing(segment.text);
  static_cast<void>(sysv::for_each_row(proc_name, [&](sysv::Row row) {
    if (row[1] != segment.id) return;
    if (const auto listed = from_row(row)) object = *listed;
  }));
  if (object.id < 0) fail_missing(segment.text);
  if (holders == Holders::find) find_holders({&object, 1});
  return object;
}

std::vector<SegmentObject> list(Holders holders) {
  std::vector<SegmentObject> found;
  found.reserve(static_cast<std::size_t>(in_use().used_ids));  // growing costs as much as reading
  const bool is_listed = sysv::for_each_row(proc_name, [&](sysv::Row row) {
    if (auto object = from_row(row)) found.push_back(*std::move(object));
  });
  if (!is_listed) found = list_by_index();
  if (holders == Holders::find) find_holders(found);
  return found;
}

}  // namespace ipctl::sysv_shm
