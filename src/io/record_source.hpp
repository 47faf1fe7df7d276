// RecordSource: messages out of the stream of bytes that a pipe is, one at a time.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/framing.hpp"
#include "io/output.hpp"
#include "ipc/message.hpp"
#include "ipc/pipe_reader.hpp"

namespace ipctl {

enum class AtEnd {
  stop,    // when the writers have left, nothing more comes
  remain,  // a FIFO: wait for the next writer
};

/// What is left in the pipe when nothing more is received: others have the pipe open, or that is not known.
enum class Rest { is_kept, may_be_lost };

/// What is wanted of what will ever be in the pipe.
enum class Scope {
  as_it_comes,
  as_it_is,  // the messages that begin in what is there when the first is taken
};

struct RecordSourceOptions {
  std::string_view mechanism;
  Framing framing;          // `whole`: each packet of pipe(2) is one message
  std::size_t longest = 0;  // bytes of a message, without what frames it
  AtEnd at_end = AtEnd::stop;
  Rest rest = Rest::is_kept;
  Scope scope = Scope::as_it_comes;
  std::function<void()> finally = {};  // when nothing more will be received
};

/// A message is looked at before it is taken, and taken alone: what follows it stays in the pipe, and so does one whose
/// end has not come, unless it is longer than the pipe. One without what ends it counts when the last writer has left.
class RecordSource final : public Source {
 public:
  RecordSource(PipeReader reader, RecordSourceOptions options, const Output& output);

  [[nodiscard]] std::string_view mechanism() const override { return options_.mechanism; }
  [[nodiscard]] std::string_view name() const override { return reader_.name(); }
  [[nodiscard]] std::size_t capacity() const override { return options_.longest; }
  [[nodiscard]] std::size_t first_capacity() const override;
  [[nodiscard]] std::optional<std::uint64_t> waiting() const override { return std::nullopt; }
  [[nodiscard]] Outcome receive(const Buffer& buffer, Message& message, const Wait& wait) override;
  /// Saves the beginning of a message that was taken, and whose end did not come. Tells of bytes that are left where
  /// nobody else may have it open.
  void finish() override;
  [[nodiscard]] bool give_back(const Message& /*message*/) override { return false; }

  /// Why the last receive() gave no message, in words; empty where it did.
  [[nodiscard]] std::string_view why_none() const { return why_none_; }

 private:
  [[nodiscard]] Outcome receive_record(const Buffer& buffer, Message& message, const Wait& wait);
  [[nodiscard]] Outcome receive_packet(const Buffer& buffer, Message& message, const Wait& wait);
  [[nodiscard]] std::optional<Extent> find_record(const Buffer& buffer, bool is_last);
  [[nodiscard]] std::optional<Extent> look_for_prefix() const;
  [[nodiscard]] std::optional<Extent> look_for_terminator();
  [[nodiscard]] bool is_beyond_scope();
  void take(const Buffer& buffer, Message& message, const Extent& extent);
  void take_part(const Buffer& buffer, std::size_t size);
  void show_parts(const Buffer& buffer) const;
  [[nodiscard]] std::size_t prefix_length() const;
  [[nodiscard]] std::span<char> room(const Buffer& buffer, std::size_t size) const;
  [[noreturn]] void refuse_length(std::optional<std::uint64_t> bytes) const;
  [[noreturn]] void fail_disturbed() const;
  [[nodiscard]] Outcome none(PipeReader::Look look);

  PipeReader reader_;
  RecordSourceOptions options_;
  const Output& output_;
  std::vector<char> parts_;   // the beginning of a message that is longer than the pipe
  std::size_t searched_ = 0;  // no terminator begins before this in what is looked at
  std::string why_none_;
  std::optional<std::uint64_t> wanted_;  // bytes, for Scope::as_it_is
  bool finished_ = false;
  bool ended_ = false;
};

}  // namespace ipctl
