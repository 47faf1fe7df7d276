// Mapping: owns one memory mapping, mmap(2).
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace ipctl {

class Mapping {
 public:
  Mapping() noexcept = default;
  /// Maps `size` bytes (> 0) of `fd` from `offset` on, a multiple of the page size. protection, flags: as mmap(2).
  /// Throws Error naming `object`.
  Mapping(int fd, std::size_t size, int protection, int flags, std::string_view object, std::uint64_t offset = 0);
  Mapping(Mapping&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (data_ != nullptr) ::munmap(data_, size_);
  }

  [[nodiscard]] std::span<char> bytes() const noexcept { return {static_cast<char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace ipctl
