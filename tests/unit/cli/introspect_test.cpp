// introspect: what `ipctl __spec` tells of an argument.
#include "cli/introspect.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/cli/example.hpp"

namespace ipctl {
namespace {

using nlohmann::json;

struct Look {
  std::string name;
  std::optional<std::uint64_t> peek;
};

constexpr Arg look_args[] = {
    operand<Look, &Look::name>("NAME", "what to look at"),
    option<Look, &Look::peek>(0, "peek", "INDEX", "look", Group::object).with_default("0"),
};
Exit do_nothing(const Look& /*options*/, Output& /*output*/) {
  return Exit::ok;
}
constexpr Verb verbs[] = {verb<do_nothing>("look", "look at one", look_args)};
constexpr Mechanism eye{"eye", "eyes", "eye(7)", verbs, {}};
constexpr const Mechanism* list[] = {&example::box, &eye};

TEST(SpecJson, TheValueOfAnOptionThatIsGivenWithout) {
  const json spec = json::parse(spec_json(Index{list}));
  EXPECT_EQ(spec.at("schema"), 1);
  int others = 0;
  for (const json& mechanism : spec.at("mechanisms")) {
    for (const json& verb : mechanism.at("verbs")) {
      for (const json& arg : verb.at("args")) {
        if (arg.at("name") == "peek") {
          EXPECT_EQ(arg.at("default"), "0");
          EXPECT_EQ(arg.at("metavar"), "INDEX");
        } else {
          ++others;
          EXPECT_TRUE(arg.at("default").is_null()) << arg;
        }
      }
    }
  }
  for (const json& arg : spec.at("common")) EXPECT_TRUE(arg.at("default").is_null()) << arg;
  EXPECT_GT(others, 10);
}

}  // namespace
}  // namespace ipctl
