// Fuzz target: a -F text is refused, or gives the same for the same message whatever was written before.
#include "io/format.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

std::string applied(const Format& format, const Message& message, std::string before = {}) {
  format.apply(message, before);
  return before;
}

// The text with which Format prints `text` itself.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char each : text) {
    if (each == '%' || each == '\\') out += each;
    out += each;
  }
  return out;
}

Message message_of(Input& input) {
  Message message;
  message.mechanism = "mq";
  const std::uint8_t known = input.byte();
  if ((known & 1) != 0) message.priority = input.byte();
  if ((known & 2) != 0) message.type = 1 + input.byte();
  if ((known & 4) != 0) message.sender_pid = input.byte();
  if ((known & 8) != 0) message.sender_uid = input.byte();
  message.time = {.tv_sec = input.byte(), .tv_nsec = input.byte()};
  message.sequence = input.byte();
  message.name = input.line();
  message.data = input.line();
  return message;
}

// Conversions that a text holds: '%' and a letter, where the '%' is not itself behind one.
std::size_t data_conversions(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '%' && text.substr(++i, 1) == "s")
      ++count;
  }
  return count;
}

void check(const Format& format, std::string_view text, const Message& message) {
  require(!format.empty(), "a text is a format, an empty one too");
  const std::string once = applied(format, message);
  require(applied(format, message, "before") == "before" + once, "it appends, and depends on nothing but the message");
  Message longer = message;
  const std::string data = std::string(message.data) + "xx";
  longer.data = data;
  if (text.find('%') == std::string_view::npos) {
    require(once == unescape(text), "without conversions it is the text without its escapes");
    require(applied(format, longer) == once, "and the same for every message");
  } else if (data_conversions(text) > 0) {
    require(applied(format, longer).size() >= once.size() + data_conversions(text), "each %s shows all data");
  }
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl;
  fuzz::Input input{data, size};
  const Message message = fuzz::message_of(input);
  const std::string_view text = input.rest();
  fuzz::require(fuzz::applied(Format{fuzz::escaped(text)}, message) == text, "what is escaped is printed as it is");
  try {
    fuzz::check(Format{text}, text, message);
  } catch (const UsageError& error) {
    fuzz::require(fuzz::is_shown(error.what()), "a refusal can be shown");
  }
  return 0;
}
