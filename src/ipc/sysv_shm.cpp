// sysv_shm: making, changing, finding and removing System V shared memory, shmget(2), shmctl(2).
#include "ipc/sysv_shm.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>

#include "ipc/sysv_shm_calls.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_shm {
namespace {

shminfo limits() {
  shminfo info{};
  static_cast<void>(::shmctl(0, IPC_INFO, reinterpret_cast<shmid_ds*>(&info)));
  return info;
}

std::string why_no_space(std::uint64_t size) {
  const shminfo most = limits();
  const shm_info used = in_use();
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  const std::uint64_t pages = size / page + (size % page == 0 ? 0 : 1);
  if (pages > most.shmall || used.shm_tot > most.shmall - pages) {
    return fmt::format(
        "this IPC namespace has not so much memory left: it needs {} pages of {} bytes, and {} of kernel.shmall = {} "
        "are in use; remove some segments (ipctl sysv-shm ls), or raise it: sysctl kernel.shmall=N",
        pages, page, used.shm_tot, most.shmall);
  }
  return fmt::format(
      "this IPC namespace has as many segments as it may: {} of kernel.shmmni = {}; remove some (ipctl sysv-shm ls), "
      "or raise it: sysctl kernel.shmmni=N",
      used.used_ids, most.shmmni);
}

// The number behind `key` in /proc/meminfo.
std::uint64_t memory_figure(const std::string& text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string::npos) return 0;
  const std::size_t start = text.find_first_of("0123456789", at + key.size());
  if (start == std::string::npos) return 0;
  const std::size_t end = text.find_first_not_of("0123456789", start);
  return to_number(std::string_view{text}.substr(start, end - start)).value_or(0);
}

std::string why_no_memory(const Creation& wanted) {
  if (!wanted.huge) {
    return fmt::format(
        "the kernel does not promise {} bytes of memory and swap (vm.overcommit_memory); --no-reserve "
        "takes them when they are first written to",
        wanted.size);
  }
  const std::string text = read_small_file("/proc/meminfo").value_or("");
  const std::uint64_t page = memory_figure(text, "Hugepagesize:") * 1024;
  const std::uint64_t free = memory_figure(text, "HugePages_Free:");
  const std::uint64_t reserved = memory_figure(text, "HugePages_Rsvd:");
  return fmt::format(
      "not enough huge pages: it needs {} of {} bytes; of vm.nr_hugepages = {}, {} are free and not promised to others "
      "(sysctl vm.nr_hugepages=N)",
      page == 0 ? 0 : (wanted.size - 1) / page + 1, page, memory_figure(text, "HugePages_Total:"),
      free - std::min(free, reserved));
}

std::string why_not_created(int code, const Creation& wanted) {
  switch (code) {
    case ENOSPC: return why_no_space(wanted.size);
    case EEXIST: return "a segment with this key exists already (--if-missing accepts it)";
    case ENOMEM: return why_no_memory(wanted);
    case EINVAL:
      if (wanted.size == 0) return "a segment has at least 1 byte";
      if (wanted.size <= limits().shmmax) return {};
      return fmt::format("{} bytes are more than kernel.shmmax = {}: sysctl kernel.shmmax=N raises it", wanted.size,
                         limits().shmmax);
    case EPERM:
      if (!wanted.huge) return {};
      return fmt::format(
          "permission denied: huge pages need CAP_IPC_LOCK, the group of vm.hugetlb_shm_group = {}, or "
          "a limit of locked memory that covers them (ulimit -l)",
          read_number_file("/proc/sys/vm/hugetlb_shm_group").value_or(0));
    default: return {};
  }
}

std::string why_not_changed(int code, const sysv::Found& segment) {
  return sysv::why_not_changed(code, [&] { return inspect(segment, Holders::skip); });
}

void set(int id, const shmid_ds& status, const sysv::Change& change, const std::string& name) {
  shmid_ds wanted = status;
  sysv::apply(change, wanted.shm_perm);
  const int result = ::shmctl(id, IPC_SET, &wanted);
  trace::call(result, "shmctl", "{}, IPC_SET, {{uid={}, gid={}, mode={:04o}}}", id, wanted.shm_perm.uid,
              wanted.shm_perm.gid, wanted.shm_perm.mode & 0777U);
  if (result == 0) return;
  if (is_gone(errno)) fail_missing(name);
  const int code = errno;
  throw Error{code, "shmctl", name, why_not_changed(code, {id, std::to_string(id), name})};
}

