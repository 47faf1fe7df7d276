// codec: payloads as text and back.
#pragma once

#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>

namespace ipctl {

enum class Encoding { raw, hex, base64, quoted, hexdump };

/// hex: lower-case digits. base64: RFC 4648 with padding, one line. quoted: printable UTF-8 as it is, the rest as
/// os/text.hpp's printable() writes it. hexdump: for people, see Encoder.
[[nodiscard]] std::string encode(Encoding encoding, std::string_view data);

/// Encodes data that comes in pieces; together they give what encode() gives for all of it.
class Encoder {
 public:
  /// start: the offset that a hexdump shows for the first byte.
  explicit Encoder(Encoding encoding, std::uint64_t start = 0) : encoding_(encoding), offset_(start) {}
  /// Appends to `out` what is complete.
  void add(std::string_view data, std::string& out);
  /// Appends the rest.
  void finish(std::string& out);

 private:
  void dump(std::string_view data, std::string& out);
  void dump_row(std::string_view row, std::string& out);

  Encoding encoding_;
  std::string rest_;  // not yet encoded
  std::uint64_t offset_;
  std::string row_;  // of a hexdump: the last one
  bool starred_ = false;
};

/// hex: digits of either case, white space between bytes is ignored. base64: white space is ignored, padding may be
/// missing. quoted: what encode() wrote. A hexdump has no way back. Throws Error (failed) that says what is wrong and
/// at which byte.
[[nodiscard]] std::string decode(Encoding encoding, std::string_view text);

/// Throws UsageError for an encoding without a way back, as the value of --decode.
void require_decoding(Encoding encoding);

/// `text` as one word of the shell: as it is where that is safe, else in single quotes, else $'...' where it has
/// control characters or bytes that are not UTF-8 (bash, zsh, ksh, sh of POSIX.1-2024; dash before 0.5.13 knows no
/// $'...'). No word of a shell can hold a NUL byte: it is \000 here, where bash ends the word.
[[nodiscard]] std::string shell_quote(std::string_view text);

/// `time` as RFC 3339 in UTC with nanoseconds: 2026-01-31T12:00:00.000000001Z.
[[nodiscard]] std::string rfc3339(const timespec& time);

}  // namespace ipctl
