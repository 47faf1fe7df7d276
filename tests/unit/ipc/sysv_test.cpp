// sysv: names that users give, what /proc/sysvipc says, and the small rules all three mechanisms share.
#include "ipc/sysv.hpp"

#include <sys/msg.h>
#include <sys/shm.h>

#include <array>
#include <climits>
#include <set>

#include "support.hpp"

namespace ipctl::sysv {
namespace {

using namespace std::string_literals;
using test::expect_error;

class SysvRows : public test::PrivateIpc {};

template <class Parse>
std::string refusal(Parse parse, std::string_view text) {
  try {
    static_cast<void>(parse(text));
    return "taken";
  } catch (const UsageError& error) {
    return error.what();
  }
}
std::string no_selector(std::string_view text) {
  return refusal(parse_selector, text);
}
std::string no_key(std::string_view text) {
  return refusal(parse_key, text);
}

TEST(ParseSelector, Ids) {
  for (const auto& [text, id] : {std::pair{"0", 0}, {"32769", 32769}, {"007", 7}, {"2147483647", INT_MAX}}) {
    const Selector selector = parse_selector(text);
    EXPECT_EQ(selector.text, text);
    EXPECT_EQ(selector.id, id);
  }
}

TEST(ParseSelector, Keys) {
  for (const auto& [text, key] : {std::pair{"0x2a", 0x2a},
                                  {"0X2A", 0x2a},
                                  {"0x000000000002a", 0x2a},
                                  {"0x7fffffff", INT_MAX},
                                  {"0x80000000", INT_MIN},
                                  {"0xffffffff", -1},
                                  {"key:42", 42},
                                  {"key:0x2a", 0x2a},
                                  {"key:1", 1},
                                  {"key:2147483648", INT_MIN},
                                  {"key:4294967295", -1}}) {
    const Selector selector = parse_selector(text);
    EXPECT_EQ(selector.text, text);
    EXPECT_EQ(selector.id, std::nullopt) << text;
    EXPECT_EQ(selector.key, key) << text;
    EXPECT_EQ(parse_key(text), key) << text;
  }
}

TEST(ParseSelector, Refuses) {
  for (const char* text : {"",
                           " 5",
                           "5 ",
                           "+5",
                           "-5",
                           "x",
                           "0x",
                           "0xg",
                           "0x1 ",
                           "0x-1",
                           "0x100000000",
                           "2147483648",
                           "key:",
                           "key:-1",
                           "key:x",
                           "key:4294967296",
                           "key:0x",
                           "key:0x100000000",
                           "key:key:1",
                           "KEY:1",
                           "key 1",
                           "/q",
                           "ftok",
                           "FTOK:/",
                           "5:1",
                           "18446744073709551616",
                           "1e3",
                           "0b1"}) {
    EXPECT_EQ(no_selector(text), "'"s + text + "' is no selector: ID, 0xKEY, key:N, ftok:PATH[:PROJ]");
  }
  EXPECT_EQ(no_selector("5\x1b"), "'5\\x1b' is no selector: ID, 0xKEY, key:N, ftok:PATH[:PROJ]");
  EXPECT_TRUE(no_selector({"5\0", 2}).starts_with("'5\\x00' is no selector"));
}

TEST(ParseSelector, NothingIsNamedByTheKeyZero) {
  for (const char* text : {"private", "0x0", "0x00000000", "key:0", "key:0x0"}) {
    EXPECT_EQ(no_selector(text), "'"s + text + "' names no object: many have the key 0 (IPC_PRIVATE); give the id");
  }
}

TEST(ParseKey, PrivateAndWhatIsNoKey) {
  EXPECT_EQ(parse_key("private"), IPC_PRIVATE);
  EXPECT_EQ(no_key("42"), "'42' is an id, which the kernel chooses; a key is 0xKEY or key:N");
  EXPECT_EQ(no_key("4294967296"), "'4294967296' is an id, which the kernel chooses; a key is 0xKEY or key:N");
  for (const char* text : {"0x0", "key:0", "key:0x0"}) {
    EXPECT_EQ(no_key(text), "the key 0 is IPC_PRIVATE, which never names an existing object: say private");
  }
  for (const char* text : {"", "Private", "private ", "key:", "0x", "0x100000000", "-1", "/q"}) {
    EXPECT_EQ(no_key(text), "'"s + text + "' is no key: 0xKEY, key:N, ftok:PATH[:PROJ] or private");
  }
}

class KeyOfFile : public testing::Test {
 protected:
  [[nodiscard]] std::string make(const std::string& name) const { return directory_.file(name, ""); }
  test::TemporaryDirectory directory_;
};

TEST_F(KeyOfFile, IsThatOfTheLibrary) {
  const std::string path = make("file");
  for (const auto& [project, number] : {std::pair{"", 1},
                                        {":0", 0},
                                        {":1", 1},
                                        {":7", 7},
                                        {":74", 74},
                                        {":255", 255},
                                        {":007", 7},
                                        {":0x4a", 0x4a},
                                        {":0XfF", 255},
                                        {":J", 'J'},
                                        {":x", 'x'},
                                        {": ", ' '},
                                        {":-", '-'},
                                        {":\xff", 255},
                                        {":\x80", 128}}) {
    const std::string text = path + project;
    const key_t expected = ::ftok(path.c_str(), number);
    ASSERT_NE(expected, -1);
    EXPECT_EQ(key_of_file(text), expected) << text;
    EXPECT_EQ(parse_key("ftok:" + text), expected);
    const Selector selector = parse_selector("ftok:" + text);
    EXPECT_EQ(selector.key, expected);
    EXPECT_EQ(selector.id, std::nullopt);
    EXPECT_EQ(selector.text, "ftok:" + text);
  }
  EXPECT_EQ(key_of_file(directory_.path()), ::ftok(directory_.path().c_str(), 1)) << "a directory has one, too";
  EXPECT_EQ(key_of_file(directory_.path() + "/"), ::ftok(directory_.path().c_str(), 1));
}

TEST_F(KeyOfFile, PathsWithColons) {
  const std::string path = make("a:b");
  EXPECT_EQ(key_of_file(path + ":1"), ::ftok(path.c_str(), 1));
  EXPECT_EQ(key_of_file(path + ":J"), ::ftok(path.c_str(), 'J'));
  const std::string shorter = make("a");
  EXPECT_EQ(key_of_file(path), ::ftok(shorter.c_str(), 'b')) << "what follows the last colon is PROJ";
  const std::string directory = directory_.path() + "/c:d";
  ASSERT_EQ(::mkdir(directory.c_str(), 0700), 0);
  const std::string inner = make("c:d/file");
  EXPECT_EQ(key_of_file(inner), ::ftok(inner.c_str(), 1)) << "unless it has a slash";
  EXPECT_EQ(key_of_file(inner + ":2"), ::ftok(inner.c_str(), 2));
  EXPECT_EQ(key_of_file(directory + "/"), ::ftok(directory.c_str(), 1));
}

TEST_F(KeyOfFile, Refuses) {
  const std::string path = make("file");
  for (const std::string project : {"", "256", "-1", "0x100", "JJ", "1 ", "\xc3\xa9", "99999999999999999999", "0x"}) {
    EXPECT_NE(refusal(key_of_file, path + ":" + project).find(" is no PROJ of ftok(3): 0 to 255, or one character"),
              std::string::npos)
        << project;
  }
  EXPECT_TRUE(refusal(key_of_file, path + ":a\x1b").starts_with("'a\\x1b' is no PROJ"));
  for (const char* nothing : {"", ":1", ":J"}) {
    EXPECT_EQ(refusal(key_of_file, nothing), "PATH of ftok:PATH[:PROJ] is missing") << nothing;
    EXPECT_THROW(static_cast<void>(checked_selector("ftok:"s + nothing)), UsageError);
  }
}

TEST_F(KeyOfFile, MissingFiles) {
  const std::string path = make("file");
  for (const std::string& missing : {directory_.path() + "/none", path + "/below"s}) {
    for (const char* project : {"", ":1"}) {
      expect_error(Exit::missing, 0, missing + ": no such file: ftok(3) makes the key of it",
                   [&] { static_cast<void>(parse_selector("ftok:" + missing + project)); });
    }
    EXPECT_EQ(checked_selector("ftok:" + missing), "ftok:" + missing) << "its form is right";
  }
  const std::string loop = directory_.path() + "/loop";
  ASSERT_EQ(::symlink("loop", loop.c_str()), 0);
  expect_error(Exit::failed, ELOOP, loop + ": ftok: ", [&] { static_cast<void>(key_of_file(loop)); });
}

TEST(CheckedSelector, RefusesWhatIsNone) {
  EXPECT_EQ(checked_selector("0x2a"), "0x2a");
  EXPECT_EQ(checked_selector("17"), "17");
  for (const char* text : {"", "x", "key:0", "private", "ftok:/:256"}) {
    EXPECT_THROW(static_cast<void>(checked_selector(text)), UsageError) << text;
  }
}

TEST_F(KeyOfFile, NumberedSelectors) {
  const std::string path = make("file");
  const std::string colons = make("a:b");
  struct Case {
    std::string text, object;
    std::optional<std::uint64_t> number;
  };
  for (const Case& each : {Case{"17", "17", {}},
                           {"17:0", "17", 0},
                           {"17:31999", "17", 31999},
                           {"0x2a", "0x2a", {}},
                           {"0x2a:3", "0x2a", 3},
                           {"key:5", "key:5", {}},
                           {"key:5:2", "key:5", 2},
                           {"key:0x5:18446744073709551615", "key:0x5", UINT64_MAX},
                           {"ftok:" + path, "ftok:" + path, {}},
                           {"ftok:" + path + ":3", "ftok:" + path + ":3", {}},
                           {"ftok:" + path + ":J:3", "ftok:" + path + ":J", 3},
                           {"ftok:" + path + ":3:4", "ftok:" + path + ":3", 4},
                           {"ftok:" + colons + ":1:4", "ftok:" + colons + ":1", 4}}) {
    const NumberedSelector read = parse_numbered_selector(each.text);
    EXPECT_EQ(read.object.text, each.object) << each.text;
    EXPECT_EQ(read.number, each.number) << each.text;
    EXPECT_EQ(read.object.key, parse_selector(each.object).key) << each.text;
    EXPECT_EQ(read.object.id, parse_selector(each.object).id) << each.text;
  }
  const std::string shorter = make("a");
  const NumberedSelector read = parse_numbered_selector("ftok:" + colons + ":1");
  EXPECT_EQ(read.object.key, ::ftok(shorter.c_str(), 'b')) << "two colons are PROJ and the number";
  EXPECT_EQ(read.number, 1U);
}

TEST_F(KeyOfFile, NumberedSelectorsBelowADirectoryWithAColon) {
  const std::string directory = directory_.path() + "/c:d";
  ASSERT_EQ(::mkdir(directory.c_str(), 0700), 0);
  const std::string path = make("c:d/file");
  const NumberedSelector with_project = parse_numbered_selector("ftok:" + path + ":7");
  EXPECT_EQ(with_project.object.key, ::ftok(path.c_str(), 7));
  EXPECT_EQ(with_project.number, std::nullopt);
  const NumberedSelector with_both = parse_numbered_selector("ftok:" + path + ":7:8");
  EXPECT_EQ(with_both.object.key, ::ftok(path.c_str(), 7));
  EXPECT_EQ(with_both.number, 8U);
}

TEST(ParseNumberedSelector, Refuses) {
  for (const char* text :
       {"17:", "17:x", "17:-1", "17:1x", "0x2a:0x1", "key:5:", "17:18446744073709551616", "ftok:/:1:", "ftok:/:1:x"}) {
    EXPECT_NE(refusal(parse_numbered_selector, text).find("is no number of a semaphore in its set (from 0)"),
              std::string::npos)
        << text;
  }
  for (const char* text : {"", ":", ":3", "x:3", "17:1:2", "key:0:1", "private:1", "0x0:1"}) {
    EXPECT_THROW(static_cast<void>(parse_numbered_selector(text)), UsageError) << text;
  }
}

TEST(KeyText, EightDigits) {
  EXPECT_EQ(key_text(0), "0x00000000");
  EXPECT_EQ(key_text(0xabcd), "0x0000abcd");
  EXPECT_EQ(key_text(-1), "0xffffffff");
  EXPECT_EQ(key_text(INT_MIN), "0x80000000");
}

/// The numbers of a line; nullopt where it is none.
std::optional<std::vector<std::int64_t>> row_of(std::string_view line, std::size_t room = 20) {
  std::vector<std::int64_t> row(room, 4711);
  const std::size_t count = parse_row(line, row);
  if (count == 0) return std::nullopt;
  row.resize(count);
  return row;
}
using Numbers = std::vector<std::int64_t>;

TEST(ParseRow, NumbersAndOctalPermissions) {
  EXPECT_EQ(row_of("1 2 644"), (Numbers{1, 2, 0644}));
  EXPECT_EQ(row_of("         0      32769   600  5"), (Numbers{0, 32769, 0600, 5}));
  EXPECT_EQ(row_of("-2147483648 7 1777 10 "), (Numbers{INT_MIN, 7, 01777, 10})) << "keys are printed with a sign";
  EXPECT_EQ(row_of("-1 2 0 4294967295 1785500000"), (Numbers{-1, 2, 0, 4294967295, 1785500000}));
  EXPECT_EQ(row_of("0 0 0 9223372036854775807 -9223372036854775808"), (Numbers{0, 0, 0, INT64_MAX, INT64_MIN}));
  EXPECT_EQ(row_of("1 2 3 08 9"), (Numbers{1, 2, 3, 8, 9})) << "octal is the third alone";
}

TEST(ParseRow, Refuses) {
  for (const char* bad :
       {"",         " ",         "1",       "1 2",       "1 2 ",    "       key      msqid perms      cbytes",
        "1 2 8",    "1 2 6x",    "1 2 3 x", "1 2 3 4x",  "x 2 3",   "1\t2\t3",
        "1 2 3\n",  "\n",        "1 2 3 -", "- 2 3",     "--1 2 3", "+1 2 3",
        "1 2 3 4-", "1 2 3 0x4", "1,2,3",   "1 2 3 \xff"}) {
    EXPECT_EQ(row_of(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(row_of({"1 2 3\0", 6}), std::nullopt);
}

TEST(ParseRow, MoreThanThereIsRoomFor) {
  EXPECT_EQ(row_of("1 2 3 4", 4), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(row_of("1 2 3 4 ", 4), (Numbers{1, 2, 3, 4}));
  EXPECT_EQ(row_of("1 2 3 4 5", 4), std::nullopt);
  EXPECT_EQ(row_of("1 2 3", 0), std::nullopt);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += " 1";
  EXPECT_EQ(row_of(many), std::nullopt);
}

TEST(FillPermissions, OfARow) {
  const std::array<std::int64_t, 8> numbers{INT_MIN, 7, 01640, 99, 4294967295, 2, 3, 4294967294};
  Item item;
  fill_permissions(item, numbers, 4);
  EXPECT_EQ(item.key, INT_MIN);
  EXPECT_EQ(item.id, 7);
  EXPECT_EQ(item.name, "7");
  EXPECT_EQ(item.mode, 0640U) << "the permissions without what else the kernel keeps there";
  EXPECT_EQ(item.uid, 4294967295U);
  EXPECT_EQ(item.gid, 2U);
  EXPECT_EQ(item.creator, 3U);
  EXPECT_EQ(item.creator_group, 4294967294U);
}

TEST(FillPermissions, OfACall) {
  ipc_perm permissions{};
  permissions.__key = -1;
  permissions.uid = 1;
  permissions.gid = 2;
  permissions.cuid = 3;
  permissions.cgid = 4;
  permissions.mode = 01604;
  Item item;
  fill_permissions(item, 12, permissions);
  EXPECT_EQ(item.key, -1);
  EXPECT_EQ(item.name, "12");
  EXPECT_EQ(item.uid, 1U);
  EXPECT_EQ(item.gid, 2U);
  EXPECT_EQ(item.creator, 3U);
  EXPECT_EQ(item.creator_group, 4U);
  EXPECT_EQ(item.mode, 0604U);
}

TEST(TimeOf, ZeroIsNever) {
  EXPECT_EQ(time_of(0), std::nullopt);
  for (const std::int64_t seconds : {std::int64_t{1}, std::int64_t{1} << 40, std::int64_t{-1}}) {
    ASSERT_TRUE(time_of(seconds));
    EXPECT_EQ(time_of(seconds)->tv_sec, seconds);
    EXPECT_EQ(time_of(seconds)->tv_nsec, 0);
  }
}

TEST(PidOf, ZeroIsNobodyOrNotVisible) {
  EXPECT_EQ(pid_of(17, true), 17);
  EXPECT_EQ(pid_of(17, false), 17);
  EXPECT_EQ(pid_of(0, true), std::nullopt);
  EXPECT_EQ(pid_of(0, false), 0);
}

TEST(Change, WhatIsAskedForAlone) {
  EXPECT_TRUE(Change{}.is_empty());
  EXPECT_FALSE(Change{.mode = Mode{0}}.is_empty());
  EXPECT_FALSE((Change{.mode = {}, .owner = {.user = 0, .group = {}}}).is_empty());
  EXPECT_FALSE((Change{.mode = {}, .owner = {.user = {}, .group = 0}}).is_empty());
  ipc_perm permissions{};
  permissions.uid = 5;
  permissions.gid = 6;
  permissions.mode = 0600;
  apply({}, permissions);
  EXPECT_TRUE(permissions.uid == 5 && permissions.gid == 6 && permissions.mode == 0600);
  apply({.mode = Mode{0}, .owner = {.user = {}, .group = 7}}, permissions);
  EXPECT_TRUE(permissions.uid == 5 && permissions.gid == 7 && permissions.mode == 0);
}

TEST(ValidateMode, NineBits) {
  EXPECT_NO_THROW(validate_mode(std::nullopt));
  EXPECT_NO_THROW(validate_mode(Mode{0777}));
  EXPECT_EQ(refusal([](std::string_view) { return validate_mode(Mode{01000}), 0; }, ""),
            "--mode: System V objects have 0 to 0777, not 1000");
  EXPECT_THROW(validate_mode(Mode{04755}), UsageError);
}

TEST(StatByIndex, TriesTheShortIndexFirst) {
  const auto tried = [](int id, int answer_at) {
    std::vector<int> indexes;
    const bool found = stat_by_index(id, [&](int index) {
      indexes.push_back(index);
      return index == answer_at ? id : -1;
    });
    EXPECT_EQ(found, !indexes.empty() && indexes.back() == answer_at);
    return indexes;
  };
  EXPECT_EQ(tried(5, 5), std::vector<int>{5});
  EXPECT_EQ(tried(3 * 32768 + 7, 7), std::vector<int>{7});
  EXPECT_EQ(tried(0x5008001, 0x8001), (std::vector<int>{1, 0x8001})) << "with ipcmni_extend";
  EXPECT_EQ(tried(0x5008001, -1), (std::vector<int>{1, 0x8001}));
  EXPECT_EQ(tried(INT_MAX, 0xffffff), (std::vector<int>{0x7fff, 0xffffff}));
}

TEST(StatByIndex, AnotherObjectAtThatIndexIsNotTaken) {
  EXPECT_FALSE(stat_by_index(32768 + 7, [](int) { return 7; }));
  EXPECT_FALSE(stat_by_index(7, [](int) { return 32768 + 7; }));
  EXPECT_TRUE(stat_by_index(0, [](int) { return 0; }));
}

// The id at an index grows with each object that is made there.
TEST_F(SysvRows, StatByIndexWithTheKernelsOwnIds) {
  std::set<int> seen;
  for (int i = 0; i < 20; ++i) {
    const int id = ::msgget(IPC_PRIVATE, 0600);
    ASSERT_GE(id, 0);
    msqid_ds status{};
    const auto stat = [&status](int index) { return ::msgctl(index, MSG_STAT, &status); };
    EXPECT_TRUE(stat_by_index(id, stat)) << id;
    for (const int former : seen) EXPECT_FALSE(stat_by_index(former, stat)) << former;
    ASSERT_EQ(::msgctl(id, IPC_RMID, nullptr), 0);
    EXPECT_FALSE(stat_by_index(id, stat));
    EXPECT_TRUE(seen.insert(id).second);
  }
}

TEST_F(SysvRows, EveryObjectHasOne) {
  constexpr int many = 1500;  // more than one read of /proc gives
  std::set<int> ids;
  for (int i = 0; i < many; ++i) {
    const int id = ::msgget(i % 2 == 0 ? IPC_PRIVATE : i - 700, IPC_CREAT | IPC_EXCL | 0640);
    ASSERT_GE(id, 0) << std::strerror(errno);
    ids.insert(id);
  }
  int keys = 0;
  EXPECT_TRUE(for_each_row("msg", [&](Row row) {
    ASSERT_EQ(row.size(), 14U);
    EXPECT_EQ(ids.erase(static_cast<int>(row[1])), 1U) << row[1];
    EXPECT_EQ(row[2], 0640);
    keys += row[0] != 0 ? 1 : 0;
  }));
  EXPECT_TRUE(ids.empty());
  EXPECT_EQ(keys, many / 2);
}

TEST(CreateOrAccept, MakesOneOrTakesTheOneThatExists) {
  const auto exists = [] { throw Error{Exit::exists, "0x2a", "exists"}; };
  const auto vanished = [] { throw Error{Exit::missing, "0x2a", "missing"}; };
  const auto unused = []() -> int {
    ADD_FAILURE() << "called";
    return -1;
  };
  for (const Existing existing : {Existing::refuse, Existing::accept}) {
    const Created made = create_or_accept(
        "0x2a", existing, [] { return 17; }, unused);
    EXPECT_TRUE(made.is_new);
    EXPECT_EQ(made.object.id, 17);
    EXPECT_EQ(made.object.name, "17");
    EXPECT_EQ(made.object.text, "0x2a");
  }
  int tried = 0;
  const auto create = [&]() -> int {
    if (++tried < 4) exists();
    return 18;
  };
  EXPECT_THROW(static_cast<void>(create_or_accept("0x2a", Existing::refuse, create, unused)), Error);
  EXPECT_EQ(tried, 1);
  const Created taken = create_or_accept("0x2a", Existing::accept, create, [] { return 5; });
  EXPECT_FALSE(taken.is_new);
  EXPECT_EQ(taken.object.id, 5);
  const Created again = create_or_accept("0x2a", Existing::accept, create, [&]() -> int {
    vanished();
    return -1;
  });
  EXPECT_TRUE(again.is_new) << "it vanished before it could be looked at";
  EXPECT_EQ(again.object.id, 18);
  tried = 0;
  EXPECT_THROW(static_cast<void>(create_or_accept("0x2a", Existing::accept, create,
                                                  [&]() -> int {
                                                    exists();
                                                    return -1;
                                                  })),
               Error)
      << "with other attributes";
  EXPECT_EQ(tried, 1);
}

TEST_F(SysvRows, NoneWhereThereAreNone) {
  for (const char* name : {"msg", "sem", "shm"}) {
    EXPECT_TRUE(for_each_row(name, [](Row) { ADD_FAILURE() << "a row of headings"; })) << name;
  }
  EXPECT_FALSE(for_each_row("nope", [](Row) { FAIL(); }));
}

TEST_F(SysvRows, OfSharedMemory) {
  const int id = ::shmget(0x2a, 4097, IPC_CREAT | IPC_EXCL | 0600);
  ASSERT_GE(id, 0);
  int rows = 0;
  EXPECT_TRUE(for_each_row("shm", [&](Row row) {
    ++rows;
    ASSERT_EQ(row.size(), 16U);
    EXPECT_EQ(row[0], 0x2a);
    EXPECT_EQ(row[1], id);
    EXPECT_EQ(row[3], 4097);
  }));
  EXPECT_EQ(rows, 1);
}

}  // namespace
}  // namespace ipctl::sysv
