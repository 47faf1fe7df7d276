// records: send and recv for pipes and FIFOs: messages with what ends them, packets, or just bytes.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "io/receive.hpp"
#include "io/record_sink.hpp"
#include "io/record_source.hpp"
#include "io/send.hpp"
#include "os/units.hpp"

namespace ipctl {

/// What a stream of bytes is made of.
enum class Content { messages, packets, bytes };

/// A message is a line unless its framing says otherwise, in the input as in the pipe.
struct RecordSendOptions : SendOptions {
  Content content = Content::messages;
  LongMessages long_messages = LongMessages::refused;
};

/// The framing is that of the pipe and of the output.
struct RecordReceiveOptions : ReceiveOptions {
  Content content = Content::messages;
  Size longest{std::uint64_t{1} << 20U};
};

/// Throw UsageError for options that exclude each other.
void validate(const RecordSendOptions& options);
void validate(const RecordReceiveOptions& options);

/// The other side did not come before the wait ended: how it ended.
using OpenWriter = std::function<std::optional<PipeEnd>(const Wait& wait, Waited& waited)>;

/// Sends all there is through what `open` opens, which users call `name`. As send_messages().
[[nodiscard]] Exit send_records(std::string_view mechanism, std::string_view name, const RecordSendOptions& options,
                                const Output& output, const OpenWriter& open);

/// What a FIFO needs beyond the pipe that it is.
struct FifoReading {
  AtEnd at_end = AtEnd::stop;
  PipeReader::Writer writer = PipeReader::Writer::was_there;
  std::function<void()> finally = {};
};

/// Receives from `end`. As receive_messages(), and notes why there was no message.
[[nodiscard]] Exit receive_records(std::string_view mechanism, PipeEnd end, const RecordReceiveOptions& options,
                                   const FifoReading& how, const Output& output);

/// O_DIRECT for packets, else 0.
[[nodiscard]] int open_flags(Content content);

}  // namespace ipctl
