// process_memory: page by page, since a call that meets one that cannot be read may give nothing of those before.
#include "os/process_memory.hpp"

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <climits>
#include <string_view>

namespace ipctl {

std::size_t read_memory_of(pid_t pid, std::uint64_t address, std::span<char> data) {
  constexpr std::uint64_t page = 4096;  // the smallest there is
  std::size_t filled = 0;
  while (filled < data.size()) {
    const std::uint64_t here = address + filled;
    const std::size_t size = std::min<std::size_t>(page - here % page, data.size() - filled);
    const iovec ours{data.data() + filled, size};
    // NOLINTNEXTLINE(performance-no-int-to-ptr): an address of another process
    const iovec theirs{reinterpret_cast<void*>(static_cast<std::uintptr_t>(here)), size};
    const ssize_t count = ::process_vm_readv(pid, &ours, 1, &theirs, 1, 0);
    if (count <= 0) break;
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

std::string read_string_of(pid_t pid, std::uint64_t address) {
  std::array<char, PATH_MAX> text{};
  const std::string_view read{text.data(), read_memory_of(pid, address, text)};
  const std::size_t length = read.find('\0');
  return length == std::string_view::npos ? std::string{} : std::string(read.substr(0, length));
}

}  // namespace ipctl
