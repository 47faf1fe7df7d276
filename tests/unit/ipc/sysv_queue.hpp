// What the tests of System V queues share: a queue made, filled and emptied through the plain API.
#pragma once

#include <sys/ipc.h>
#include <sys/msg.h>

#include "ipc/sysv_mq.hpp"
#include "support.hpp"

namespace ipctl::test {

/// A new queue; it ends with the test's IPC namespace. Its mode is exact.
inline sysv::Found make_sysv_queue(mode_t mode = 0600, key_t key = IPC_PRIVATE) {
  const int id = ::msgget(key, IPC_CREAT | IPC_EXCL | static_cast<int>(mode));
  EXPECT_GE(id, 0) << std::strerror(errno);
  return {id, std::to_string(id), std::to_string(id)};
}

inline bool put(const sysv::Found& queue, long type, std::string_view text) {
  std::vector<char> bytes(sizeof type + text.size());
  std::memcpy(bytes.data(), &type, sizeof type);
  std::copy(text.begin(), text.end(), bytes.begin() + sizeof type);
  return ::msgsnd(queue.id, bytes.data(), text.size(), IPC_NOWAIT) == 0;
}

using Typed = std::pair<long, std::string>;

/// nullopt with errno set, ENOMSG where there is none.
inline std::optional<Typed> take(const sysv::Found& queue, long type = 0, int flags = 0) {
  std::vector<char> bytes(sizeof type + 65536);
  const ssize_t size = ::msgrcv(queue.id, bytes.data(), 65536, type, IPC_NOWAIT | flags);
  if (size < 0) return std::nullopt;
  Typed taken;
  std::memcpy(&taken.first, bytes.data(), sizeof taken.first);
  taken.second.assign(bytes.data() + sizeof type, static_cast<std::size_t>(size));
  return taken;
}

inline std::vector<Typed> take_all(const sysv::Found& queue) {
  std::vector<Typed> all;
  while (auto one = take(queue)) all.push_back(*std::move(one));
  EXPECT_EQ(errno, ENOMSG);
  return all;
}

inline msqid_ds status_of(const sysv::Found& queue) {
  msqid_ds status{};
  EXPECT_EQ(::msgctl(queue.id, IPC_STAT, &status), 0) << std::strerror(errno);
  return status;
}

inline std::uint64_t count(const sysv::Found& queue) {
  return status_of(queue).msg_qnum;
}

inline void set_capacity(const sysv::Found& queue, std::uint64_t bytes) {
  msqid_ds status = status_of(queue);
  status.msg_qbytes = bytes;
  EXPECT_EQ(::msgctl(queue.id, IPC_SET, &status), 0) << std::strerror(errno);
}

/// Sets a limit of this IPC namespace; false where that is not allowed.
inline bool set_limit(const char* name, const std::string& value) {
  const Fd file{::open((std::string("/proc/sys/kernel/") + name).c_str(), O_WRONLY | O_CLOEXEC)};
  return ::write(file.get(), value.data(), value.size()) == static_cast<ssize_t>(value.size());
}

}  // namespace ipctl::test
