// posix_name: what the rules allow and refuse, and in which words.
#include "ipc/posix_name.hpp"

#include <gtest/gtest.h>

#include "os/error.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

constexpr NameRules plain{.what = "a name"};
constexpr NameRules many{.what = "a name", .many_slashes = true};
constexpr NameRules dots{.what = "a name", .dots = true};
constexpr NameRules shorter{.what = "a name", .longest = 4};

std::string refusal(std::string_view name, const NameRules& rules) {
  try {
    return "took it: " + posix_name(name, rules);
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(PosixName, HasOneSlash) {
  EXPECT_EQ(posix_name("a", plain), "/a");
  EXPECT_EQ(posix_name("/a", plain), "/a");
  EXPECT_EQ(posix_name("//a", many), "/a");
  EXPECT_EQ(posix_name("///a", many), "/a");
  EXPECT_EQ(posix_name("\n\xff", plain), "/\n\xff");
  EXPECT_EQ(posix_name("...", plain), "/...");
}

TEST(PosixName, Refuses) {
  EXPECT_EQ(refusal("", plain), "'' is not a name: nothing stands after the slash");
  EXPECT_EQ(refusal("/", plain), "'/' is not a name: nothing stands after the slash");
  EXPECT_EQ(refusal("///", many), "'///' is not a name: nothing stands after the slash");
  EXPECT_EQ(refusal("//a", plain), "'//a' is not a name: only the first character may be a slash");
  EXPECT_EQ(refusal("/a/b", many), "'/a/b' is not a name: only the first character may be a slash");
  EXPECT_EQ(refusal("a/", many), "'a/' is not a name: only the first character may be a slash");
  EXPECT_EQ(refusal("a\0b"s, plain), "'a\\x00b' is not a name: it has a NUL byte");
  EXPECT_EQ(refusal("/\x1b/", plain), "'/\\x1b/' is not a name: only the first character may be a slash");
}

TEST(PosixName, DirectoriesUnlessTheyAreNames) {
  EXPECT_EQ(refusal("..", plain), "'..' is not a name: it means a directory");
  EXPECT_EQ(refusal("/.", many), "'/.' is not a name: it means a directory");
  EXPECT_EQ(posix_name(".", dots), "/.");
  EXPECT_EQ(posix_name("/..", dots), "/..");
}

TEST(PosixName, Length) {
  EXPECT_EQ(posix_name(std::string(255, 'x'), plain), "/" + std::string(255, 'x'));
  EXPECT_EQ(posix_name("/" + std::string(255, 'x'), plain), "/" + std::string(255, 'x'));
  EXPECT_NE(refusal(std::string(256, 'x'), plain).find("it has 256 bytes, at most 255 are allowed"), std::string::npos);
  EXPECT_EQ(posix_name("//abcd", {.what = "a name", .longest = 4, .many_slashes = true}), "/abcd");
  EXPECT_EQ(refusal("/abcde", shorter), "'/abcde' is not a name: it has 5 bytes, at most 4 are allowed");
}

}  // namespace
}  // namespace ipctl
