// Fuzz target: messages come back from JSON, from the codecs and from the shell's quotes as they were.
#include <nlohmann/json.hpp>

#include "io/codec.hpp"
#include "io/json.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

std::string base64_of(const nlohmann::json& text) {
  return decode(Encoding::base64, text.get<std::string>());
}

void check_json(const Message& message) {
  const std::string line = message_json(message);
  require(is_shown(line), "one line, safe to show");
  const auto json = nlohmann::json::parse(line);
  const bool text = json.at("encoding") == "utf-8";
  require(text == is_utf8(message.data), "text where it is text");
  require((text ? json.at("data").get<std::string>() : base64_of(json.at("data"))) == message.data,
          "the data comes back");
  require(json.at("length") == message.data.size(), "and its length");
  const bool named = is_utf8(message.name);
  require(json.contains("name_base64") != named, "a name that is no text is there twice");
  require((named ? json.at("name").get<std::string>() : base64_of(json.at("name_base64"))) == message.name, "the name");
  require(json.at("priority").is_null() != message.priority.has_value(), "unknown is null");
  require(json.contains("in_doubt") == message.in_doubt, "doubt is told");
}

void check_codec(Encoding encoding, std::string_view data) {
  const std::string text = encode(encoding, data);
  require(encoding == Encoding::raw || (is_shown(text) && is_utf8(text)), "encoded is text");
  require(decode(encoding, text) == data, "decoded is the data");
  try {
    const std::string other = decode(encoding, data);
    require(decode(encoding, encode(encoding, other)) == other, "and so is what was decoded first");
    require(other.size() <= data.size(), "text is longer than data");
  } catch (const Error& error) {
    require(is_shown(error.what()), "an error can be shown");
    require(encoding != Encoding::raw, "raw takes everything");
  }
}

// A word of the shell without its quotes: plain, '...' with '\'' in it, or $'...' with \ooo, \n, \' and \\.
std::string unquoted(std::string_view word) {
  std::string out;
  const bool ansi = word.starts_with("$'");
  if (!ansi && !word.starts_with("'")) return std::string(word);
  require(word.ends_with("'"), "quotes are closed");
  word = word.substr(ansi ? 2 : 1, word.size() - (ansi ? 3 : 2));
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!ansi && word[i] == '\'') {
      require(word.substr(i, 4) == "'\\''", "quotes in quotes");
      i += 3;
      out += '\'';
    } else if (!ansi || word[i] != '\\') {
      require(word[i] != '\'', "no quote that ends it early");
      out += word[i];
    } else if (word[++i] >= '0' && word[i] <= '7') {
      out += static_cast<char>(std::stoi(std::string(word.substr(i, 3)), nullptr, 8));
      i += 2;
    } else {
      out += word[i] == 'n' ? '\n' : word[i];
    }
  }
  return out;
}

void check_quotes(std::string_view data) {
  const std::string word = shell_quote(data);
  require(!word.empty() && is_shown(word), "a word, safe to show");
  require(unquoted(word) == data, "the shell reads the data");
  if (word.front() == '\'' || word.front() == '$') return;
  require(word.find_first_of(" \t\n\\'\"$`*?[]{}()<>|&;!#~=^") == std::string::npos, "what is special is quoted");
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl;
  fuzz::Input input{data, size};
  Message message;
  message.mechanism = "mq";
  const std::uint8_t known = input.byte();
  if ((known & 1) != 0) message.priority = input.byte();
  message.in_doubt = (known & 2) != 0;
  message.time = {.tv_sec = input.byte(), .tv_nsec = input.byte()};
  message.name = input.line();
  message.data = input.rest();
  fuzz::check_json(message);
  for (const Encoding each : {Encoding::raw, Encoding::hex, Encoding::base64, Encoding::quoted}) {
    fuzz::check_codec(each, message.data);
  }
  fuzz::check_quotes(message.data);
  return 0;
}
