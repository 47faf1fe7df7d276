// fifo_objects: FIFOs, by their paths, in directories, and by those who have them open.
#include <fcntl.h>
#include <fmt/format.h>
#include <fts.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <memory>

#include "ipc/pipe_objects.hpp"
#include "ipc/pipe_search.hpp"
#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl::pipes {
namespace {

PipeObject fifo_of(std::string path, const struct stat& status) {
  PipeObject object;
  object.kind = Kind::fifo;
  object.mechanism = to_string(Kind::fifo);
  object.name = std::move(path);
  object.linked = status.st_nlink > 0;
  fill_status(object, status);
  return object;
}

struct CloseTree {
  void operator()(FTS* tree) const noexcept { ::fts_close(tree); }
};

[[noreturn]] void refuse_directory(int code, const std::string& path) {
  const bool denied = code == EACCES || code == EPERM;
  throw ObjectError{code, "opendir", path, denied ? "permission to read this directory denied" : ""};
}

void add_entry(const FTSENT& entry, int wanted_level, const std::string& asked, PipeSearch& search,
               std::uint64_t& unread) {
  switch (entry.fts_info) {
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
      if (entry.fts_level == FTS_ROOTLEVEL) refuse_directory(entry.fts_errno, asked);
      ++unread;
      break;
    case FTS_DEFAULT:
      if (entry.fts_level >= wanted_level && S_ISFIFO(entry.fts_statp->st_mode)) {
        search.expect(fifo_of(entry.fts_path, *entry.fts_statp));
      }
      break;
    default: break;
  }
}

// Names are those that the kernel shows of open files, without symbolic links.
void find_in(const std::string& directory, Depth depth, PipeSearch& search, std::uint64_t& unread) {
  const std::unique_ptr<char, void (*)(void*)> real{::realpath(directory.c_str(), nullptr), std::free};
  if (!real) refuse_directory(errno, directory);
  struct stat status {};
  if (::stat(real.get(), &status) != 0) refuse_directory(errno, directory);
  if (!S_ISDIR(status.st_mode)) {
    throw Error{
        Exit::failed, directory,
        fmt::format("is {}: ls takes directories", S_ISFIFO(status.st_mode) ? "a FIFO" : kind_of_file(status.st_mode))};
  }
  char* const roots[] = {real.get(), nullptr};
  const std::unique_ptr<FTS, CloseTree> tree{::fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, nullptr)};
  if (!tree) refuse_directory(errno, directory);
  while (FTSENT* const entry = ::fts_read(tree.get())) {
    add_entry(*entry, FTS_ROOTLEVEL + 1, directory, search, unread);
    const bool is_below = entry->fts_info == FTS_D && entry->fts_level > FTS_ROOTLEVEL;
    if (is_below && depth == Depth::directory) ::fts_set(tree.get(), entry, FTS_SKIP);
  }
}

}  // namespace

PipeObject inspect_fifo(const std::string& path) {
  const Fd file{::open(path.c_str(), O_PATH | O_CLOEXEC)};  // which opens no end of it, open(2)
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    throw ObjectError{errno, "open", path, errno == ENOENT ? "no such FIFO (ipctl fifo ls lists those in use)" : ""};
  }
  if (!S_ISFIFO(status.st_mode)) {
    throw Error{Exit::failed, path, fmt::format("is no FIFO, but {}", kind_of_file(status.st_mode))};
  }
  PipeSearch search{Kind::fifo, Scope::expected};
  search.expect(fifo_of(path, status));
  search.find_all();
  return std::move(search.take().front());
}

FifoList list_fifos(const std::vector<std::string>& directories, Depth depth) {
  FifoList out;
  PipeSearch search{Kind::fifo, Scope::all};
  for (const std::string& directory : directories) find_in(directory, depth, search, out.unread_directories);
  search.find_all();
  out.fifos = search.take();
  return out;
}

}  // namespace ipctl::pipes
