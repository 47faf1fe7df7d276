// Mapping: mmap(2) that throws.
#include "os/mapping.hpp"

#include "os/error.hpp"

namespace ipctl {

Mapping::Mapping(int fd, std::size_t size, int protection, int flags, std::string_view object) : size_(size) {
  void* const data = ::mmap(nullptr, size, protection, flags, fd, 0);
  if (data == MAP_FAILED) throw Error{errno, "mmap", object};
  data_ = data;
}

}  // namespace ipctl
