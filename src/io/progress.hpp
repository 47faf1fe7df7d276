// ProgressLine: how far a long transfer has come, for a person who waits at a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "io/output.hpp"

namespace ipctl {

/// One line on standard error, written over again and again, where that is a terminal; from a second after the start.
/// Not with --quiet. The line is gone when it is destroyed.
class ProgressLine {
 public:
  /// Whether standard output has data meanwhile: a line between it, on the same terminal, would spoil it.
  enum class Screen { free, has_data };
  /// total: bytes; UINT64_MAX where that is not known.
  ProgressLine(const Output& output, std::uint64_t total, Screen screen);
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ~ProgressLine();

  void update(std::uint64_t bytes);

 private:
  using Clock = std::chrono::steady_clock;
  std::uint64_t total_;
  bool wanted_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point next_;
};

/// The line for it: "1.5G of 4G, 37%, 2.1G/s".
[[nodiscard]] std::string progress_text(std::uint64_t bytes, std::uint64_t total, std::chrono::nanoseconds passed);

}  // namespace ipctl
