// users
#include "os/users.hpp"

#include <grp.h>
#include <gtest/gtest.h>
#include <pwd.h>

namespace ipctl {
namespace {

using namespace std::string_view_literals;

constexpr unsigned unused_id = 3999999998;

TEST(Users, NamesOfIds) {
  EXPECT_EQ(user_name(0), "root");
  EXPECT_EQ(group_name(0), "root");
  EXPECT_EQ(user_name(0), "root");  // remembered
  EXPECT_EQ(user_name(1), "daemon");
  EXPECT_EQ(group_name(5), "tty");  // fixed by Debian's base-passwd
}

TEST(Users, NumberWhereThereIsNoName) {
  ASSERT_EQ(::getpwuid(unused_id), nullptr);
  ASSERT_EQ(::getgrgid(unused_id), nullptr);
  EXPECT_EQ(user_name(unused_id), "3999999998");
  EXPECT_EQ(group_name(unused_id), "3999999998");
}

TEST(Users, IdsOfNames) {
  EXPECT_EQ(user_id("root"), 0U);
  EXPECT_EQ(user_id("nobody"), 65534U);
  EXPECT_EQ(group_id("root"), 0U);
  EXPECT_EQ(group_id("tty"), 5U);
}

TEST(Users, NumbersNeedNoEntry) {
  EXPECT_EQ(user_id("0"), 0U);
  EXPECT_EQ(user_id("3999999998"), unused_id);
  EXPECT_EQ(group_id("3999999998"), unused_id);
  EXPECT_EQ(user_id("4294967294"), 4294967294U);
}

TEST(Users, RefusesWhatIsNoUser) {
  for (const std::string_view bad : {""sv, "no-such-user"sv, "root\0x"sv, " root"sv, "-1"sv, "+1"sv, "0x10"sv,
                                     "4294967295"sv, "4294967296"sv, "99999999999999999999999"sv}) {
    EXPECT_EQ(user_id(bad), std::nullopt) << bad;
    EXPECT_EQ(group_id(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace ipctl
