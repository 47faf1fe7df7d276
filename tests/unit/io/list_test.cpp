// list: which columns and objects are shown, as a table, as blocks and as JSON.
#include "io/list.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/codec.hpp"
#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using nlohmann::json;

Value size_of(const Object& object) {
  return object.inode ? Value{Bytes{*object.inode}} : Value{Unknown{}};
}

constexpr Column columns[] = {object_columns::name,    {"SIZE", "bytes", size_of, true, true},
                              object_columns::mode,    object_columns::modified,
                              object_columns::holders, object_columns::usage};

std::vector<Object> objects() {
  std::vector<Object> list(2);
  list[0].mechanism = list[1].mechanism = "mq";
  list[0].name = "/jobs";
  list[0].inode = 2048;
  list[0].mode = 0600;
  list[0].modified = timespec{1769860800, 5};
  list[0].holders = {{4711, "worker", 3, Direction::read}};
  list[0].usage = Usage::used;
  list[1].name = "/a\x1b b";
  return list;
}

std::string shown(const ListOptions& options, Layout layout = Layout::table, bool as_json = false,
                  const std::vector<Object>& list = objects()) {
  Output output;
  output.json = as_json;
  testing::internal::CaptureStdout();
  try {
    print_objects(options, columns, layout, list, output);
  } catch (...) {
    static_cast<void>(testing::internal::GetCapturedStdout());
    throw;
  }
  return testing::internal::GetCapturedStdout();
}

ListOptions with_columns(std::string text) {
  ListOptions options;
  options.columns = std::move(text);
  return options;
}

ListOptions with_filters(std::vector<std::string> filters) {
  ListOptions options = with_columns("NAME");
  options.filters = std::move(filters);
  options.no_headings = true;
  return options;
}

std::vector<std::string_view> names(const std::vector<const Column*>& list) {
  std::vector<std::string_view> out;
  for (const Column* column : list) out.push_back(column->name);
  return out;
}

using Names = std::vector<std::string_view>;

TEST(ChosenColumns, DefaultsGivenAndAdded) {
  EXPECT_EQ(names(chosen_columns({}, columns, Layout::table)), (Names{"NAME", "SIZE", "MODE"}));
  EXPECT_EQ(names(chosen_columns({}, columns, Layout::blocks)).size(), std::size(columns));
  EXPECT_EQ(names(chosen_columns(with_columns("mode,NAME"), columns, Layout::table)), (Names{"MODE", "NAME"}));
  EXPECT_EQ(names(chosen_columns(with_columns("+USAGE,mtime"), columns, Layout::table)),
            (Names{"NAME", "SIZE", "MODE", "USAGE", "MTIME"}));
  EXPECT_EQ(names(chosen_columns(with_columns("NAME,NAME,name"), columns, Layout::table)), Names{"NAME"});
  EXPECT_EQ(names(chosen_columns(with_columns("+MODE"), columns, Layout::table)), (Names{"NAME", "SIZE", "MODE"}));
}

TEST(ChosenColumns, Refusals) {
  for (const char* text : {"NOPE", "NAME,,MODE", "NAME,", ",", "+x", "NAME MODE"}) {
    EXPECT_THROW(static_cast<void>(chosen_columns(with_columns(text), columns, Layout::table)), UsageError) << text;
  }
  try {
    static_cast<void>(chosen_columns(with_columns("N\x1b"), columns, Layout::table));
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "'N\\x1b' is no column; there are: NAME, SIZE, MODE, MTIME, HOLDERS, USAGE");
  }
}

TEST(NeedsHolders, OnlyWhereTheyAreShownOrAsked) {
  const Output plain;
  Output as_json;
  as_json.json = true;
  EXPECT_EQ(needed_holders({}, columns, Layout::table, plain), Holders::skip);
  EXPECT_EQ(needed_holders({}, columns, Layout::blocks, plain), Holders::find);
  EXPECT_EQ(needed_holders({}, columns, Layout::table, as_json), Holders::find);
  EXPECT_EQ(needed_holders(with_columns("NAME"), columns, Layout::blocks, as_json), Holders::skip);
  EXPECT_EQ(needed_holders(with_columns("+USAGE"), columns, Layout::table, plain), Holders::find);
  EXPECT_EQ(needed_holders(with_filters({"holders=sh"}), columns, Layout::table, plain), Holders::find);
  EXPECT_EQ(needed_holders(with_filters({"name=/q"}), columns, Layout::table, plain), Holders::skip);
}

