// json: a message comes back from its line as it was, and the line does nothing to a terminal.
#include "io/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "io/codec.hpp"
#include "os/text.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;

Message message_of(std::string_view data, std::string_view name = "/q") {
  Message message;
  message.mechanism = "mq";
  message.name = name;
  message.data = data;
  message.priority = 1;
  message.sequence = 2;
  message.time = {.tv_sec = 1769860800, .tv_nsec = 3};
  return message;
}

std::string data_of(const nlohmann::json& json) {
  const std::string data = json.at("data");
  return json.at("encoding") == "base64" ? decode(Encoding::base64, data) : data;
}

bool safe_for_a_terminal(std::string_view text) {
  return printable(text).size() == text.size() + static_cast<std::size_t>(std::count(text.begin(), text.end(), '\\'));
}

TEST(MessageJson, TheLine) {
  EXPECT_EQ(message_json(message_of("hello")),
            R"({"mechanism":"mq","name":"/q","seq":2,"time":"2026-01-31T12:00:00.000000003Z",)"
            R"("time_ns":1769860800000000003,"length":5,"priority":1,"type":null,"sender_pid":null,"sender_uid":null,)"
            R"("data":"hello","encoding":"utf-8"})");
}

TEST(MessageJson, WhatIsKnown) {
  Message message = message_of("\xff");
  message.type = -5;
  message.sender_pid = 4711;
  message.sender_uid = 4294967294;
  message.in_doubt = true;
  const auto json = nlohmann::json::parse(message_json(message));
  EXPECT_EQ(json.at("type"), -5);
  EXPECT_EQ(json.at("sender_pid"), 4711);
  EXPECT_EQ(json.at("sender_uid"), 4294967294);
  EXPECT_EQ(json.at("in_doubt"), true);
  EXPECT_EQ(json.at("encoding"), "base64");
  EXPECT_EQ(json.at("data"), "/w==");
}

TEST(MessageJson, FieldsOfTheMechanismsOwn) {
  const std::array fields{MessageField{"number", std::int64_t{-5}}, MessageField{"lost", true},
                          MessageField{"kept", false}, MessageField{"code", "a \"b\""}, MessageField{"band", {}}};
  Message message = message_of("x");
  message.fields = fields;
  const std::string line = message_json(message);
  EXPECT_NE(line.find(R"(,"number":-5,"lost":true,"kept":false,"code":"a \"b\"","band":null,"data":"x")"),
            std::string::npos)
      << line;
}
TEST(MessageJson, AnyDataComesBack) {
  std::mt19937 random{3};
  std::vector<std::string> texts{
      "",         test::all_bytes(), "\"\\/\b\f\n\r\t\0"s, "\x7f",         "\xc2\x80", "\xc2\x9f",
      "\xc2\xa0", "\xe2\x80\xa8",    "grüße 🙂",       "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80",
      "\xc3"};
  for (int byte = 0; byte < 256; ++byte) texts.emplace_back(1, static_cast<char>(byte));
  for (std::size_t size = 1; size < 40; ++size) texts.push_back(test::random_bytes(random, size));
  for (const std::string& text : texts) {
    const std::string line = message_json(message_of(text));
    EXPECT_TRUE(safe_for_a_terminal(line)) << line;
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(data_of(json), text);
    EXPECT_EQ(json.at("encoding"), is_utf8(text) ? "utf-8" : "base64");
    EXPECT_EQ(json.at("length"), text.size());
  }
}

TEST(MessageJson, AMebibyteComesBack) {
  std::mt19937 random{4};
  const std::string binary = test::random_bytes(random, 1 << 20);
  EXPECT_TRUE(data_of(nlohmann::json::parse(message_json(message_of(binary)))) == binary);
  std::string text = binary;
  for (char& each : text) each = static_cast<char>(each & 0x7f);
  EXPECT_TRUE(data_of(nlohmann::json::parse(message_json(message_of(text)))) == text);
}

TEST(MessageJson, ANameOfAnyBytes) {
  const auto text = nlohmann::json::parse(message_json(message_of("x", "/a\x1b\xc2\x9b\"b")));
  EXPECT_EQ(text.at("name"), "/a\x1b\xc2\x9b\"b");
  EXPECT_FALSE(text.contains("name_base64"));
  const std::string line = message_json(message_of("x", "/a\xff"));
  const auto other = nlohmann::json::parse(line);
  EXPECT_EQ(other.at("name"), "/a\\xff");
  EXPECT_EQ(decode(Encoding::base64, other.at("name_base64").get<std::string>()), "/a\xff");
  EXPECT_LT(line.find("\"name\""), line.find("\"name_base64\""));
  EXPECT_LT(line.find("\"name_base64\""), line.find("\"seq\""));
}

TEST(JsonString, QuotesAndEscapes) {
  EXPECT_EQ(json_string("plain é"), "\"plain é\"");
  EXPECT_EQ(json_string("\"\\\n\x1b"), R"("\"\\\n\u001b")");
  EXPECT_EQ(json_string("\x7f é"), R"("\u007f \u00e9")");
  EXPECT_EQ(json_string("\xc2\x9b"), R"("\u009b")");
  EXPECT_EQ(json_string("\xff"), R"("\\xff")");
  EXPECT_EQ(json_string(""), "\"\"");
}

}  // namespace
}  // namespace ipctl
