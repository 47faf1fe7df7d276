// codec: payloads as text and back.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

namespace ipctl {

enum class Encoding { raw, hex, base64, quoted };

/// hex: lower-case digits. base64: RFC 4648 with padding, one line. quoted: printable UTF-8 as it is, the rest as
/// os/text.hpp's printable() writes it.
[[nodiscard]] std::string encode(Encoding encoding, std::string_view data);

/// hex: digits of either case, white space between bytes is ignored. base64: white space is ignored, padding may be
/// missing. quoted: what encode() wrote. Throws Error (failed) that says what is wrong and at which byte.
[[nodiscard]] std::string decode(Encoding encoding, std::string_view text);

/// `text` as one word of the shell: as it is where that is safe, else in single quotes, else $'...' where it has
/// control characters or bytes that are not UTF-8 (bash, zsh, ksh, sh of POSIX.1-2024; dash before 0.5.13 knows no
/// $'...'). No word of a shell can hold a NUL byte: it is \000 here, where bash ends the word.
[[nodiscard]] std::string shell_quote(std::string_view text);

/// `time` as RFC 3339 in UTC with nanoseconds: 2026-01-31T12:00:00.000000001Z.
[[nodiscard]] std::string rfc3339(const timespec& time);

}  // namespace ipctl
