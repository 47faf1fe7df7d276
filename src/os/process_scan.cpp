// process: scans of /proc, proc(5). Everything is reached relative to a few open directories.
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <map>
#include <memory>
#include <vector>

#include "os/error.hpp"
#include "os/fd.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

struct CloseDirectory {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};
using Directory = std::unique_ptr<DIR, CloseDirectory>;

// Null with errno set.
Directory open_directory(int parent, const std::string& path) {
  Fd fd{::openat(parent, path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!fd) return {};
  Directory directory{::fdopendir(fd.get())};
  if (directory) static_cast<void>(fd.release());
  return directory;
}

// The next entry whose name is a number, or -1 with errno 0 at the end.
int next_number(DIR* directory) {
  for (;;) {
    errno = 0;
    const dirent* const entry = ::readdir(directory);
    if (entry == nullptr) return -1;
    const auto number = to_number(entry->d_name);
    if (number && *number <= INT_MAX) return static_cast<int>(*number);
  }
}

bool is_gone(int code) {
  return code == ENOENT || code == ESRCH;
}

enum class Seen { all, not_all, gone };

// For a thread whose descriptors may not be looked at. It has none if it is the kernel's, or has ended or is about to:
// on its way out a process first loses its memory, and with that its owner's right to look at it.
Seen without_a_look(pid_t thread) {
  constexpr unsigned exiting = 0x00000004;  // PF_EXITING and PF_KTHREAD in include/linux/sched.h
  constexpr unsigned kernel_thread = 0x00200000;
  const auto text = read_small_file("/proc/" + std::to_string(thread) + "/stat");
  if (!text) return is_gone(errno) ? Seen::gone : Seen::not_all;
  return (parse_stat_flags(*text).value_or(0) & (exiting | kernel_thread)) != 0 ? Seen::all : Seen::not_all;
}

// Goes through all processes; what is looked at in each is up to those derived from it.
class Scan {
 public:
  Scan() : proc_(open_directory(AT_FDCWD, "/proc")) {
    if (!proc_) throw Error{errno, "open", "/proc"};
  }
  virtual ~Scan() = default;
  Scan(const Scan&) = delete;
  Scan& operator=(const Scan&) = delete;

  // Processes around this PID namespace may share our IPC namespace: containers of one pod do, and those that are given
  // the host's.
  ScanReport run() {
    ScanReport report{.hidden = !is_in_first_pid_namespace()};
    bool first = false;
    for (int pid = next_number(proc_.get()); pid >= 0; pid = next_number(proc_.get())) {
      first = first || pid == 1;
      switch (process(pid)) {
        case Seen::all: ++report.seen; break;
        case Seen::not_all: ++report.unreadable; break;
        case Seen::gone: break;
      }
    }
    if (errno != 0) throw Error{errno, "getdents", "/proc"};
    report.hidden = report.hidden || !first;  // process 1 is always there; where it is not shown, others may not be
    return report;
  }

 protected:
  [[nodiscard]] int proc() const { return ::dirfd(proc_.get()); }

 private:
  // Looks at one thread, whose directory in /proc is `path`. `empty` is set to false where there was something.
  virtual Seen look(pid_t pid, pid_t thread, const std::string& path, bool& empty) = 0;

  Seen process(pid_t pid) {
    const std::string directory = std::to_string(pid);
    bool empty = true;
    const Seen seen = look(pid, pid, directory, empty);
    return empty ? threads(pid, directory + "/task", seen) : seen;
  }

  // A process seems to have nothing once its first thread has ended, though others may go on and hold everything. The
  // directory `path` counts one link per thread beside the usual two. `seen`: what the first thread gave.
  Seen threads(pid_t pid, const std::string& path, Seen seen) {
    struct stat status {};
    if (::fstatat(proc(), path.c_str(), &status, 0) != 0) return is_gone(errno) ? Seen::gone : Seen::not_all;
    if (seen == Seen::not_all || status.st_nlink <= 3) return seen;
    const Directory tasks = open_directory(proc(), path);
    if (!tasks) return is_gone(errno) ? Seen::gone : Seen::not_all;
    for (int thread = next_number(tasks.get()); thread >= 0; thread = next_number(tasks.get())) {
      bool empty = true;
      seen = look(pid, thread, path + '/' + std::to_string(thread), empty);
      if (seen == Seen::not_all || !empty) return seen;  // the others share this
    }
    return Seen::all;
  }

  Directory proc_;
};

class DescriptorScan final : public Scan {
 public:
  DescriptorScan(const std::function<bool(std::string_view)>& wanted,
                 const std::function<void(const Descriptor&)>& found)
      : wanted_(wanted), found_(found) {}

 private:
  Seen look(pid_t pid, pid_t thread, const std::string& path, bool& empty) override {
    const Directory directory = open_directory(proc(), path + "/fd");
    if (!directory) return is_gone(errno) ? Seen::gone : without_a_look(thread);
    bool all = true;
    for (int fd = next_number(directory.get()); fd >= 0; fd = next_number(directory.get())) {
      empty = false;
      all = descriptor(::dirfd(directory.get()), pid, fd) && all;
    }
    if (errno != 0) return is_gone(errno) ? Seen::gone : Seen::not_all;
    return all ? Seen::all : without_a_look(thread);
  }

  // False when it could not be looked at. One that was closed meanwhile is none.
  bool descriptor(int directory, pid_t pid, int fd) {
    name_ = std::to_string(fd);
    const ssize_t length = ::readlinkat(directory, name_.c_str(), target_.data(), target_.size());
    if (length < 0) return is_gone(errno);
    const std::string_view target{target_.data(), static_cast<std::size_t>(length)};
    if (!wanted_(target)) return true;
    struct stat status {};
    if (::fstatat(directory, name_.c_str(), &status, 0) != 0) return is_gone(errno);
    found_({.pid = pid,
            .fd = fd,
            .target = std::string{target},
            .device = status.st_dev,
            .inode = status.st_ino,
            .mode = status.st_mode});
    return true;
  }

  const std::function<bool(std::string_view)>& wanted_;
  const std::function<void(const Descriptor&)>& found_;
  std::string name_;
  std::array<char, PATH_MAX> target_{};
};

class MappingScan final : public Scan {
 public:
  MappingScan(const std::function<bool(dev_t, ino_t)>& wanted, const std::function<void(const MappedFile&)>& found)
      : wanted_(wanted), found_(found) {}

 private:
  Seen look(pid_t pid, pid_t thread, const std::string& path, bool& empty) override {
    const Fd maps{::openat(proc(), (path + "/maps").c_str(), O_RDONLY | O_CLOEXEC)};
    if (!maps) return is_gone(errno) ? Seen::gone : without_a_look(thread);
    files_.clear();
    const bool all = for_each_line(maps.get(), [&](std::string_view line) {
      empty = false;
      if (const auto mapping = parse_maps_line(line)) add(pid, *mapping);
    });
    if (!all) return is_gone(errno) ? Seen::gone : without_a_look(thread);
    for (const auto& [file, found] : files_) found_(found);
    return Seen::all;
  }

  // False with errno set where not all could be read.
  template <class Line>
  bool for_each_line(int fd, Line line) {
    std::size_t filled = 0;
    for (;;) {
      if (filled == buffer_.size()) buffer_.resize(buffer_.size() * 2);
      const ssize_t count = ::read(fd, buffer_.data() + filled, buffer_.size() - filled);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return count == 0;
      filled += static_cast<std::size_t>(count);
      std::string_view rest{buffer_.data(), filled};
      for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        line(rest.substr(0, end));
        rest.remove_prefix(end + 1);
      }
      filled = rest.size();
      std::copy(rest.begin(), rest.end(), buffer_.begin());
    }
  }

  void add(pid_t pid, const MapsLine& line) {
    const bool is_anonymous = line.inode == 0 && !line.path.starts_with("/SYSV");  // the inode of a segment is its id
    if (is_anonymous || !wanted_(line.device, line.inode)) return;
    const bool writes = line.writable && line.shared;
    const Direction direction = !writes ? Direction::read : line.readable ? Direction::both : Direction::write;
    const auto [place, is_new] = files_.try_emplace({line.device, line.inode});
    MappedFile& file = place->second;
    if (is_new) {
      file = {pid, line.device, line.inode, std::string(line.path), direction, line.start, line.end};
    } else {
      ++file.mappings;
      if (file.direction != direction) file.direction = Direction::both;
    }
  }

  const std::function<bool(dev_t, ino_t)>& wanted_;
  const std::function<void(const MappedFile&)>& found_;
  std::map<std::pair<dev_t, ino_t>, MappedFile> files_;  // of one process
  std::vector<char> buffer_ = std::vector<char>(16384);
};

