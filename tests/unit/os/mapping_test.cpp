// Mapping
#include "os/mapping.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "os/error.hpp"
#include "os/fd.hpp"
#include "support.hpp"

namespace ipctl {
namespace {

constexpr std::size_t size = 10000;

Fd make_memory() {
  Fd fd{::memfd_create("mapping_test", MFD_CLOEXEC)};
  EXPECT_EQ(::ftruncate(fd.get(), size), 0);
  return fd;
}

bool is_mapped(const void* address) {
  unsigned char resident = 0;
  const auto page = reinterpret_cast<std::uintptr_t>(address) & ~std::uintptr_t{4095};
  return ::mincore(reinterpret_cast<void*>(page), 1, &resident) == 0;
}

TEST(Mapping, SharesTheFile) {
  const Fd fd = make_memory();
  const Mapping mapping{fd.get(), size, PROT_READ | PROT_WRITE, MAP_SHARED, "/m"};
  ASSERT_EQ(mapping.bytes().size(), size);
  std::memcpy(mapping.bytes().data() + size - 3, "end", 3);
  std::array<char, 3> text{};
  ASSERT_EQ(::pread(fd.get(), text.data(), text.size(), size - 3), 3);
  EXPECT_EQ(std::memcmp(text.data(), "end", 3), 0);
}

TEST(Mapping, MoveHandsOver) {
  const Fd fd = make_memory();
  Mapping first{fd.get(), size, PROT_READ, MAP_SHARED, "/m"};
  const char* const data = first.bytes().data();
  Mapping second{std::move(first)};
  EXPECT_TRUE(first.bytes().empty());
  EXPECT_EQ(second.bytes().data(), data);
  Mapping third;
  EXPECT_TRUE(third.bytes().empty());
  third = std::move(second);
  EXPECT_EQ(third.bytes().data(), data);
  EXPECT_TRUE(is_mapped(data));
}

TEST(Mapping, UnmapsAtTheEnd) {
  const Fd fd = make_memory();
  const char* data = nullptr;
  {
    const Mapping mapping{fd.get(), size, PROT_READ, MAP_SHARED, "/m"};
    data = mapping.bytes().data();
    EXPECT_TRUE(is_mapped(data));
  }
  EXPECT_FALSE(is_mapped(data));
}

void expect_failure(int fd, std::size_t bytes, int protection, int code) {
  try {
    const Mapping mapping{fd, bytes, protection, MAP_SHARED, "/m"};
    FAIL() << "did not throw";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    EXPECT_EQ(error.object(), "/m");
    EXPECT_EQ(error.what(), std::string{"/m: mmap: "} + std::strerror(code));
  }
}

TEST(Mapping, ThrowsErrno) {
  expect_failure(-1, size, PROT_READ, EBADF);
  const Fd fd = make_memory();
  expect_failure(fd.get(), 0, PROT_READ, EINVAL);
  const Fd null{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  expect_failure(null.get(), size, PROT_READ, ENODEV);
  const test::TemporaryDirectory directory;
  const Fd file{::open(directory.file("f", "text").c_str(), O_RDONLY | O_CLOEXEC)};
  expect_failure(file.get(), 4, PROT_READ | PROT_WRITE, EACCES);
}

}  // namespace
}  // namespace ipctl
