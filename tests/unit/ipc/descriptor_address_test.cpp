// DescriptorAddress: what is one, and what is not.
#include "ipc/descriptor_address.hpp"

#include <gtest/gtest.h>

namespace ipctl {
namespace {

TEST(DescriptorAddress, IsTwoNumbersOrFdAndOne) {
  const auto of_process = parse_descriptor_address("1234:3");
  ASSERT_TRUE(of_process);
  EXPECT_EQ(of_process->pid, 1234);
  EXPECT_EQ(of_process->fd, 3);
  EXPECT_EQ(of_process->text(), "1234:3");
  const auto inherited = parse_descriptor_address("fd:0");
  ASSERT_TRUE(inherited);
  EXPECT_EQ(inherited->pid, std::nullopt);
  EXPECT_EQ(inherited->text(), "fd:0");
}

TEST(DescriptorAddress, IsNothingElse) {
  for (const char* const text : {"", ":", "3", "fd", "fd:", ":3", "1:", "0:3", "-1:3", "1:-3", "1:2:3", "fd:x", "x:1",
                                 "1: 3", "2147483648:1", "1:2147483648", "FD:1"}) {
    EXPECT_FALSE(parse_descriptor_address(text)) << text;
  }
}

}  // namespace
}  // namespace ipctl
