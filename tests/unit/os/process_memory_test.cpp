// process_memory
#include "os/process_memory.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace ipctl {
namespace {

TEST(ProcessMemory, EndsAtWhatCannotBeRead) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  auto* const start =
      static_cast<char*>(::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(start, MAP_FAILED);
  std::memset(start, 'x', 2 * page);
  ASSERT_EQ(::mprotect(start + page, page, PROT_NONE), 0);
  const auto address = reinterpret_cast<std::uintptr_t>(start) + page - 6;
  EXPECT_EQ(read_array_of<std::uint32_t>(::getpid(), address, 100), (std::vector<std::uint32_t>{0x78787878}));
  EXPECT_EQ(read_string_of(::getpid(), address), "");  // without its end
  start[page - 1] = '\0';
  EXPECT_EQ(read_string_of(::getpid(), address), "xxxxx");
  ::munmap(start, 2 * page);
}

TEST(ProcessMemory, NothingOfNobody) {
  std::array<char, 8> data{};
  EXPECT_EQ(read_memory_of(::getpid(), 16, data), 0U);
  EXPECT_EQ(read_memory_of(0x7FFFFFFF, reinterpret_cast<std::uintptr_t>(data.data()), data), 0U);
}

}  // namespace
}  // namespace ipctl
