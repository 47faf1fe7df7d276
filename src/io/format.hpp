// format: -F texts for a message.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ipc/message.hpp"

namespace ipctl {

/// A -F text, checked once and applied to each message:
/// %s data, %x hex, %B base64, %q shell-quoted, %l length, %n name, %p priority or type, %c sequence number,
/// %P sender pid, %u sender uid, %I ISO time, %U epoch.nanoseconds, %j JSON, %%; escapes \n \t \r \e \0 \\ \xNN.
/// %{KEY}: a field that the mechanism alone has, by its JSON key; %{KEY} of a field that there is not is unknown.
/// What is unknown prints as "-".
class Format {
 public:
  Format() = default;
  /// Throws UsageError for an unknown or unfinished conversion or escape.
  explicit Format(std::string_view text);
  /// Appends `message` to `out`.
  void apply(const Message& message, std::string& out) const;
  [[nodiscard]] bool empty() const { return parts_.empty(); }

 private:
  struct Part {
    char conversion = 0;  // 0: literal; '{': a field
    std::string literal;  // of a field: its key
  };
  std::vector<Part> parts_;
};

/// The value of a field as text: a truth is 1 or empty, and so is what is unknown.
[[nodiscard]] std::string text_of(const MessageField& field);

}  // namespace ipctl
