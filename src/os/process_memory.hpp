// process_memory: memory of other processes, process_vm_readv(2).
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace ipctl {

/// Reads from `address` in process `pid` until `data` is full, or up to the first page that cannot be read. Returns how
/// many bytes: 0 where it is gone or may not be traced, ptrace(2).
[[nodiscard]] std::size_t read_memory_of(pid_t pid, std::uint64_t address, std::span<char> data);

/// The same for an array of `count` items that the process gave to the kernel; shorter where not all can be read.
template <class Item>
std::vector<Item> read_array_of(pid_t pid, std::uint64_t address, std::size_t count) {
  std::vector<Item> items(count);
  const std::span<Item> all{items};
  const std::size_t size = read_memory_of(pid, address, {reinterpret_cast<char*>(all.data()), all.size_bytes()});
  items.resize(size / sizeof(Item));
  return items;
}

/// A string there, up to its NUL; empty where it cannot be read.
[[nodiscard]] std::string read_string_of(pid_t pid, std::uint64_t address);

}  // namespace ipctl