TEST(PrintObjects, Table) {
  EXPECT_EQ(shown({}),
            "NAME     SIZE MODE\n"
            "/jobs      2K 0600\n"
            "/a\\x1b b    - -\n");
  ListOptions options;
  options.bytes = true;
  options.no_headings = true;
  EXPECT_EQ(shown(options),
            "/jobs    2048 0600\n"
            "/a\\x1b b    - -\n");
}

TEST(PrintObjects, Raw) {
  ListOptions options = with_columns("NAME,HOLDERS");
  options.raw = true;
  EXPECT_EQ(shown(options), "NAME HOLDERS\n/jobs 4711\\x20worker\\x20(r)\n/a\\x1b\\x20b -\n");
  EXPECT_EQ(shown(options, Layout::blocks), shown(options));
}

TEST(PrintObjects, Blocks) {
  EXPECT_EQ(shown(with_columns("NAME,HOLDERS"), Layout::blocks),
            "NAME     /jobs\n"
            "HOLDERS  4711 worker (r)\n"
            "\n"
            "NAME     /a\\x1b b\n"
            "HOLDERS  -\n");
  ListOptions options = with_columns("NAME");
  options.no_headings = true;
  EXPECT_EQ(shown(options, Layout::blocks), "/jobs\n/a\\x1b b\n");
}

TEST(PrintObjects, NoObjects) {
  EXPECT_EQ(shown({}, Layout::blocks, false, {}), "");
  EXPECT_EQ(shown({}, Layout::table, true, {}), "{\"schema\":1,\"objects\":[]}\n");
  ListOptions options;
  options.no_headings = true;
  EXPECT_EQ(shown(options, Layout::table, false, {}), "");
}

TEST(PrintObjects, JsonHasAllColumns) {
  const json out = json::parse(shown({}, Layout::table, true));
  EXPECT_EQ(out.at("schema"), 1);
  ASSERT_EQ(out.at("objects").size(), 2U);
  const json& known = out.at("objects")[0];
  EXPECT_EQ(known.at("mechanism"), "mq");
  EXPECT_EQ(known.at("name"), "/jobs");
  EXPECT_EQ(known.at("size"), 2048);
  EXPECT_EQ(known.at("mode"), "0600");
  EXPECT_EQ(known.at("mtime"), "2026-01-31T12:00:00.000000005Z");
  EXPECT_EQ(known.at("mtime_ns"), 1769860800000000005);
  EXPECT_EQ(known.at("usage"), "used");
  EXPECT_EQ(known.at("holders"), json::parse(R"([{"pid": 4711, "command": "worker", "fd": 3, "direction": "r"}])"));
  const json& unknown = out.at("objects")[1];
  for (const char* key : {"size", "mode", "mtime", "mtime_ns"}) EXPECT_TRUE(unknown.at(key).is_null()) << key;
  EXPECT_EQ(unknown.at("holders"), json::array());
  EXPECT_EQ(unknown.at("name"), "/a\x1b b");
}

TEST(PrintObjects, JsonOfChosenColumns) {
  const json out = json::parse(shown(with_columns("NAME,SIZE"), Layout::table, true)).at("objects")[0];
  EXPECT_EQ(out, json::parse(R"({"mechanism": "mq", "name": "/jobs", "size": 2048})"));
}

TEST(PrintObjects, JsonOfNamesThatAreNoText) {
  std::vector<Object> list(1);
  list[0].mechanism = "mq";
  list[0].name = "/\xff";
  list[0].holders = {{1, "\xfe", 0, std::nullopt}};
  const json out = json::parse(shown({}, Layout::table, true, list)).at("objects")[0];
  EXPECT_EQ(out.at("name"), "/\\xff");
  EXPECT_EQ(decode(Encoding::base64, out.at("name_base64").get<std::string>()), "/\xff");
  EXPECT_EQ(decode(Encoding::base64, out.at("holders")[0].at("command_base64").get<std::string>()), "\xfe");
  EXPECT_TRUE(out.at("holders")[0].at("direction").is_null());
}

