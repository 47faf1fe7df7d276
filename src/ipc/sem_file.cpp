// sem_file: addresses of semaphores, and the files behind them.
#include "ipc/sem_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "ipc/posix_name.hpp"
#include "ipc/shm.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl::sem {
namespace {

// The number after the last "+", where there is one: "64", "0x40".
std::optional<std::uint64_t> offset_of(std::string_view& text) {
  const std::size_t plus = text.rfind('+');
  if (plus == std::string_view::npos) return std::nullopt;
  std::string_view number = text.substr(plus + 1);
  const bool is_hexadecimal = number.starts_with("0x");
  if (is_hexadecimal) number.remove_prefix(2);
  const auto offset = to_number(number, is_hexadecimal ? 16 : 10);
  if (offset) text = text.substr(0, plus);
  return offset;
}

[[noreturn]] void deny_named(const shm::Directory& directory, const std::string& name) {
  Object object;
  object.name = name;
  struct stat status {};
  if (::fstatat(directory.fd(), directory.entry(file_of(name)).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    fill_status(object, status);
  }
  deny(object, "sem_open", "read and write");
}

}  // namespace

std::string canonical_name(std::string_view name) {
  constexpr std::size_t longest = 251;  // NAME_MAX less "sem."
  return posix_name(name, {.what = "the name of a semaphore", .longest = longest, .many_slashes = true, .dots = true});
}

Address parse_address(std::string_view text) {
  constexpr std::string_view memory = "shm:";
  constexpr std::string_view file = "file:";
  Address address{.kind = Address::Kind::memory, .text = std::string(text), .path = {}};
  std::string_view rest = text;
  if (text.starts_with(memory)) {
    rest.remove_prefix(memory.size());
    address.offset = offset_of(rest).value_or(0);
    address.memory = {.text = shm::canonical_name(rest), .pid = {}};
  } else if (text.starts_with(file)) {
    rest.remove_prefix(file.size());
    address.kind = Address::Kind::file;
    address.offset = offset_of(rest).value_or(0);
    if (rest.empty()) throw UsageError(fmt::format("'{}': after file: stands a path", printable(text)));
    address.path = rest;
  } else {
    const auto offset =
        text.starts_with('/') || text.find(':') == std::string_view::npos ? std::nullopt : offset_of(rest);
    const bool is_descriptor = !rest.starts_with('/') && rest.find(':') != std::string_view::npos;
    if (is_descriptor) address.memory = shm::parse_reference(rest);
    if (!is_descriptor || address.memory.is_name()) {
      return {.kind = Address::Kind::name, .text = canonical_name(text), .path = {}};
    }
    address.offset = offset.value_or(0);
  }
  constexpr std::uint64_t most = 1ULL << 62U;
  if (address.offset > most) throw UsageError(fmt::format("'{}': no file is so long", printable(text)));
  if (address.offset % alignment != 0) {
    throw UsageError(
        fmt::format("'{}': a semaphore is at an offset that is a multiple of {}", printable(text), alignment));
  }
  return address;
}

std::string file_of(const std::string& name) {
  return "sem." + name.substr(1);
}

// The semaphore's 32 bytes; fewer where there are no more.
std::string read_bytes(int fd, std::uint64_t offset) {
  std::array<char, size> bytes{};
  const ssize_t count = ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
  return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
}

void require_room(int fd, const Address& address) {
  struct stat status {};
  check(::fstat(fd, &status), "fstat", address.text);
  const auto bytes = static_cast<std::uint64_t>(status.st_size);
  if (address.offset <= bytes && size <= bytes - address.offset) return;
  throw Error{Exit::failed, address.text,
              fmt::format("a semaphore's {} bytes at offset {} are beyond the end: there are {} bytes", size,
                          address.offset, bytes)};
}

Fd open_named(const shm::Directory& directory, const std::string& name, int flags) {
  return Fd{
      ::openat(directory.fd(), directory.entry(file_of(name)).c_str(), flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)};
}

// Opens the file that a semaphore is in.
Fd open_file(const shm::Directory& directory, const Address& address, int flags) {
  if (address.kind == Address::Kind::memory) {
    const shm::Access access = flags == O_RDONLY ? shm::Access::read : shm::Access::write;
    return shm::Memory::open(directory, address.memory, access).into_fd();
  }
  if (address.kind == Address::Kind::name) {
    Fd fd = open_named(directory, address.text, flags);
    if (fd) return fd;
    const int code = errno;
    if (code == ENOENT) throw ObjectError{code, "sem_open", address.text, missing_hint};
    if (code == EACCES) deny_named(directory, address.text);
    throw Error{code, "sem_open", address.text, code == ELOOP ? no_semaphore : ""};
  }
  Fd fd{::open(address.path.c_str(), flags | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)};
  if (!fd) throw ObjectError{errno, "open", address.text};
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", address.text);
  if (!S_ISREG(status.st_mode)) throw Error{Exit::failed, address.text, "is no regular file"};
  return fd;
}

}  // namespace ipctl::sem
