// ready: a newline and a datagram.
#include "io/ready.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl {
namespace {

// The protocol is one datagram; "@" at the front of the address means an abstract socket.
void notify_socket(std::string_view path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() < 2 || path.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, path.data(), path.size());
  if (path.front() == '@') address.sun_path[0] = '\0';
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
  const Fd fd{::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  constexpr std::string_view ready = "READY=1";
  if (fd)
    ::sendto(fd.get(), ready.data(), ready.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
             reinterpret_cast<const sockaddr*>(&address), length);
}

}  // namespace

void announce_ready(std::optional<int> fd) {
  if (fd) {
    if (const int code = write_all(*fd, "\n"); code != 0)
      throw Error{code, "write", "--ready-fd " + std::to_string(*fd)};
  }
  if (const char* const path = std::getenv("NOTIFY_SOCKET")) notify_socket(path);
}

}  // namespace ipctl