TEST(PrintObjects, JsonDoesNothingToATerminal) {
  std::vector<Object> list(1);
  list[0].name = "/\x1b\x7f\xc2\x9b";
  list[0].holders = {{1, "\xc2\x9b\x7f", 0, std::nullopt}};
  const std::string out = shown({}, Layout::table, true, list);
  EXPECT_EQ(out.find_first_of("\x1b\x7f\x9b"), std::string::npos) << out;
  EXPECT_EQ(json::parse(out).at("objects")[0].at("name"), list[0].name);
}

TEST(PrintObjects, Filters) {
  EXPECT_EQ(shown(with_filters({"NAME=/jobs"})), "/jobs\n");
  EXPECT_EQ(shown(with_filters({"name=/j*"})), "/jobs\n");
  EXPECT_EQ(shown(with_filters({"name=*"})), "/jobs\n/a\\x1b b\n");
  EXPECT_EQ(shown(with_filters({"name=/[ab]*"})), "/a\\x1b b\n");
  EXPECT_EQ(shown(with_filters({"size=2048"})), "/jobs\n") << "in bytes, whatever is shown";
  EXPECT_EQ(shown(with_filters({"size=-"})), "/a\\x1b b\n");
  EXPECT_EQ(shown(with_filters({"holders=4711"})), "/jobs\n");
  EXPECT_EQ(shown(with_filters({"holders=work*"})), "/jobs\n");
  EXPECT_EQ(shown(with_filters({"holders=471"})), "");
  EXPECT_EQ(shown(with_filters({"usage=used", "name=/a*"})), "");
  EXPECT_EQ(shown(with_filters({"name=a=b"})), "");
  EXPECT_THROW(shown(with_filters({"name"})), UsageError);
  EXPECT_THROW(shown(with_filters({"=x"})), UsageError);
  EXPECT_THROW(shown(with_filters({"nope=x"})), UsageError);
}

Value parts_of(const Object& object) {
  if (object.name != "two") return std::vector<Record>{};
  return std::vector<Record>{{{"number", 0}, {"value", 3}}, {{"number", 1}, {"value", std::nullopt}}};
}

constexpr Column more_columns[] = {
    object_columns::name, {"PARTS", "what it is made of", parts_of}, object_columns::blocked};

std::vector<Object> waited_for() {
  std::vector<Object> list(2);
  list[0].mechanism = list[1].mechanism = "sysv-sem";
  list[0].name = "two";
  list[0].waiters = {{4711, 4712, "wor\x1bker", "semop", "0 to be 0"}, {9, 9, "\xff", "semtimedop", "1 -2"}};
  list[1].name = "none";
  return list;
}

std::string more_shown(const ListOptions& options, Layout layout, bool as_json = false) {
  Output output;
  output.json = as_json;
  testing::internal::CaptureStdout();
  print_objects(options, more_columns, layout, waited_for(), output);
  return testing::internal::GetCapturedStdout();
}

TEST(PrintObjects, EachRecordHasALineInABlock) {
  EXPECT_EQ(more_shown(with_columns("NAME,PARTS"), Layout::blocks),
            "NAME   two\n"
            "PARTS  number=0 value=3\n"
            "       number=1 value=-\n"
            "\n"
            "NAME   none\n"
            "PARTS  -\n");
  ListOptions options = with_columns("PARTS");
  options.no_headings = true;
  EXPECT_EQ(more_shown(options, Layout::blocks), "number=0 value=3\nnumber=1 value=-\n-\n");
}

TEST(PrintObjects, AllRecordsInACellOfATable) {
  EXPECT_EQ(more_shown(with_columns("NAME,PARTS"), Layout::table),
            "NAME PARTS\n"
            "two  number=0 value=3, number=1 value=-\n"
            "none -\n");
}

TEST(PrintObjects, WhoIsBlockedWithoutControlCharacters) {
  ListOptions options = with_columns("BLOCKED");
  options.no_headings = true;
  for (const Layout layout : {Layout::table, Layout::blocks}) {
    EXPECT_EQ(more_shown(options, layout), "4711 wor\\x1bker (semop: 0 to be 0), 9 \\xff (semtimedop: 1 -2)\n-\n");
  }
}

