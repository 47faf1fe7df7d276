// columns: values of an object, and as a person reads them.
#include "io/columns.hpp"

#include <gtest/gtest.h>

namespace ipctl {
namespace {

using namespace object_columns;

TEST(Columns, OfAnObjectOfWhichAllIsKnown) {
  Object object;
  object.name = "/q";
  object.uid = 0;
  object.gid = 0;
  object.mode = 0640;
  object.accessed = timespec{1, 0};
  object.modified = timespec{2, 0};
  object.changed = timespec{3, 4};
  object.inode = 17;
  object.usage = Usage::used;
  object.holders = {{4711, "sh", 3, Direction::both}, {4712, "cat", 0, std::nullopt}};
  const auto text = [&](const Column& column) { return text_of(column.get(object), false); };
  EXPECT_EQ(text(name), "/q");
  EXPECT_EQ(text(owner), "root");
  EXPECT_EQ(text(group), "root");
  EXPECT_EQ(text(mode), "0640");
  EXPECT_EQ(text(accessed), "1970-01-01T00:00:01.000000000Z");
  EXPECT_EQ(text(modified), "1970-01-01T00:00:02.000000000Z");
  EXPECT_EQ(text(changed), "1970-01-01T00:00:03.000000004Z");
  EXPECT_EQ(text(inode), "17");
  EXPECT_EQ(text(usage), "used");
  EXPECT_EQ(text(holders), "4711 sh (rw), 4712 cat (?)");
}

TEST(Columns, OfAnObjectOfWhichNothingIsKnown) {
  const Object object;
  for (const Column* column : {&owner, &group, &mode, &accessed, &modified, &changed, &inode}) {
    EXPECT_TRUE(std::holds_alternative<Unknown>(column->get(object))) << column->name;
    EXPECT_EQ(text_of(column->get(object), false), "-");
  }
  EXPECT_EQ(text_of(holders.get(object), false), "-");
  EXPECT_EQ(text_of(usage.get(object), false), "unknown");
}

TEST(Columns, BytesForPeople) {
  const auto text = [](std::uint64_t count) { return text_of(Bytes{count}, false); };
  EXPECT_EQ(text(0), "0B");
  EXPECT_EQ(text(1023), "1023B");
  EXPECT_EQ(text(1024), "1K");
  EXPECT_EQ(text(1536), "1.5K");
  EXPECT_EQ(text(8192), "8K");
  EXPECT_EQ(text(1048575), "1M") << "and not 1024K";
  EXPECT_EQ(text(1048576), "1M");
  EXPECT_EQ(text(1ULL << 40U), "1T");
  EXPECT_EQ(text(UINT64_MAX), "16E");
  EXPECT_EQ(text_of(Bytes{1536}, true), "1536");
  EXPECT_EQ(text_of(std::uint64_t{1536}, false), "1536");
}

TEST(Columns, WhoIsBlocked) {
  Object object;
  EXPECT_EQ(text_of(blocked.get(object), false), "-");
  object.waiters = {{4711, 4712, "sh", "msgrcv", "type 5"}, {9, 9, "a b", "msgsnd", "room for 7 bytes"}};
  EXPECT_EQ(text_of(blocked.get(object), false), "4711 sh (msgrcv: type 5), 9 a b (msgsnd: room for 7 bytes)");
}

TEST(Columns, Records) {
  const Value records =
      std::vector<Record>{{{"number", 0}, {"value", 32767}}, {{"number", 1}, {"value", std::nullopt}}};
  EXPECT_EQ(text_of(records, false), "number=0 value=32767, number=1 value=-");
  EXPECT_EQ(lines_of(records, false), (std::vector<std::string>{"number=0 value=32767", "number=1 value=-"}));
  const Value none = std::vector<Record>{};
  EXPECT_EQ(text_of(none, false), "-");
  EXPECT_EQ(lines_of(none, false), std::vector<std::string>{"-"});
  EXPECT_EQ(text_of(std::vector<Record>{{{"n", UINT64_MAX}}}, false), "n=18446744073709551615");
}

TEST(Columns, OneLineForAllElse) {
  Object object;
  object.holders = {{1, "one", 3, Direction::read}, {2, "two", 4, Direction::write}};
  object.waiters = {{1, 1, "one", "semop", "x"}, {2, 2, "two", "semop", "x"}};
  EXPECT_EQ(lines_of(holders.get(object), false), std::vector<std::string>{"1 one (r), 2 two (w)"});
  EXPECT_EQ(lines_of(blocked.get(object), false), std::vector<std::string>{"1 one (semop: x), 2 two (semop: x)"});
  EXPECT_EQ(lines_of(Bytes{2048}, false), std::vector<std::string>{"2K"});
  EXPECT_EQ(lines_of(Bytes{2048}, true), std::vector<std::string>{"2048"});
  EXPECT_EQ(lines_of(Unknown{}, false), std::vector<std::string>{"-"});
  EXPECT_EQ(lines_of(std::string("two\nlines\n"), false), std::vector<std::string>{"two\nlines\n"});
}

}  // namespace
}  // namespace ipctl
