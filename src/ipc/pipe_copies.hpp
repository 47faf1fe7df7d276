// PipeCopies: all that comes out of one pipe goes into several, and into files, tee(2), splice(2).
#pragma once

#include <poll.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "os/fd.hpp"

namespace ipctl {

/// The kernel passes pages on; nothing goes through user space, but to a file that splice(2) cannot write. Packets
/// (O_DIRECT) stay packets. The slowest receiver sets the pace. A pipe whose reader left, or a file that cannot be
/// written, is dropped and the others go on; with the last pipe the source is closed, so that its writer learns of it.
/// SIGPIPE and SIGXFSZ must not kill meanwhile.
class PipeCopies {
 public:
  /// source: the read end of a pipe whose capacity is set.
  explicit PipeCopies(Fd source) : source_(std::move(source)) {}

  /// Add all before the first step(). pipe: a write end; the first must be one. file: as open(2) gave it; its flags may
  /// be changed.
  void add_pipe(Fd pipe);
  void add_file(Fd file, std::string name);

  /// Adds count() entries to `fds`: what step() waits for. Those of no interest are -1.
  void want(std::vector<pollfd>& fds) const;
  [[nodiscard]] std::size_t count() const { return 1 + receivers_.size(); }
  /// Does what can be done without waiting. ready: the entries of want() with their revents.
  void step(std::span<const pollfd> ready);
  /// All has arrived, or nobody is left.
  [[nodiscard]] bool done() const;

  struct Failure {
    std::string name;
    int code;  // errno
  };
  /// Files that were dropped.
  [[nodiscard]] const std::vector<Failure>& failures() const { return failures_; }

 private:
  // A copy is whole in `stage` before the next begins: tee(2) can only copy from the start of what is in a pipe.
  struct Receiver {
    enum class Kind { pipe, file, unspliceable };
    Kind kind;
    Fd end;  // -1: dropped
    std::string name;
    Fd stage_in, stage_out;
    std::uint64_t left = 0;  // in the stage
    std::string bytes = {};  // of an unspliceable file: taken from the stage, not written yet
  };

  void add(Receiver receiver);
  void push(Receiver& receiver);
  void write_bytes(Receiver& receiver);
  void fail(Receiver& receiver, int code);
  [[nodiscard]] bool fill();
  [[nodiscard]] bool is_idle() const;
  void drop_readerless(std::span<const pollfd> ready);
  void close_source_if_useless();
  void finish();

  Fd source_;
  std::vector<Receiver> receivers_;
  std::vector<Failure> failures_;
};

}  // namespace ipctl
