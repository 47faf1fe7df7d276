// Region: memory that processes share, as bytes at offsets; what the one way to read and the one way to write it use.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "os/transfer.hpp"

namespace ipctl {

class Region {
 public:
  Region() = default;
  virtual ~Region() = default;
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

  [[nodiscard]] virtual std::string_view mechanism() const = 0;
  /// As users name it.
  [[nodiscard]] virtual const std::string& name() const = 0;
  /// The memory from `offset`, at most its size, on: what transfer() takes.
  [[nodiscard]] virtual TransferEnd at(std::uint64_t offset) const = 0;
  /// Bytes read at `offset`: fewer than `data` has only where the memory ends. Throws Error.
  [[nodiscard]] virtual std::size_t read(std::uint64_t offset, std::span<char> data) const = 0;
  /// As pwrite(2).
  [[nodiscard]] virtual ssize_t write(std::uint64_t offset, std::string_view text) = 0;
  /// Bytes, now.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Makes it `size` bytes, which is more than it has; the memory is reserved. Throws Error.
  virtual void grow(std::uint64_t size) = 0;
  /// The address of the aligned 32-bit word at `offset`, which lies within the size, for futex(2): good for as long as
  /// this object lives, until the next call. Whoever looks through it risks SIGBUS. Throws Error.
  [[nodiscard]] virtual const void* futex_word(std::uint64_t offset) = 0;
  /// Throws Error (missing) once it was removed, where that can be known and ends its use.
  virtual void require_alive() const {}
  /// Why reading or writing failed with `code`, and what to do; empty where the error says it all.
  [[nodiscard]] virtual std::string why_not(int code) const = 0;
};

}  // namespace ipctl
