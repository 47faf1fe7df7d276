// table: columns line up, raw cells stay one word, and no cell does anything to a terminal.
#include "io/table.hpp"

#include <gtest/gtest.h>

#include <random>

#include "os/text.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using Rows = std::vector<std::vector<std::string>>;

const std::vector<TableColumn> columns{{"NAME"}, {"SIZE", true}, {"LAST"}};

std::string table(const Rows& rows, TableStyle style = {}) {
  return format_table(columns, rows, style);
}

TEST(Table, ColumnsLineUp) {
  EXPECT_EQ(table({{"/a", "1", "x"}, {"/longer", "1000", "y"}}),
            "NAME    SIZE LAST\n"
            "/a         1 x\n"
            "/longer 1000 y\n");
  EXPECT_EQ(table({{"/a", "1", "x"}}, {.headings = false}), "/a 1 x\n");
}

TEST(Table, WidthIsWhatIsSeen) {
  EXPECT_EQ(table({{"/é", "1", "x"}, {"/ab", "2", "y"}}),
            "NAME SIZE LAST\n"
            "/é      1 x\n"
            "/ab     2 y\n");
}

TEST(Table, RawCellsAreWords) {
  EXPECT_EQ(table({{"/a b\tc", "1", "x"}}, {.raw = true}), "NAME SIZE LAST\n/a\\x20b\\x09c 1 x\n");
  EXPECT_EQ(table({{"/a b", "1", "x"}}, {.headings = false, .raw = true}), "/a\\x20b 1 x\n");
}

TEST(Table, NoCellDoesAnythingToATerminal) {
  for (const bool raw : {false, true}) {
    for (int byte = 1; byte < 256; ++byte) {
      const std::string text = table({{"/" + std::string(1, static_cast<char>(byte)) + "z", "1", "x"}}, {.raw = raw});
      EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << byte;
      for (const char each : text) EXPECT_TRUE(each == '\n' || static_cast<unsigned char>(each) >= 0x20) << byte;
      EXPECT_TRUE(is_utf8(text)) << byte;
    }
    EXPECT_EQ(table({{"/\xc2\x9b[0m", "1", "x"}}, {.raw = raw}).find("\xc2\x9b"), std::string::npos);
  }
}

TEST(Table, WholeCellsInANarrowTerminal) {
  const std::string name(300, 'x');
  EXPECT_NE(table({{name, "1", "y"}}).find(name), std::string::npos);
}

// Plain cells do not go through the library; nobody is to notice.
TEST(Table, PlainCellsLineUpAsTheLibraryDoesIt) {
  std::mt19937 random{7};
  const auto any = [&random](int most) {
    return static_cast<std::size_t>(std::uniform_int_distribution{1, most}(random));
  };
  for (int round = 0; round < 200; ++round) {
    Rows rows(any(5));
    for (auto& row : rows) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        std::string cell(any(8), '!');
        for (char& c : cell) c = static_cast<char>(std::uniform_int_distribution{0x21, 0x7e}(random));
        row.push_back(cell);
      }
    }
    for (const TableStyle style :
         {TableStyle{}, {.headings = false}, {.raw = true}, {.headings = false, .raw = true}}) {
      EXPECT_EQ(format_table(columns, rows, style), format_with_library(columns, rows, style));
    }
  }
  EXPECT_EQ(table({{"/ x", "1", "a b"}}), format_with_library(columns, {{"/ x", "1", "a b"}}, {}));
}

TEST(Table, WithoutRows) {
  EXPECT_EQ(table({}, {.headings = false}), "");
}

}  // namespace
}  // namespace ipctl
