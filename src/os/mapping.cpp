// Mapping: mmap(2) that throws.
#include "os/mapping.hpp"

#include "os/error.hpp"

namespace ipctl {

Mapping::Mapping(int fd, std::size_t size, int protection, int flags, std::string_view object, std::uint64_t offset)
    : size_(size) {
  void* const data = ::mmap(nullptr, size, protection, flags, fd, static_cast<off_t>(offset));
  if (data == MAP_FAILED) throw Error{errno, "mmap", object};
  data_ = data;
}

}  // namespace ipctl
