// PipeReader: looks at what waits in a pipe, tee(2), and takes no more of it than is wanted.
#pragma once

#include <sys/uio.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ipc/pipe_end.hpp"
#include "os/pipe.hpp"
#include "os/wait.hpp"

namespace ipctl {

/// For one reader at a time: bytes that another process reads meanwhile are missing here, which is noticed where it
/// cannot be prevented.
class PipeReader {
 public:
  /// Whether somebody had the other end open when this one was opened: always for a pipe, which has no name.
  enum class Writer { expected, was_there };
  PipeReader(PipeEnd end, Writer writer);

  [[nodiscard]] const std::string& name() const { return end_.name(); }
  /// What waits, from its first byte on, as far as the last look() saw it.
  [[nodiscard]] std::string_view ahead() const {
    return std::string_view{window_.data(), end_of_window_}.substr(begin_);
  }

  enum class Look {
    more,       // ahead() has more than before
    other,      // another process has read: ahead() is not what it was, and may be empty
    full,       // the pipe can hold no more: what comes next comes when something is taken
    ended,      // no writer is left, and nothing more will come
    timed_out,  // nor did anything more come
    stopped,
    woken,
  };
  /// Waits until there is more than ahead(). Throws Error.
  [[nodiscard]] Look look(const Wait& wait);
  /// Nobody has had it open for writing yet.
  [[nodiscard]] bool is_writer_expected() const { return !writer_seen_; }

  /// Takes the first bytes of ahead(), as many as `pieces` have. Returns how many came: fewer, or others (then
  /// is_disturbed()), where another process reads from it too. Throws Error.
  [[nodiscard]] std::size_t take(std::span<const iovec> pieces);
  [[nodiscard]] bool is_disturbed() const { return disturbed_; }

  /// One read(2) of a packet, O_DIRECT of pipe(2), of at most data.size() bytes; bytes beyond that are lost.
  [[nodiscard]] Look take_packet(std::span<char> data, std::size_t& length, const Wait& wait);

  /// A FIFO whose writers have left: from now on it waits for the next. Throws Error.
  void expect_writer();
  /// Whether all who had it open for writing, since this end was opened, have left.
  [[nodiscard]] bool has_hung_up() const;
  /// Bytes that were taken through this.
  [[nodiscard]] std::uint64_t taken() const { return taken_; }
  /// Bytes in it that nobody has taken.
  [[nodiscard]] std::uint64_t unread() const { return unread_bytes(end_.fd()).value_or(0); }

 private:
  enum class Peek { some, full, empty, no_writer };
  [[nodiscard]] Peek peek();
  void watch();
  void forget_wakes() const;

  PipeEnd end_;
  PipeEnds copy_;  // what tee(2) copies into
  Fd epoll_;
  std::vector<char> window_;
  std::uint64_t taken_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_of_window_ = 0;
  bool writer_seen_;
  bool disturbed_ = false;
};

}  // namespace ipctl
