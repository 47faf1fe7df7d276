// format: -F texts, parsed once into literals and conversions.
#include "io/format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "io/codec.hpp"
#include "io/json.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

constexpr std::string_view conversions = "sxBqlnpcPuIUj";

template <class Number>
void append_known(std::string& out, const std::optional<Number>& value) {
  if (value) fmt::format_to(std::back_inserter(out), "{}", *value);
  else out += '-';
}

void append_field(std::string& out, std::string_view key, const Message& message) {
  const auto field = std::find_if(message.fields.begin(), message.fields.end(),
                                  [key](const MessageField& each) { return each.key == key; });
  const std::string text = field == message.fields.end() ? std::string{} : text_of(*field);
  out += text.empty() ? "-" : text;
}

void convert(char conversion, const Message& message, std::string& out) {
  const auto number = [&out](auto value) { fmt::format_to(std::back_inserter(out), "{}", value); };
  switch (conversion) {
    case 's': out += message.data; break;
    case 'x': out += encode(Encoding::hex, message.data); break;
    case 'B': out += encode(Encoding::base64, message.data); break;
    case 'q': out += shell_quote(message.data); break;
    case 'l': number(message.data.size()); break;
    case 'n': out += message.name; break;
    case 'p':
      if (message.priority) number(*message.priority);
      else append_known(out, message.type);
      break;
    case 'c': number(message.sequence); break;
    case 'P': append_known(out, message.sender_pid); break;
    case 'u': append_known(out, message.sender_uid); break;
    case 'I': out += rfc3339(message.time); break;
    case 'U': fmt::format_to(std::back_inserter(out), "{}.{:09}", message.time.tv_sec, message.time.tv_nsec); break;
    default: out += message_json(message); break;
  }
}

}  // namespace

Format::Format(std::string_view text) {
  Part literal;
  const auto flush = [&] {
    if (!literal.literal.empty()) parts_.push_back(std::move(literal));
    literal = {};
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      const std::size_t length = text.substr(i).starts_with("\\x") ? 4 : 2;
      const std::string_view escape = text.substr(i, length);
      const auto value = unescape(escape);
      if (!value)
        throw UsageError(
            fmt::format("'{}' is no escape; there are: \\n \\t \\r \\e \\0 \\\\ \\xNN", printable(escape)));
      literal.literal += *value;
      i += length - 1;
    } else if (text[i] != '%') {
      literal.literal += text[i];
    } else if (++i == text.size()) {
      throw UsageError("a '%' at the end: '%%' is a percent sign");
    } else if (text[i] == '%') {
      literal.literal += '%';
    } else if (text[i] == '{') {
      const std::size_t end = text.find('}', i);
      if (end == std::string_view::npos || end == i + 1) throw UsageError("'%{' is followed by a key and '}'");
      flush();
      parts_.push_back({'{', std::string(text.substr(i + 1, end - i - 1))});
      i = end;
    } else if (conversions.find(text[i]) != std::string_view::npos) {
      flush();
      parts_.push_back({text[i], {}});
    } else {
      throw UsageError(
          fmt::format("'%{}' is no conversion; there are: %s %x %B %q %l %n %p %c %P %u %I %U %j %{{KEY}} %%",
                      printable(text.substr(i, 1))));
    }
  }
  flush();
  if (parts_.empty()) parts_.emplace_back();  // an empty text is a format too
}

void Format::apply(const Message& message, std::string& out) const {
  for (const Part& part : parts_) {
    if (part.conversion == 0) out += part.literal;
    else if (part.conversion == '{') append_field(out, part.literal, message);
    else convert(part.conversion, message, out);
  }
}

std::string text_of(const MessageField& field) {
  struct Visitor {
    std::string operator()(std::monostate /*unknown*/) const { return {}; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool truth) const { return truth ? "1" : ""; }
    std::string operator()(std::string_view text) const { return std::string(text); }
  };
  return std::visit(Visitor{}, field.value);
}

}  // namespace ipctl
