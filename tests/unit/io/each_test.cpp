// each: a failure on one name does not keep the action from the others, and the status tells of all.
#include "io/each.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using Names = std::vector<std::string>;

struct Result {
  Exit status = Exit::ok;
  std::string out;
  std::string err;
};

template <class Body>
Result run(Body body, bool json = false) {
  Output output;
  output.command = "mq rm";
  output.json = json;
  Result result;
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  result.status = body(output);
  result.out = testing::internal::GetCapturedStdout();
  result.err = testing::internal::GetCapturedStderr();
  return result;
}

// What a name begins with says what becomes of it.
void act(const std::string& name) {
  if (name.starts_with("missing")) throw ObjectError{ENOENT, "remove", name};
  if (name.starts_with("denied")) throw Error{EACCES, "remove", name};
}

Result for_each(const Names& names, Names& done) {
  return run([&](const Output& output) {
    return for_each_name(names, output, [&](const std::string& name) {
      done.push_back(name);
      act(name);
    });
  });
}

Result remove(const Names& names, Missing missing, bool json) {
  return run([&](const Output& output) { return remove_each(names, missing, output, act); }, json);
}

TEST(ForEachName, AllOfThem) {
  Names done;
  const Result result = for_each({"a", "missing", "b"}, done);
  EXPECT_EQ(done, (Names{"a", "missing", "b"}));
  EXPECT_EQ(result.status, Exit::missing);
  EXPECT_EQ(result.err, "ipctl: mq rm: missing: remove: No such file or directory\n");
}

TEST(ForEachName, TheStatusThatAllFailuresHave) {
  Names done;
  EXPECT_EQ(for_each({}, done).status, Exit::ok);
  EXPECT_EQ(for_each({"a", "b"}, done).status, Exit::ok);
  EXPECT_EQ(for_each({"missing1", "a", "missing2"}, done).status, Exit::missing);
  EXPECT_EQ(for_each({"missing", "denied"}, done).status, Exit::failed);
  EXPECT_EQ(for_each({"missing", "denied", "missing"}, done).status, Exit::failed);
}

TEST(RemoveEach, Json) {
  const Result result = remove({"/a\"", "denied", "b\xff"}, Missing::is_error, true);
  EXPECT_EQ(result.status, Exit::failed);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("schema"), 1);
  ASSERT_EQ(json.at("removed").size(), 2U);
  EXPECT_EQ(json.at("removed")[0].at("name"), "/a\"");
  EXPECT_EQ(json.at("removed")[1].at("name_base64"), "Yv8=");
  ASSERT_EQ(json.at("errors").size(), 1U);
  EXPECT_EQ(json.at("errors")[0].at("name"), "denied");
  EXPECT_EQ(json.at("errors")[0].at("error"), "denied: remove: Permission denied");
  EXPECT_EQ(remove({"a"}, Missing::is_error, false).out, "");
}

TEST(RemoveEach, AMissingOneMayBeFine) {
  EXPECT_EQ(remove({"missing"}, Missing::is_error, false).status, Exit::missing);
  const Result result = remove({"missing", "a"}, Missing::is_fine, true);
  EXPECT_EQ(result.status, Exit::ok);
  EXPECT_EQ(result.err, "");
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_EQ(json.at("removed").size(), 1U) << "what was not there was not removed";
  EXPECT_EQ(json.at("errors").size(), 0U);
  EXPECT_EQ(remove({"denied"}, Missing::is_fine, false).status, Exit::failed);
}

}  // namespace
}  // namespace ipctl
