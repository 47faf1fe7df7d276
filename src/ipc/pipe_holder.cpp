// pipe_holder: a pipe and its holder.
#include "ipc/pipe_holder.hpp"

#include <fcntl.h>

#include "ipc/pipe_objects.hpp"
#include "os/error.hpp"
#include "os/holder.hpp"
#include "os/pipe.hpp"

namespace ipctl::pipes {

DescriptorAddress create_held(const NewPipe& wanted) {
  Fd owner;
  if (!wanted.stays) owner = wanted.owner ? watched_process(*wanted.owner) : asking_process();
  PipeEnds ends = make_pipe(wanted.packets ? O_DIRECT : 0);
  if (wanted.capacity) set_pipe_capacity(ends.read.get(), *wanted.capacity, "--capacity");
  std::vector<Fd> fds;
  fds.push_back(std::move(ends.read));
  fds.push_back(std::move(ends.write));
  const Held held = start_holder(fds, to_string(Kind::pipe), owner);
  return {held.pid, held.first};
}

std::uint64_t remove_held(const DescriptorAddress& address) {
  const std::string text = address.text();
  if (!address.pid) {
    throw Error{Exit::failed, text,
                "was opened by who started ipctl: close it there; rm takes PID:FD of 'pipe create'"};
  }
  const HolderProcess holder{*address.pid, to_string(Kind::pipe), text};
  const std::uint64_t lost = bytes_lost_with(address);
  holder.end(text);
  return lost;
}

}  // namespace ipctl::pipes
