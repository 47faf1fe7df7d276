// RecordSink: messages into the stream of bytes that a pipe is, each with what frames it.
#pragma once

#include <string>

#include "io/framing.hpp"
#include "ipc/message.hpp"
#include "ipc/pipe_writer.hpp"

namespace ipctl {

/// Whether messages of more than PIPE_BUF bytes are written under a lock, or refused.
enum class LongMessages { refused, locked };

/// How messages lie in a pipe, and which of them fit. name: the pipe, for errors.
struct RecordShape {
  std::string name;
  Framing framing;  // `whole`: each message is one packet of pipe(2)
  LongMessages long_messages = LongMessages::refused;

  /// The longest message in bytes, without what frames it.
  [[nodiscard]] std::size_t capacity() const;
  /// Throws Error for a message that is longer, or that holds what ends one.
  void check(std::string_view data) const;
  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const;
};

class RecordSink final : public Sink {
 public:
  RecordSink(PipeEnd end, std::string_view mechanism, RecordShape shape);

  [[nodiscard]] std::string_view mechanism() const override { return mechanism_; }
  [[nodiscard]] std::string_view name() const override { return writer_.name(); }
  [[nodiscard]] std::size_t capacity() const override { return capacity_; }
  [[nodiscard]] Outcome send(std::string_view data, const Wait& wait) override;
  [[nodiscard]] Outcome drain(const Wait& wait) override { return writer_.drain(wait); }
  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const override { shape_.refuse_length(bytes); }

 private:
  PipeWriter writer_;
  std::string_view mechanism_;
  RecordShape shape_;
  std::size_t capacity_;
};

}  // namespace ipctl
