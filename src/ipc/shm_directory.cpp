// shm: what there is in /dev/shm, and what was removed from it and is still in use.
#include <dirent.h>
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
#include "os/trace.hpp"

namespace ipctl::shm {
namespace {

constexpr std::string_view semaphore_prefix = "sem.";
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

// Throws Error: what cannot be listed is not empty.
std::vector<std::string> entries(const Directory& directory) {
  Fd listed{::openat(directory.fd(), directory.entry(".").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!listed && errno == ENOENT) return {};
  check(listed.get(), "open", Directory::path);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream{::fdopendir(listed.get()), ::closedir};
  if (!stream) throw Error{errno, "fdopendir", Directory::path};
  static_cast<void>(listed.release());
  std::vector<std::string> found;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") found.emplace_back(name);
  }
  if (errno != 0) throw Error{errno, "readdir", Directory::path};
  std::sort(found.begin(), found.end());
  return found;
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
  DeletedScan(dev_t device, std::unordered_set<ino_t> linked) : device_(device), linked_(std::move(linked)) {}

  Deleted find() {
    const auto has_mark = [](std::string_view target) { return target.ends_with(deleted_mark); };
    const ScanReport open = scan_descriptors(has_mark, [this](const Descriptor& use) {
      if (!is_wanted(use.device, use.inode)) return;
      add(use.inode, use.target, fmt::format("/proc/{}/fd/{}", use.pid, use.fd))
          .holders.push_back({use.pid, commands_.of(use.pid), use.fd, direction_of(use.pid, use.fd)});
    });
    const ScanReport mapped = scan_mappings(
        [this](dev_t device, ino_t inode) { return is_wanted(device, inode); },
        [this, &has_mark](const MappedFile& use) {
          if (!has_mark(use.target)) return;  // below a directory in /dev/shm
          add(use.inode, use.target, fmt::format("/proc/{}/map_files/{:x}-{:x}", use.pid, use.start, use.end))
              .holders.push_back({use.pid, commands_.of(use.pid), -1, use.direction});
        });
    const ScanReport& report = open.complete() ? mapped : open;
    Deleted deleted{{}, report.unreadable};
    for (auto& [inode, object] : found_) {
      if (object.linked) continue;  // below a directory, and its name only looks so
      set_usage(object, report);
      deleted.objects.push_back(std::move(object));
    }
    std::stable_sort(deleted.objects.begin(), deleted.objects.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    return deleted;
  }

 private:
  // The creator of a semaphore maps it by a name that it had for a moment: that is no removed file.
  [[nodiscard]] bool is_wanted(dev_t device, ino_t inode) const {
    return device == device_ && !linked_.contains(inode);
  }

  // `path`: leads to the file through /proc. Where that is not permitted, size and owner stay unknown.
  MemoryObject& add(ino_t inode, std::string_view target, const std::string& path) {
    MemoryObject& object = found_[inode];
    if (object.name.empty()) {
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
  std::unordered_set<ino_t> linked_;
  std::map<ino_t, MemoryObject> found_;
  CommandNames commands_;
};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::memory: return "shm";
    case Kind::semaphore: return "sem";
    case Kind::directory: return "directory";
    case Kind::symlink: return "symlink";
    case Kind::fifo: return "fifo";
    case Kind::socket: return "socket";
    case Kind::device: break;
  }
  return "device";
}

Kind kind_of(const Directory& directory, std::string_view file, const struct stat& status) {
  switch (status.st_mode & S_IFMT) {
    case S_IFREG: break;
    case S_IFDIR: return Kind::directory;
    case S_IFLNK: return Kind::symlink;
    case S_IFIFO: return Kind::fifo;
    case S_IFSOCK: return Kind::socket;
    default: return Kind::device;
  }
  if (!file.starts_with(semaphore_prefix) || file.size() == semaphore_prefix.size() ||
      status.st_size != static_cast<off_t>(sem::size)) {
    return Kind::memory;
  }
  const Fd fd{::openat(directory.fd(), directory.entry(file).c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)};
  std::array<char, sem::size> bytes{};
  if (!fd || ::pread(fd.get(), bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return Kind::semaphore;
  }
  return sem::read_contents({bytes.data(), bytes.size()}) ? Kind::semaphore : Kind::memory;
}

MemoryObject inspect(const Directory& directory, const Reference& reference, Holders holders) {
  MemoryObject object;
  if (reference.is_name()) {
    auto found = look(directory, reference.text.substr(1));
    if (!found)
      throw ObjectError{errno, "stat", reference.text,
                        errno == ENOENT ? "no such object (ipctl shm ls lists them)" : ""};
    object = std::move(*found);
  } else {
    const Memory memory = Memory::open(directory, reference, Access::read);
    struct stat status {};
    check(::fstat(memory.fd(), &status), "fstat", memory.name());
    fill(object, status);
    object.name = memory.name();
  }
  if (holders == Holders::find) find_holders({&object, 1});
  return object;
}

std::vector<MemoryObject> list(const Directory& directory, Holders holders) {
  std::vector<MemoryObject> found;
  for (const std::string& entry : entries(directory)) {
    if (auto object = look(directory, entry)) found.push_back(std::move(*object));
  }
  if (holders == Holders::find) find_holders(found);
  return found;
}

Deleted list_deleted(const Directory& directory) {
  const auto root = status_at(directory.fd(), directory.entry("."));
  if (!root) throw Error{errno, "stat", Directory::path};
  std::unordered_set<ino_t> linked;
  for (const MemoryObject& object : list(directory, Holders::skip)) linked.insert(*object.inode);
  return DeletedScan{root->st_dev, std::move(linked)}.find();
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
