// shm: a copy of an object under another name or in a file, which appears complete or not at all; open(2) (O_TMPFILE),
// linkat(2), rename(2).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "ipc/draft.hpp"
#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"
#include "os/transfer.hpp"

namespace ipctl::shm {
namespace {

// Where the copy goes: a directory, and a name in it.
struct Place {
  Fd directory;
  std::string file;
};

Place place_of(const Directory& directory, const Destination& to) {
  if (to.is_memory) return {directory.open(), to.text.substr(1)};
  const std::size_t slash = to.text.rfind('/');
  const std::string parent = slash == std::string::npos ? "." : to.text.substr(0, slash + 1);
  Fd fd{::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (!fd) throw Error{errno, "open", parent};
  return {std::move(fd), slash == std::string::npos ? to.text : to.text.substr(slash + 1)};
}

// What exists may be replaced only by what it is: a rename(2) would put the copy in the place of a device, say.
void refuse_strangers(const Directory& directory, const Place& place, const Destination& to, const struct stat& from) {
  struct stat status {};
  if (::fstatat(place.directory.get(), place.file.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return;
  if (!to.replace) throw ObjectError{EEXIST, "link", to.text, "exists already (--force replaces it)"};
  if (status.st_dev == from.st_dev && status.st_ino == from.st_ino) {
    throw Error{Exit::failed, to.text, "is the object itself, and is not replaced"};
  }
  const bool fits = to.is_memory ? kind_of(directory, place.file, status) == Kind::memory : S_ISREG(status.st_mode);
  if (fits) return;
  throw Error{Exit::failed, to.text,
              to.is_memory ? "is not shared memory, and is not replaced"
                           : "is not a regular file, and is not replaced (ipctl shm recv NAME >FILE writes into it)"};
}

[[noreturn]] void fail(const Transferred& result, const Memory& from, const Destination& to, int fd) {
  switch (result.end) {
    case Transferred::End::stopped: throw Error{EINTR, "copy", to.text};
    case Transferred::End::read_failed: throw Error{result.code, "read", from.name()};
    case Transferred::End::write_failed:
      throw Error{result.code, "write", to.text, to.is_memory ? why_no_room(result.code, fd, std::nullopt) : ""};
    default: throw Error{Exit::failed, from.name(), "was shrunk by another process while it was copied"};
  }
}

// lseek(2) moves what an inherited descriptor may share with others.
class Position {
 public:
  explicit Position(int fd) : fd_(fd), at_(::lseek(fd, 0, SEEK_CUR)) {}
  Position(const Position&) = delete;
  Position& operator=(const Position&) = delete;
  ~Position() { ::lseek(fd_, at_, SEEK_SET); }

 private:
  int fd_;
  off_t at_;
};

// One stretch of data after the other; where there is none, a hole is left, lseek(2).
std::uint64_t copy_data(const Memory& from, int out, const Destination& to, std::uint64_t size,
                        const std::function<void(std::uint64_t bytes)>& progress) {
  const Position kept{from.fd()};
  std::uint64_t copied = 0;
  for (std::uint64_t at = 0; at < size;) {
    const off_t data = ::lseek(from.fd(), static_cast<off_t>(at), SEEK_DATA);
    if (data < 0 && errno == ENXIO) break;
    const off_t hole = data < 0 ? -1 : ::lseek(from.fd(), data, SEEK_HOLE);
    const std::uint64_t start = data < 0 ? at : static_cast<std::uint64_t>(data);
    const std::uint64_t end = std::min(hole < 0 ? size : static_cast<std::uint64_t>(hole), size);
    if (start >= end) break;
    const Transferred result =
        transfer({from.fd(), start}, {out, start}, end - start, [&](std::uint64_t bytes) { progress(copied + bytes); });
    if (result.end != Transferred::End::complete) fail(result, from, to, out);
    copied += end - start;
    at = end;
  }
  return copied;
}

Destination memory_destination(std::string name) {
  require_no_semaphore_name(name);
  return {.text = std::move(name)};
}

// Memory that was reserved and never written to looks like a hole, lseek(2): it is told by the number of blocks.
bool has_holes(const struct stat& status) {
  constexpr off_t block = 512;
  return status.st_blocks * block < status.st_size;
}

}  // namespace

Destination parse_destination(std::string_view text) {
  constexpr std::string_view file = "file:";
  if (text == "-" || (!text.starts_with(file) && !text.starts_with('/') && is_descriptor(text))) {
    throw UsageError(
        fmt::format("'{}' is neither an object nor a file: 'ipctl shm recv' writes into what is open, and "
                    "file: stands before a file of this name",
                    printable(text)));
  }
  if (text.starts_with(file)) text.remove_prefix(file.size());
  else if (text.starts_with('/') && text.find('/', text.find_first_not_of('/')) == std::string_view::npos)
    return memory_destination(canonical_name(text));
  if (text.empty() || text.ends_with('/')) throw UsageError(fmt::format("'{}' is no file", printable(text)));
  return {.text = std::string(text), .is_memory = false};
}

std::uint64_t copy(const Memory& from, const Directory& directory, const Destination& to,
                   const std::function<void(std::uint64_t bytes)>& progress) {
  const Place place = place_of(directory, to);
  struct stat status {};
  check(::fstat(from.fd(), &status), "fstat", from.name());
  refuse_strangers(directory, place, to, status);
  Draft draft{place.directory.get(), place.file};
  if (draft.fd() < 0) {
    const std::string why = to.is_memory ? why_no_room(errno, place.directory.get(), std::nullopt) : "";
    throw Error{errno, "open", to.text, why};
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (to.is_memory && !has_holes(status)) Memory{to.text, draft.duplicate()}.reserve(0, size);
  check(::ftruncate(draft.fd(), status.st_size), "ftruncate", to.text);
  static_cast<void>(copy_data(from, draft.fd(), to, size, progress));
  // What was cut off before it was reached has left a hole.
  if (from.size() < size) fail({size, Transferred::End::input_ended, 0}, from, to, draft.fd());
  change_mode(draft.fd(), status.st_mode & 0777U, to.text);
  if (!draft.publish(to.replace ? Draft::Existing::replace : Draft::Existing::keep)) {
    throw ObjectError{errno, "link", to.text, errno == EEXIST ? "exists already (--force replaces it)" : ""};
  }
  return size;
}

}  // namespace ipctl::shm