int make(key_t key, const Creation& wanted, mode_t mode, const std::string& name) {
  const int flags = IPC_CREAT | IPC_EXCL | (wanted.huge ? SHM_HUGETLB : 0) | (wanted.no_reserve ? SHM_NORESERVE : 0);
  const int id =
      trace::call(::shmget(key, wanted.size, flags | static_cast<int>(mode)), "shmget",
                  "{}, {}, IPC_CREAT|IPC_EXCL{}{}|{:04o}", key == IPC_PRIVATE ? "IPC_PRIVATE" : name, wanted.size,
                  wanted.huge ? "|SHM_HUGETLB" : "", wanted.no_reserve ? "|SHM_NORESERVE" : "", mode);
  if (id < 0) throw ObjectError{errno, "shmget", name, why_not_created(errno, wanted)};
  return id;
}

std::string why_not_locked(int code, const sysv::Found& segment) {
  rlimit limit{};
  static_cast<void>(::getrlimit(RLIMIT_MEMLOCK, &limit));
  if (code == ENOMEM) {
    return fmt::format(
        "more memory than this user may lock: RLIMIT_MEMLOCK is {} bytes in all (ulimit -l), and root "
        "is not bound by it",
        limit.rlim_cur);
  }
  if (code == EPERM && limit.rlim_cur == 0) {
    return "permission denied: RLIMIT_MEMLOCK is 0 (ulimit -l), only root may lock memory then";
  }
  return why_not_changed(code, segment);
}

void set_lock(const sysv::Found& segment, int command, std::string_view command_name) {
  if (trace::call(::shmctl(segment.id, command, nullptr), "shmctl", "{}, {}", segment.id, command_name) == 0) return;
  if (is_gone(errno)) fail_missing(segment.text);
  throw Error{errno, "shmctl", segment.text, why_not_locked(errno, segment)};
}

}  // namespace

void fail_missing(std::string_view name) {
  throw Error{Exit::missing, name, missing_hint};
}

shm_info in_use() {
  shm_info info{};
  static_cast<void>(::shmctl(0, SHM_INFO, reinterpret_cast<shmid_ds*>(&info)));
  return info;
}

int create(key_t key, const Creation& wanted) {
  const std::string name = key == IPC_PRIVATE ? "private" : sysv::key_text(key);
  const mode_t mode = wanted.attributes.mode.value_or(Mode{}).bits;
  // Nobody else gets in before it has its owner.
  const bool is_more = wanted.attributes.owner.user || wanted.attributes.owner.group;
  const int id = make(key, wanted, is_more ? 0600 : mode, name);
  if (!is_more) return id;
  try {
    const auto status = status_of(id);
    if (!status) throw Error{errno, "shmctl", name};
    sysv::Change all = wanted.attributes;
    all.mode = Mode{mode};
    set(id, *status, all, name);
  } catch (const Error&) {
    trace::call(::shmctl(id, IPC_RMID, nullptr), "shmctl", "{}, IPC_RMID", id);
    throw;
  }
  return id;
}

sysv::Found find(const sysv::Selector& selector) {
  if (selector.id) return {*selector.id, std::to_string(*selector.id), selector.text};
  const int id = trace::call(::shmget(selector.key, 0, 0), "shmget", "{}, 0, 0", sysv::key_text(selector.key));
  if (id >= 0) return {id, std::to_string(id), selector.text};
  if (errno == ENOENT) throw ObjectError{errno, "shmget", selector.text, missing_hint};
  throw Error{errno, "shmget", selector.text};
}

void change(const sysv::Found& segment, const sysv::Change& change) {
  const auto status = status_of(segment.id);
  if (status) return set(segment.id, *status, change, segment.text);
  if (is_gone(errno)) fail_missing(segment.text);
  if (errno == EACCES) sysv::deny(inspect(segment, Holders::skip), segment, "shmctl", "look at its attributes");
  throw Error{errno, "shmctl", segment.text};
}

void lock(const sysv::Found& segment) {
  set_lock(segment, SHM_LOCK, "SHM_LOCK");
}

void unlock(const sysv::Found& segment) {
  set_lock(segment, SHM_UNLOCK, "SHM_UNLOCK");
}

std::uint64_t remove(const sysv::Found& segment) {
  if (trace::call(::shmctl(segment.id, IPC_RMID, nullptr), "shmctl", "{}, IPC_RMID", segment.id) != 0) {
    if (is_gone(errno)) fail_missing(segment.text);
    const int code = errno;
    throw Error{code, "shmctl", segment.text, why_not_changed(code, segment)};
  }
  const auto status = status_of(segment.id);
  return status ? status->shm_nattch : 0;
}

std::string differences(const SegmentObject& segment, const Creation& wanted) {
  std::string out;
  if (segment.size != wanted.size) {
    out = fmt::format("--size is {}, not {}", segment.size ? std::to_string(*segment.size) : "unknown", wanted.size);
  }
  const std::string more = ipctl::differences(segment, wanted.attributes.mode, wanted.attributes.owner);
  if (!more.empty()) out.append(out.empty() ? "" : ", ").append(more);
  return out;
}

}  // namespace ipctl::sysv_shm