TEST(PrintObjects, JsonOfRecordsAndOfWhoIsBlocked) {
  const json out = json::parse(more_shown({}, Layout::table, true)).at("objects");
  const json& two = out.at(0);
  EXPECT_EQ(two.at("parts"), json::parse(R"([{"number": 0, "value": 3}, {"number": 1, "value": null}])"));
  ASSERT_EQ(two.at("blocked").size(), 2U);
  EXPECT_EQ(two.at("blocked")[0], json::parse(R"({"pid": 4711, "command": "wor\u001bker", "tid": 4712, "call": "semop",
                                                 "wants": "0 to be 0"})"));
  EXPECT_EQ(two.at("blocked")[1].at("command"), "\\xff");
  EXPECT_EQ(decode(Encoding::base64, two.at("blocked")[1].at("command_base64").get<std::string>()), "\xff");
  EXPECT_EQ(out.at(1).at("parts"), json::array());
  EXPECT_EQ(out.at(1).at("blocked"), json::array());
}

TEST(PrintObjects, FiltersOfRecordsAndOfWhoIsBlocked) {
  const auto names_of = [](const std::string& filter) { return more_shown(with_filters({filter}), Layout::table); };
  EXPECT_EQ(names_of("blocked=4711"), "two\n");
  EXPECT_EQ(names_of("blocked=9"), "two\n") << "any of them";
  EXPECT_EQ(names_of("blocked=wor*"), "two\n");
  EXPECT_EQ(names_of("blocked=4712"), "") << "a thread is no process";
  EXPECT_EQ(names_of("blocked=semop"), "");
  EXPECT_EQ(names_of("blocked=*"), "two\n") << "somebody";
  EXPECT_EQ(names_of("parts=*value=3*"), "two\n");
  EXPECT_EQ(names_of("parts=number=0 value=3, number=1 value=-"), "two\n");
  EXPECT_EQ(names_of("parts=-"), "none\n");
}

TEST(NeedsHolders, WhoIsBlockedIsLookedForToo) {
  const Output plain;
  Output as_json;
  as_json.json = true;
  EXPECT_EQ(needed_holders({}, more_columns, Layout::table, plain), Holders::skip);
  EXPECT_EQ(needed_holders({}, more_columns, Layout::blocks, plain), Holders::find);
  EXPECT_EQ(needed_holders({}, more_columns, Layout::table, as_json), Holders::find);
  EXPECT_EQ(needed_holders(with_columns("+blocked"), more_columns, Layout::table, plain), Holders::find);
  EXPECT_EQ(needed_holders(with_columns("PARTS"), more_columns, Layout::blocks, as_json), Holders::skip);
  EXPECT_EQ(needed_holders(with_filters({"blocked=1"}), more_columns, Layout::table, plain), Holders::find);
}

TEST(IsNeeded, WhereItIsShownOrFilteredBy) {
  const Output plain;
  Output as_json;
  as_json.json = true;
  const auto needed = [](const ListOptions& options, Layout layout, const Output& output) {
    return is_needed("USAGE", options, columns, layout, output);
  };
  EXPECT_FALSE(needed({}, Layout::table, plain));
  EXPECT_TRUE(needed({}, Layout::blocks, plain));
  EXPECT_TRUE(needed({}, Layout::table, as_json));
  EXPECT_FALSE(needed(with_columns("NAME"), Layout::blocks, as_json));
  EXPECT_TRUE(needed(with_columns("+usage"), Layout::table, plain));
  EXPECT_TRUE(needed(with_filters({"Usage=used"}), Layout::table, plain));
  EXPECT_FALSE(needed(with_filters({"name=USAGE"}), Layout::table, plain));
  EXPECT_FALSE(is_needed("PARTS", {}, columns, Layout::blocks, as_json)) << "where there is no such column";
  EXPECT_THROW(static_cast<void>(needed(with_columns("nope"), Layout::table, plain)), UsageError);
  EXPECT_THROW(static_cast<void>(needed(with_filters({"nope=1"}), Layout::table, plain)), UsageError);
}

}  // namespace
}  // namespace ipctl
