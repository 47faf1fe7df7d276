// stream: bytes through a pipe, without messages; splice(2).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "os/wait.hpp"

namespace ipctl {

/// What ended a stream.
enum class StreamEnd { input_ended, timed_out, stopped, woken, read_failed, write_failed };

/// What a wait that ended otherwise than ready means for it.
[[nodiscard]] StreamEnd stream_end_of(Waited waited);

/// Moves bytes from one descriptor to another until input ends, one of which is a pipe: by splice(2) where the kernel
/// can, without a copy through this process; but what is in a file is copied, so that nobody changes what is under way.
/// Flags of the descriptors are not changed.
class Stream {
 public:
  /// in, out: not owned.
  Stream(int in, int out);

  [[nodiscard]] StreamEnd run(const Wait& wait);
  /// Bytes that are in the output.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// The errno of a failed read or write, else 0.
  [[nodiscard]] int code() const { return code_; }
  /// What was read and is not in the output.
  [[nodiscard]] std::string_view unsent() const { return {buffer_.data() + begin_, end_ - begin_}; }

 private:
  enum class Step { more, must_wait, done };
  [[nodiscard]] Step splice();
  [[nodiscard]] Step copy(const Wait& wait);
  [[nodiscard]] Step fail(StreamEnd end, int code);
  [[nodiscard]] bool wait_until(int fd, short events, const Wait& wait);

  int in_;
  int out_;
  bool is_from_file_;
  bool splices_;
  StreamEnd result_ = StreamEnd::input_ended;
  std::uint64_t bytes_ = 0;
  int code_ = 0;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace ipctl
