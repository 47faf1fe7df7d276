// commands: one command per message, several at a time, and what becomes of a message whose command failed.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "io/hand.hpp"
#include "io/receive.hpp"
#include "os/signals.hpp"

namespace ipctl {

class Commands {
 public:
  /// Finds the command before anything is taken: throws Error with not_found or not_executable.
  Commands(const ReceiveOptions& options, const WayBack& way_back, const Output& output, const StopSignals& stop);

  /// Starts one with `body` on its standard input. Throws Error where it cannot.
  void start(Hand& hand, std::string_view body);
  /// Blocks until the command that has `hand` ends.
  void wait(Hand& hand);
  /// Blocks until one of those that have `hands` ends.
  void wait_for_any(std::span<Hand> hands);
  /// Sees to those that have ended.
  void reap(std::span<Hand> hands);

  [[nodiscard]] bool failed() const { return failed_; }
  /// One failed, and nothing more is to be taken.
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  void finish(Hand& hand, int status);
  [[nodiscard]] bool save(const Hand& hand, const std::string& failure);
  void pause();

  const ReceiveOptions& options_;
  const WayBack& way_back_;
  const Output& output_;
  const StopSignals& stop_;
  std::string path_;
  Duration pause_;
  bool failed_ = false;
  bool stopped_ = false;
};

}  // namespace ipctl
