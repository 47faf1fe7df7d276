// Pipeline: commands joined by pipes, started, waited for, and how each ended; pipe(7).
#pragma once

#include <cstdint>
#include <exception>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "ipc/pipe_copies.hpp"
#include "os/child.hpp"
#include "os/fd.hpp"
#include "os/pipe.hpp"
#include "os/relay.hpp"

namespace ipctl {

struct PipelinePart {
  std::string path;  // as find_command found it
  std::vector<std::string> arguments;
};

struct PipelinePlan {
  enum class Shape {
    line,  // each to the next
    ring,  // and the last to the first
    fan,   // the first to each of the others
  };
  struct Tee {
    std::size_t part;  // whose output is copied, from 0
    std::string file;
  };
  std::vector<PipelinePart> parts;  // not empty
  Shape shape = Shape::line;
  int pipe_flags = 0;  // O_DIRECT: packets
  std::optional<std::uint64_t> capacity;
  std::vector<Tee> tees;  // of parts whose output goes to a pipe
};

struct PartEnd {
  std::optional<pid_t> pid;       // nullopt: it was not started
  std::optional<CommandEnd> end;  // nullopt: nor was it tried to start it
};

class Pipeline {
 public:
  /// Makes all pipes, opens the files of tees (truncated, mode 0666 but for the umask). Throws Error.
  explicit Pipeline(const PipelinePlan& plan);

  /// Starts all and waits until all have ended and everything is copied. Meanwhile this process holds none of the ends,
  /// but for those that it copies, and its standard input and output are /dev/null; they stay so. Where one cannot be
  /// started, those after it are not, those before it see the ends of their pipes, and start_failure() tells why.
  void run(SignalRelay& relay);

  /// For each part, once it has run.
  [[nodiscard]] const std::vector<PartEnd>& ends() const { return ends_; }
  [[nodiscard]] const std::exception_ptr& start_failure() const { return start_failure_; }
  /// Files of tees that were not written to the end.
  [[nodiscard]] std::vector<PipeCopies::Failure> copy_failures() const;

 private:
  struct Ends {
    Fd input;
    Fd output;
  };
  [[nodiscard]] PipeEnds connect() const;
  void join(std::size_t from, std::vector<std::size_t> to);
  void start();
  void wait(SignalRelay& relay);
  void copy_and_wait(SignalRelay& relay);

  PipelinePlan plan_;
  std::vector<Ends> streams_;     // of the parts not started yet
  std::list<PipeCopies> copies_;  // does not move what it holds
  std::vector<Child> children_;
  std::vector<PartEnd> ends_;
  std::exception_ptr start_failure_;
};

}  // namespace ipctl