// A thread's call is its own: all are looked at.
class CallScan final : public Scan {
 public:
  explicit CallScan(const std::function<void(pid_t, pid_t, const BlockedCall&)>& found) : found_(found) {}

 private:
  Seen look(pid_t pid, pid_t thread, const std::string& path, bool& /*empty*/) override {
    const bool again = pid == thread && path.find('/') != std::string::npos;
    if (again || pid == own_) return Seen::all;
    const Fd file{::openat(proc(), (path + "/syscall").c_str(), O_RDONLY | O_CLOEXEC)};
    std::array<char, 256> text{};
    const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
    if (size < 0) return is_gone(errno) ? Seen::gone : without_a_look(thread);
    if (const auto call = parse_blocked_call({text.data(), static_cast<std::size_t>(size)})) {
      found_(pid, thread, *call);
    }
    return Seen::all;
  }

  const std::function<void(pid_t, pid_t, const BlockedCall&)>& found_;
  pid_t own_ = ::getpid();
};

}  // namespace

ScanReport scan_blocked_calls(const std::function<void(pid_t, pid_t, const BlockedCall&)>& found) {
  return CallScan{found}.run();
}

ScanReport scan_descriptors(const std::function<bool(std::string_view target)>& wanted,
                            const std::function<void(const Descriptor&)>& found) {
  return DescriptorScan{wanted, found}.run();
}

ScanReport scan_mappings(const std::function<bool(dev_t device, ino_t inode)>& wanted,
                         const std::function<void(const MappedFile&)>& found) {
  return MappingScan{wanted, found}.run();
}

}  // namespace ipctl
