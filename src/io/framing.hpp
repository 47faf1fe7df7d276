// framing: where one message ends and the next begins in a stream of bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "os/wait.hpp"

namespace ipctl {

enum class FramingKind {
  unset,          // sending: whole; receiving: lines
  whole,          // sending: all input is one message; receiving: nothing between messages
  lines,          // "\n" after each
  null,           // "\0" after each
  delimiter,      // a text of one or more bytes after each
  length_prefix,  // four bytes before each: its length, unsigned, little-endian
};

struct Framing {
  FramingKind kind = FramingKind::unset;
  std::string delimiter;  // for FramingKind::delimiter

  Framing() = default;
  Framing(FramingKind k) : kind(k) {}  // NOLINT(google-explicit-constructor): options assign a kind
  /// Bytes that end a message; empty for whole and length_prefix.
  [[nodiscard]] std::string_view terminator() const;
};

/// The four bytes that stand before a message of `length` bytes under length_prefix. Throws Error beyond 2^32 - 1.
[[nodiscard]] std::string length_prefix(std::size_t length);

constexpr std::size_t prefix_size = 4;

/// Where a message lies in bytes that begin with it.
struct Extent {
  std::size_t before = 0;  // bytes of a length prefix
  std::size_t data = 0;
  std::size_t after = 0;  // bytes of a terminator
  [[nodiscard]] std::size_t size() const { return before + data + after; }
};

/// The message that `text` begins with; nullopt where its end is not in sight. searched: no terminator begins before
/// that, brought up to date for the next call with more text.
[[nodiscard]] std::optional<Extent> find_terminated(std::string_view text, std::string_view terminator,
                                                    std::size_t& searched);
/// The same after a length prefix: `text` may have less than the extent tells. nullopt where it is shorter than that.
[[nodiscard]] std::optional<Extent> find_prefixed(std::string_view text);

/// Reads messages from a descriptor. Where each is accepted before the next, memory stays below three of the largest
/// size and 256 KiB.
class Splitter {
 public:
  /// fd: where from; not owned. limit: the longest message in bytes, without its terminator or prefix.
  Splitter(int fd, Framing framing, std::size_t limit);

  enum class Step { record, end, too_long, timed_out, stopped, woken };
  /// The next message in `record`, valid until the next call. A last one without terminator counts, an empty rest does
  /// not; `whole` gives exactly one message, empty input included. too_long: the next message has more than `limit`
  /// bytes; too_long_size() tells how many where that is known without reading it all.
  /// Throws Error when reading fails, and where input ends inside a length-prefixed message.
  [[nodiscard]] Step next(std::string_view& record, const Wait& wait);
  [[nodiscard]] std::optional<std::uint64_t> too_long_size() const { return too_long_size_; }

  /// Declares the last record that next() gave as delivered. What was read but not declared is unread().
  void accept();
  /// Bytes that were read from the descriptor and belong to no accepted record, framing included.
  [[nodiscard]] std::string_view unread() const;
  /// Gives unread() back to a descriptor that can seek, so that the next reader of the same input finds it.
  /// True when nothing is left to save: it was given back, or there was nothing.
  [[nodiscard]] bool seek_back();

 private:
  enum class Fill { more, end, timed_out, stopped, woken };
  void make_room();
  [[nodiscard]] Fill wait_for_input(const Wait& wait) const;
  [[nodiscard]] Fill fill(const Wait& wait);
  [[nodiscard]] std::string_view available() const;
  [[nodiscard]] Step take(std::string_view& record, std::size_t length, std::size_t consumed);
  [[nodiscard]] Step next_whole(std::string_view& record, const Wait& wait);
  [[nodiscard]] Step next_prefixed(std::string_view& record, const Wait& wait);
  [[nodiscard]] Step next_terminated(std::string_view& record, const Wait& wait);

  int fd_;
  Framing framing_;
  std::size_t limit_;
  std::vector<char> buffer_;
  std::size_t accepted_ = 0;  // start of what is not accepted
  std::size_t begin_ = 0;     // start of what next() has not given
  std::size_t end_ = 0;       // end of what was read
  bool at_end_ = false;
  bool gave_whole_ = false;
  bool pollable_ = true;
  std::optional<std::uint64_t> too_long_size_;
};

}  // namespace ipctl
