// complete: which words are offered where.
#include "cli/complete.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/cli/example.hpp"

namespace ipctl {
namespace {

using List = std::vector<std::string>;

std::vector<Candidate> candidates(std::vector<std::string_view> words) {
  return complete(example::index, words);
}
List offered(std::vector<std::string_view> words) {
  List list;
  for (const Candidate& each : candidates(std::move(words))) {
    list.push_back(each.text.empty() ? each.description : each.text);
  }
  return list;
}
bool offers(std::vector<std::string_view> words, std::string_view text) {
  const List list = offered(std::move(words));
  return std::find(list.begin(), list.end(), text) != list.end();
}

TEST(Complete, TheFirstWord) {
  EXPECT_EQ(offered({""}), (List{"--help", "--version", "box", "help", "mq"}));
  EXPECT_EQ(offered({}), (List{"--help", "--version", "box", "help", "mq"}));
  EXPECT_EQ(offered({"b"}), List{"box"});
  EXPECT_EQ(offered({"--v"}), List{"--version"});
  EXPECT_EQ(offered({"__"}), List{});
  EXPECT_EQ(offered({"nothing", ""}), List{});
  EXPECT_EQ(candidates({"b"})[0].description, "boxes of messages");
}

TEST(Complete, Verbs) {
  EXPECT_EQ(offered({"box", ""}), (List{"--help", "copy", "put", "take"}));
  EXPECT_EQ(offered({"box", "p"}), List{"put"});
  EXPECT_EQ(offered({"box", "gr"}), List{"grab"});
  EXPECT_EQ(offered({"box", "resi"}), List{});
  EXPECT_EQ(candidates({"box", "p"})[0].description, "put messages in");
}

TEST(Complete, AfterHelp) {
  EXPECT_EQ(offered({"help", ""}), (List{"box", "exit-status", "mq"}));
  EXPECT_EQ(offered({"help", "box", "t"}), List{"take"});
  EXPECT_EQ(offered({"help", "box", "take", ""}), List{});
}

TEST(Complete, Options) {
  EXPECT_EQ(offered({"box", "take", "--co"}), (List{"--color", "--count"}));
  EXPECT_EQ(offered({"box", "take", "--count", "3", "--co"}), List{"--color"});
  EXPECT_EQ(offered({"box", "take", "-c3", "/q", "--cou"}), List{});
  EXPECT_EQ(offered({"box", "take", "--filter", "x", "--fi"}), List{"--filter"});
  EXPECT_EQ(offered({"box", "take", "-c"}), List{"-c"});
  EXPECT_EQ(offered({"box", "take", "-z"}), List{});
  EXPECT_TRUE(offers({"box", "take", "-"}, "--all"));
  EXPECT_TRUE(offers({"box", "take", "-"}, "--"));
  EXPECT_FALSE(offers({"box", "put", "-"}, "--"));
  EXPECT_TRUE(offers({"box", "put", "-"}, "--json"));
  EXPECT_TRUE(offers({"box", "grab", "--"}, "--all"));
  EXPECT_TRUE(offers({"box", "take", "--bogus", "--"}, "--all"));
  EXPECT_EQ(candidates({"box", "take", "--al"})[0].description, "take all");
}

TEST(Complete, ValuesOfOptions) {
  EXPECT_EQ(offered({"box", "take", "--on-failure", ""}), (List{"drop", "requeue", "save:", "stop"}));
  EXPECT_EQ(offered({"box", "take", "--on-failure", "s"}), (List{"save:", "stop"}));
  EXPECT_EQ(offered({"box", "take", "--on-failure=st"}), List{"--on-failure=stop"});
  EXPECT_EQ(offered({"box", "take", "--on-failure", "save:/t"}), List{":directories"});
  EXPECT_EQ(offered({"box", "take", "--on-failure=save:"}), List{":directories"});
  EXPECT_EQ(offered({"box", "put", "-f", ""}), List{":files"});
  EXPECT_EQ(offered({"box", "put", "--file=a"}), List{":files"});
  EXPECT_EQ(offered({"box", "put", "--into", "a"}), List{":directories"});
  EXPECT_EQ(offered({"box", "take", "-c", ""}), List{});
  EXPECT_EQ(offered({"box", "take", "-lc", ""}), List{});
  EXPECT_EQ(offered({"box", "take", "--all="}), List{});
  EXPECT_EQ(offered({"box", "take", "--color", "a"}), (List{"always", "auto"}));
}

TEST(Complete, ListsOfColumns) {
  EXPECT_EQ(offered({"box", "take", "-o", ""}), (List{"NAME", "SIZE"}));
  EXPECT_EQ(offered({"box", "take", "-o", "+N"}), List{"+NAME"});
  EXPECT_EQ(offered({"box", "take", "-o", "NAME,S"}), List{"NAME,SIZE"});
  EXPECT_EQ(offered({"box", "take", "--output=NAME,S"}), List{"--output=NAME,SIZE"});
  EXPECT_EQ(offered({"box", "take", "-o", "name,s"}), List{"name,size"});
}

TEST(Complete, LiveNames) {
  EXPECT_EQ(offered({"box", "take", ""}), (List{"/$(touch x)", "/a b", "/jobs"}));
  EXPECT_EQ(offered({"box", "take", "/j"}), List{"/jobs"});
  EXPECT_EQ(offered({"box", "take", "-l", "/j"}), List{"/jobs"});
  EXPECT_EQ(offered({"box", "take", "j"}), List{"jobs"});
  EXPECT_EQ(offered({"box", "copy", "/jobs", ""}), (List{"/$(touch x)", "/a b"}));
  EXPECT_EQ(offered({"box", "take", "/jobs", ""}), List{});  // it takes one
  EXPECT_EQ(candidates({"box", "take", "/$"})[0].description, "bad\\ttext");
}

TEST(Complete, ASourceOfNamesThatFailsGivesNone) {
  EXPECT_EQ(offered({"box", "put", ""}), List{});
}

TEST(Complete, AfterTwoDashes) {
  EXPECT_EQ(offered({"box", "take", "/jobs", "--", ""}), List{":command"});
  EXPECT_EQ(offered({"box", "take", "/jobs", "--", "cmd", "-"}), List{":command"});
  EXPECT_EQ(offered({"box", "copy", "--", "--"}), List{});
  EXPECT_EQ(offered({"box", "copy", "--", "/j"}), List{"/jobs"});
  EXPECT_EQ(offered({"box", "take", "-d", "--", "/j"}), List{"/jobs"});
}

std::string printed(std::vector<const char*> arguments) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(complete_command(example::index, arguments), Exit::ok);
  return testing::internal::GetCapturedStdout();
}

TEST(Complete, Records) {
  using namespace std::string_literals;
  EXPECT_EQ(printed({"--", "box", "take", "/j"}), "/jobs\t2 messages\0"s);
  EXPECT_EQ(printed({"--", "mq", "put", "-f", ""}), "\t:files\0"s);
  EXPECT_EQ(printed({"--"}).substr(0, 7), "--help\t");
  EXPECT_EQ(printed({}).substr(0, 7), "--help\t");
  EXPECT_EQ(printed({"--bash", "ipctl box take '/$", "/$"}), "/$(touch x)\tbad\\ttext\0"s);
  EXPECT_EQ(printed({"--bash", "ipctl box take /\\$", "/\\$"}), "/\\$\\(touch\\ x\\)\tbad\\ttext\0"s);
  EXPECT_EQ(printed({"--bash", "ipctl box take --on-failure=st", "st"}), "stop\t\0"s);
  EXPECT_EQ(printed({"--bash", "ipctl box take >", ""}), "\t:files\0"s);
}

}  // namespace
}  // namespace ipctl
