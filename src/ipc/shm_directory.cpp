// shm: what there is in /dev/shm, and what was removed from it and is still in use.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <unordered_set>

#include "ipc/sem_layout.hpp"
#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/process.hpp"

namespace ipctl::shm {
namespace {

constexpr std::string_view deleted_mark = " (deleted)";
constexpr std::uint64_t block = 512;  // of st_blocks, stat(2)

void fill(MemoryObject& object, const struct stat& status) {
  object.mechanism = "shm";
  fill_status(object, status);
  object.size = static_cast<std::uint64_t>(status.st_size);
  object.used = static_cast<std::uint64_t>(status.st_blocks) * block;
  object.linked = status.st_nlink > 0;
}

std::optional<struct stat> status_at(int directory, const std::string& path, int flags = 0) {
  struct stat status {};
  if (::fstatat(directory, path.c_str(), &status, flags) != 0) return std::nullopt;
  return status;
}

std::optional<MemoryObject> look(const Directory& directory, const std::string& file) {
  const auto status = status_at(directory.fd(), directory.entry(file), AT_SYMLINK_NOFOLLOW);
  if (!status) return std::nullopt;
  MemoryObject object;
  fill(object, *status);
  object.name = "/" + file;
  object.kind = kind_of(directory, file, *status);
  return object;
}

void find_holders(std::span<MemoryObject> objects) {
  std::vector<Object*> all;
  for (MemoryObject& object : objects) all.push_back(&object);
  find_file_holders(all);
}

// Finds removed files by those who use them: their directory entry is gone.
class DeletedScan {
 public:
  explicit DeletedScan(dev_t device) : device_(device) {}

  Deleted find(const Directory& directory) {
    const auto has_mark = [](std::string_view target) { return target.ends_with(deleted_mark); };
    const ScanReport open = scan_descriptors(has_mark, [this](const Descriptor& use) {
      if (use.device != device_) return;
      add(use.inode, use.target, fmt::format("/proc/{}/fd/{}", use.pid, use.fd))
          .holders.push_back({use.pid, commands_.of(use.pid), use.fd, direction_of(use.pid, use.fd)});
    });
    const ScanReport mapped = scan_mappings(
        [this](dev_t device, ino_t /*inode*/) { return device == device_; },
        [this, &has_mark](const MappedFile& use) {
          if (!has_mark(use.target)) return;  // below a directory in /dev/shm
          add(use.inode, use.target, fmt::format("/proc/{}/map_files/{:x}-{:x}", use.pid, use.start, use.end))
              .holders.push_back({use.pid, commands_.of(use.pid), -1, use.direction});
        });
    const ScanReport report = both(open, mapped);
    // Only now: it may have been made meanwhile. The creator of a semaphore maps it by a name that it had for a moment,
    // and that is no removed file.
    std::unordered_set<ino_t> linked;
    for (const MemoryObject& object : list(directory, Holders::skip)) linked.insert(*object.inode);
    Deleted deleted{{}, report.unreadable};
    for (auto& [inode, object] : found_) {
      if (object.linked || linked.contains(inode)) continue;  // below a directory, and its name only looks so
      set_usage(object, report);
      deleted.objects.push_back(std::move(object));
    }
    std::stable_sort(deleted.objects.begin(), deleted.objects.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    return deleted;
  }

 private:
  // `path`: leads to the file through /proc. Where that is not permitted, size and owner stay unknown.
  MemoryObject& add(ino_t inode, std::string_view target, const std::string& path) {
    MemoryObject& object = found_[inode];
    // The creator of a semaphore knows it by a name that it had for a moment; whoever opened it, by its own.
    constexpr std::string_view temporary = "/sem.XXXXXX";
    if (object.name.empty() || (object.name.size() == temporary.size() && object.name.starts_with("/sem."))) {
      // maps writes a newline as \012, and that text as itself: the link tells which it was.
      const auto exact = target.find("\\012") == std::string_view::npos ? std::nullopt : read_link(AT_FDCWD, path);
      if (exact && exact->ends_with(deleted_mark)) target = *exact;
      target.remove_suffix(deleted_mark.size());
      const std::size_t slash = target.rfind('/');
      object.mechanism = "shm";
      object.name = "/" + std::string(target.substr(slash == std::string_view::npos ? 0 : slash + 1));
      object.device = device_;
      object.inode = inode;
      object.linked = false;
    }
    const auto status = object.size ? std::nullopt : status_at(AT_FDCWD, path);
    if (status && status->st_dev == device_ && status->st_ino == inode) fill(object, *status);
    if (object.name.starts_with("/sem.") && object.size == sem::size) object.kind = Kind::semaphore;
    return object;
  }

  dev_t device_;
  std::map<ino_t, MemoryObject> found_;
  CommandNames commands_;
};

}  // namespace

MemoryObject inspect(const Directory& directory, const Reference& reference, Holders holders) {
  MemoryObject object;
  if (reference.is_name()) {
    auto found = look(directory, reference.text.substr(1));
    if (!found) throw ObjectError{errno, "stat", reference.text, errno == ENOENT ? missing_hint : ""};
    object = std::move(*found);
  } else {
    const Memory memory = Memory::open(directory, reference, Access::read);
    struct stat status {};
    check(::fstat(memory.fd(), &status), "fstat", memory.name());
    fill(object, status);
    object.name = memory.name();
    set_mapped_identity(object, memory.fd());
  }
  if (holders == Holders::find) find_holders({&object, 1});
  return object;
}

std::vector<MemoryObject> list(const Directory& directory, Holders holders) {
  std::vector<MemoryObject> found;
  for (const std::string& entry : files_in(directory)) {
    if (auto object = look(directory, entry)) found.push_back(std::move(*object));
  }
  if (holders == Holders::find) find_holders(found);
  return found;
}

Deleted list_deleted(const Directory& directory) {
  const auto root = status_at(directory.fd(), directory.entry("."));
  if (!root) throw Error{errno, "stat", Directory::path};
  return DeletedScan{root->st_dev}.find(directory);
}

std::vector<std::string> names() {
  std::vector<std::string> found;
  try {
    for (const MemoryObject& object : list(Directory{}, Holders::skip)) {
      if (object.kind == Kind::memory) found.push_back(object.name);
    }
  } catch (const Error&) {  // as the header says
  }
  return found;
}

}  // namespace ipctl::shm
