// json: lossless JSON for messages, whatever their bytes.
#pragma once

#include <string>
#include <string_view>

#include "ipc/message.hpp"

namespace ipctl {

/// One line without its newline: {"mechanism","name","seq","time","time_ns","length","priority","type","sender_pid",
/// "sender_uid","data","encoding"} in this order, the mechanism's own fields before "data"; unknown is null. "encoding"
/// is "utf-8" where data is valid UTF-8 (then data is the text itself), else "base64". A name that is not UTF-8 is
/// "name": its printable() form, with "name_base64" after it. A message in doubt has "in_doubt":true at the end.
[[nodiscard]] std::string message_json(const Message& message);

/// The members "name":..., and "name_base64":... where the name is not UTF-8; without braces. json_member: for another
/// key.
[[nodiscard]] std::string json_name(std::string_view name);
[[nodiscard]] std::string json_member(std::string_view key, std::string_view text);

/// {"name","error"}: what failed, and why.
[[nodiscard]] std::string error_json(std::string_view name, std::string_view error);

/// `text` as a JSON string with its quotes. Not UTF-8: of printable(text).
[[nodiscard]] std::string json_string(std::string_view text);

/// Whether `text`, UTF-8, has control characters that JSON allows as they are and a terminal may obey: DEL, and U+0080
/// to U+009F. It is written in ASCII then.
[[nodiscard]] bool has_terminal_controls(std::string_view text);

}  // namespace ipctl
