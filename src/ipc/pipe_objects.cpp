// pipe_objects: anonymous pipes, by the addresses of their ends.
#include "ipc/pipe_objects.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ipc/pipe_search.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/open_elsewhere.hpp"
#include "os/pipe.hpp"
#include "os/text.hpp"

namespace ipctl::pipes {
namespace {

std::string link_of(const DescriptorAddress& address) {
  return fmt::format("/proc/{}/fd/{}", address.pid ? std::to_string(*address.pid) : "self", address.fd);
}

[[noreturn]] void refuse(int code, const DescriptorAddress& address) {
  const std::string text = address.text();
  if (!address.pid) throw Error{Exit::missing, text, "is not open: nothing was inherited as that descriptor"};
  const auto command = command_of(*address.pid);
  if (!command) throw Error{Exit::missing, text, "there is no such process"};
  if (code == ENOENT || code == ESRCH) {
    throw Error{Exit::missing, text,
                fmt::format("process {} ({}) has no such descriptor", *address.pid, printable(*command))};
  }
  if (code == EACCES || code == EPERM) {
    throw Error{code, "stat", text,
                fmt::format("not permitted to look at process {} ({}): it is another user's, or protected: run as root",
                            *address.pid, printable(*command))};
  }
  throw Error{code, "stat", text};
}

// The pipe as stat(2) shows it, named by the address.
PipeObject look(const DescriptorAddress& address) {
  const std::string path = link_of(address);
  struct stat status {};
  const auto target = read_link(AT_FDCWD, path);
  if (!target || ::stat(path.c_str(), &status) != 0) refuse(errno, address);
  if (!S_ISFIFO(status.st_mode)) {
    throw Error{Exit::failed, address.text(), fmt::format("is no pipe, but {}", printable(*target))};
  }
  if (!target->starts_with("pipe:[")) {
    throw Error{Exit::failed, address.text(),
                fmt::format("is a FIFO, {}: 'ipctl fifo stat' shows it", printable(*target))};
  }
  PipeObject object;
  object.mechanism = to_string(Kind::pipe);
  object.name = address.text();
  fill_status(object, status);
  return object;
}

}  // namespace

std::string_view to_string(Kind kind) {
  return kind == Kind::pipe ? "pipe" : "fifo";
}

DescriptorAddress checked_address(std::string_view text) {
  const auto address = parse_descriptor_address(text);
  if (address) return *address;
  throw UsageError(
      fmt::format("'{}' is no address of a descriptor: PID:FD, or fd:N for an inherited one", printable(text)));
}

PipeObject inspect(const DescriptorAddress& address) {
  PipeObject object = look(address);
  if (!address.pid) set_contents(object, address.fd);
  PipeSearch search{Kind::pipe, Scope::expected};
  search.expect(std::move(object));
  search.find_all();
  return std::move(search.take().front());
}

std::vector<PipeObject> list(Detail detail) {
  PipeSearch search{Kind::pipe, Scope::all};
  if (detail == Detail::all) search.find_all();
  else search.find_ends();
  return search.take();
}

std::uint64_t bytes_lost_with(const DescriptorAddress& address) {
  if (!address.pid) return 0;
  PipeSearch search{Kind::pipe, Scope::expected};
  search.expect(look(address));
  search.find_ends();
  search.find_contents();
  const PipeObject object = std::move(search.take().front());
  for (const Holder& holder : object.holders) {
    if (holder.pid != *address.pid) return 0;
  }
  return object.bytes.value_or(0);
}

}  // namespace ipctl::pipes
