// Object: names of the enumerators.
#include "ipc/object.hpp"

#include <gtest/gtest.h>

namespace ipctl {
namespace {

TEST(Usage, Texts) {
  EXPECT_EQ(to_string(Usage::used), "used");
  EXPECT_EQ(to_string(Usage::unused), "unused");
  EXPECT_EQ(to_string(Usage::unknown), "unknown");
}

TEST(Object, KnowsNothingAtFirst) {
  const Object object;
  EXPECT_EQ(object.usage, Usage::unknown);
  EXPECT_EQ(object.uid, std::nullopt);
  EXPECT_EQ(object.mode, std::nullopt);
  EXPECT_EQ(object.inode, std::nullopt);
  EXPECT_TRUE(object.holders.empty());
}

}  // namespace
}  // namespace ipctl
