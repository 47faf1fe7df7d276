// suggest: which known word is near.
#include "cli/suggest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace ipctl {
namespace {

constexpr std::string_view words[] = {"create", "ls", "listen", "recv", "rm", "send", "stat"};

TEST(Suggest, OneMistake) {
  EXPECT_EQ(nearest("creat", words), "create");    // left out
  EXPECT_EQ(nearest("creaate", words), "create");  // inserted
  EXPECT_EQ(nearest("createx", words), "create");
  EXPECT_EQ(nearest("crwate", words), "create");  // changed
  EXPECT_EQ(nearest("sned", words), "send");      // swapped
  EXPECT_EQ(nearest("sl", words), "ls");
  EXPECT_EQ(nearest("lss", words), "ls");
  constexpr std::string_view one[] = {"mq"};
  EXPECT_EQ(nearest("mk", one), "mq");
}

TEST(Suggest, ATooDistantWordIsNotNear) {
  EXPECT_EQ(nearest("destroy", words), "");
  EXPECT_EQ(nearest("xx", words), "");
  EXPECT_EQ(nearest("sedn!", words), "");  // two mistakes in five letters
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest("l", words), "");
  EXPECT_EQ(nearest("create", {}), "");
  EXPECT_EQ(nearest(std::string(100000, 'l'), words), "");
}

TEST(Suggest, AThirdOfTheLettersMayDiffer) {
  EXPECT_EQ(nearest("kreata", words), "create");  // 2 of 6
  EXPECT_EQ(nearest("kraata", words), "");        // 3 of 6
}

TEST(Suggest, TheNearestWinsThenTheFirst) {
  constexpr std::string_view close[] = {"count", "mount", "mounts"};
  EXPECT_EQ(nearest("mounts", close), "mounts");
  EXPECT_EQ(nearest("xount", close), "count");
}

}  // namespace
}  // namespace ipctl
