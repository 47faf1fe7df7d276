// Region: memory that processes share, as bytes at offsets; what the one way to read and the one way to write it use.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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
  /// A descriptor that pread(2) and pwrite(2) take, and that ends where the memory ends.
  [[nodiscard]] virtual int fd() const = 0;
  /// Bytes, now.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  /// Makes it `size` bytes, which is more than it has; the memory is reserved. Throws Error.
  virtual void grow(std::uint64_t size) = 0;
  /// Why writing failed with `code`, and what to do; empty where the error says it all.
  [[nodiscard]] virtual std::string why_not(int code) const = 0;
};

}  // namespace ipctl
