// sysv_shm: a segment that is attached, shmat(2), process_vm_readv(2).
#include <fmt/format.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>

#include "ipc/sysv_shm.hpp"
#include "ipc/sysv_shm_calls.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_shm {
namespace {

// There is no such call, or a filter forbids it.
bool is_unavailable(int code) {
  return code == ENOSYS || code == EPERM;
}

[[noreturn]] void refuse_attach(int code, const sysv::Found& segment, Access access) {
  if (is_gone(code)) fail_missing(segment.text);
  if (code == EACCES) {
    sysv::deny(inspect(segment, Holders::skip), segment, "shmat", access == Access::read ? "read" : "read and write");
  }
  if (code == ENOMEM)
    throw Error{code, "shmat", segment.text, "there is no room for it among this process's addresses"};
  throw Error{code, "shmat", segment.text};
}

}  // namespace

std::unique_ptr<Segment> Segment::attach(const sysv::Found& segment, Access access) {
  const bool is_reading = access == Access::read;
  void* const address = ::shmat(segment.id, nullptr, is_reading ? SHM_RDONLY : 0);
  const bool failed = reinterpret_cast<std::intptr_t>(address) == -1;
  trace::call(failed ? -1L : reinterpret_cast<long>(address), "shmat", "{}, NULL, {}", segment.id,
              is_reading ? "SHM_RDONLY" : "0");
  if (failed) refuse_attach(errno, segment, access);
  return std::unique_ptr<Segment>{new Segment{segment, static_cast<char*>(address)}};
}

// From now on the id cannot pass to another.
Segment::Segment(const sysv::Found& segment, char* address) : name_(segment.name), id_(segment.id), address_(address) {
  const auto status = status_of(id_);
  if (!status) {
    const int code = errno;
    ::shmdt(address_);
    throw Error{code, "shmctl", segment.text};
  }
  size_ = status->shm_segsz;
  key_ = status->shm_perm.__key;
  was_removed_ = (status->shm_perm.mode & SHM_DEST) != 0;
}

Segment::~Segment() {
  trace::call(::shmdt(address_), "shmdt", "{}", fmt::ptr(address_));
}

TransferEnd Segment::at(std::uint64_t offset) const {
  return in_memory({address_ + offset, size_ - offset});
}

// Not through the pointer: where no page can be had (huge ones, a swap that fails), that would raise SIGBUS.
std::size_t Segment::read(std::uint64_t offset, std::span<char> data) const {
  const std::uint64_t start = std::min(offset, size_);
  const std::span<char> into = data.first(std::min<std::uint64_t>(data.size(), size_ - start));
  for (std::size_t done = 0; done < into.size();) {
    const iovec to{into.data() + done, into.size() - done};
    const iovec from{address_ + start + done, into.size() - done};
    const ssize_t count = ::process_vm_readv(::getpid(), &to, 1, &from, 1, 0);
    if (count > 0) {
      done += static_cast<std::size_t>(count);
    } else if (is_unavailable(errno)) {
      std::copy_n(address_ + start, into.size(), into.data());
      break;
    } else {
      throw Error{errno, "process_vm_readv", name_, why_not(errno)};
    }
  }
  return into.size();
}

ssize_t Segment::write(std::uint64_t offset, std::string_view text) {
  const iovec from{const_cast<char*>(text.data()), text.size()};
  const iovec to{address_ + offset, text.size()};
  const ssize_t count = trace::call(::process_vm_writev(::getpid(), &from, 1, &to, 1, 0), "process_vm_writev",
                                    "{}, {{{}, {}}}, 1, {{{}, {}}}, 1, 0", ::getpid(), trace::quoted(text), text.size(),
                                    fmt::ptr(to.iov_base), text.size());
  if (count >= 0 || !is_unavailable(errno)) return count;
  std::copy(text.begin(), text.end(), address_ + offset);
  return static_cast<ssize_t>(text.size());
}

void Segment::grow(std::uint64_t /*size*/) {
  throw Error{Exit::failed, name_, "a segment's size is fixed when it is created"};
}

void Segment::require_alive() const {
  if (was_removed_) return;
  const auto status = status_of(id_, Trace::no);
  if (status && (status->shm_perm.mode & SHM_DEST) == 0) return;
  if (!status && !is_gone(errno)) return;  // it cannot be known
  throw Error{Exit::missing, name_, "was removed: who has it attached keeps the memory, nobody else finds it"};
}

std::string Segment::why_not(int code) const {
  if (code != EFAULT) return {};
  return "there is no memory to be had for a page of it: no huge page is free (grep Huge /proc/meminfo), or swap fails";
}

}  // namespace ipctl::sysv_shm
