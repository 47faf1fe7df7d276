// open_elsewhere: one packet from the child, with the descriptor or with the failure in words.
#include "os/open_elsewhere.hpp"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "os/error.hpp"
#include "os/namespace.hpp"

namespace ipctl {
namespace {

enum class Kind { opened, error, usage };

struct Packet {
  Kind kind;
  Exit status;
  std::size_t length;
  std::array<char, 4096> text;  // the failure, cut where it is longer
};

// Of one descriptor.
union Control {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

void send(int socket, const Packet& packet, int fd) {
  iovec piece{const_cast<Packet*>(&packet), sizeof packet};
  Control control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  if (fd >= 0) {
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
    control.header = {.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    std::memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  }
  static_cast<void>(::sendmsg(socket, &message, MSG_NOSIGNAL));  // a lost packet is an error there
}

Packet failure(Kind kind, const std::exception& error, Exit status = Exit::failed) {
  Packet packet{.kind = kind, .status = status, .length = 0, .text = {}};
  const std::string_view text = error.what();
  packet.length = std::min(text.size(), packet.text.size());
  std::copy_n(text.begin(), packet.length, packet.text.begin());
  return packet;
}

[[noreturn]] void serve(int socket, const std::string& where, const std::function<Fd()>& open) {
  try {
    const IpcNamespace there{where};
    const Fd fd = open();
    send(socket, {.kind = Kind::opened, .status = Exit::ok, .length = 0, .text = {}}, fd.get());
  } catch (const Error& error) {
    send(socket, failure(Kind::error, error, error.status()), -1);
  } catch (const UsageError& error) {
    send(socket, failure(Kind::usage, error), -1);
  } catch (const std::exception& error) {
    send(socket, failure(Kind::error, error), -1);
  }
  std::_Exit(0);
}

Fd receive(int socket) {
  Packet packet;
  iovec piece{&packet, sizeof packet};
  Control control{};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = &control;
  message.msg_controllen = sizeof control;
  ssize_t size = -1;
  do {
    size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof packet) throw Error{Exit::failed, {}, "the process that entered the namespace ended"};
  const std::string text(packet.text.data(), packet.length);
  if (packet.kind == Kind::usage) throw UsageError(text);
  if (packet.kind == Kind::error) throw Error{packet.status, {}, text};
  int fd = -1;
  if (message.msg_controllen > 0) std::memcpy(&fd, CMSG_DATA(&control.header), sizeof fd);
  if (fd < 0) throw Error{EMFILE, "recvmsg", {}, "too many open descriptors (RLIMIT_NOFILE; ulimit -n)"};
  return Fd{fd};
}

struct Reaper {
  pid_t child;
  ~Reaper() {
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

}  // namespace

Fd open_elsewhere(const std::string& where, const std::function<Fd()>& open) {
  if (where.empty()) return open();
  std::array<int, 2> ends{};
  check(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), "socketpair");
  const Fd ours{ends[0]};
  Fd theirs{ends[1]};
  const pid_t child = check(::fork(), "fork");
  if (child == 0) serve(theirs.get(), where, open);
  theirs.reset();
  const Reaper reaper{child};
  return receive(ours.get());
}

}  // namespace ipctl
