// json: one message as one line.
#include "io/json.hpp"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

#include "io/codec.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

template <class Number>
void append_number(std::string& out, std::string_view key, const std::optional<Number>& value) {
  if (value) fmt::format_to(std::back_inserter(out), ",\"{}\":{}", key, *value);
  else fmt::format_to(std::back_inserter(out), ",\"{}\":null", key);
}

void append_field(std::string& out, const MessageField& field) {
  struct Visitor {
    std::string_view key;
    std::string operator()(std::monostate /*unknown*/) const { return fmt::format("\"{}\":null", key); }
    std::string operator()(std::int64_t number) const { return fmt::format("\"{}\":{}", key, number); }
    std::string operator()(bool truth) const { return fmt::format("\"{}\":{}", key, truth); }
    std::string operator()(std::string_view text) const { return json_member(key, text); }
  };
  out += "," + std::visit(Visitor{field.key}, field.value);
}

}  // namespace

bool has_terminal_controls(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x7f') return true;
    if (text[i] == '\xc2' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

std::string json_string(std::string_view text) {
  const std::string shown = is_utf8(text) ? std::string(text) : printable(text);
  return nlohmann::json(shown).dump(-1, ' ', has_terminal_controls(shown));
}

std::string json_member(std::string_view key, std::string_view text) {
  std::string out = fmt::format("\"{}\":{}", key, json_string(text));
  if (!is_utf8(text)) out += fmt::format(",\"{}_base64\":{}", key, json_string(encode(Encoding::base64, text)));
  return out;
}

std::string json_name(std::string_view name) {
  return json_member("name", name);
}

std::string error_json(std::string_view name, std::string_view error) {
  return "{" + json_name(name) + ",\"error\":" + json_string(error) + "}";
}

std::string message_json(const Message& message) {
  const bool text = is_utf8(message.data);
  std::string out = "{\"mechanism\":" + json_string(message.mechanism) + "," + json_name(message.name);
  fmt::format_to(std::back_inserter(out), ",\"seq\":{},\"time\":\"{}\",\"time_ns\":{},\"length\":{}", message.sequence,
                 rfc3339(message.time), message.time.tv_sec * 1000000000LL + message.time.tv_nsec, message.data.size());
  append_number(out, "priority", message.priority);
  append_number(out, "type", message.type);
  append_number(out, "sender_pid", message.sender_pid);
  append_number(out, "sender_uid", message.sender_uid);
  for (const MessageField& field : message.fields) append_field(out, field);
  out += ",\"data\":" + json_string(text ? std::string(message.data) : encode(Encoding::base64, message.data));
  out += text ? ",\"encoding\":\"utf-8\"" : ",\"encoding\":\"base64\"";
  if (message.in_doubt) out += ",\"in_doubt\":true";
  return out + "}";
}

}  // namespace ipctl
