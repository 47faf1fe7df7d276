// records: the loops of send and receive over pipes, and streams of bytes beside them.
#include "io/records.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstring>

#include "io/input.hpp"
#include "io/json.hpp"
#include "io/ready.hpp"
#include "io/save.hpp"
#include "io/stream.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

constexpr std::uint64_t usual_capacity = std::uint64_t{64} << 10U;
constexpr std::uint64_t stream_capacity = std::uint64_t{256} << 10U;

// More at once where that is allowed, and where nobody chose how much it holds: a matter of speed alone.
void enlarge(int fd) {
  if (pipe_capacity(fd) == usual_capacity) ::fcntl(fd, F_SETPIPE_SZ, static_cast<int>(stream_capacity));
}

Framing framing_of(const Framing& given, Content content) {
  if (content == Content::packets) return FramingKind::whole;
  return given.kind == FramingKind::unset ? Framing{FramingKind::lines} : given;
}

Exit end_of_stream(StreamEnd end, std::optional<Duration> timeout) {
  switch (end) {
    case StreamEnd::stopped: StopSignals::die_of(StopSignals::requested());
    case StreamEnd::woken: StopSignals::die_of(SIGPIPE);
    case StreamEnd::timed_out: return timeout ? Exit::timed_out : Exit::no;
    default: return Exit::ok;
  }
}

void report_stream(std::string_view mechanism, std::string_view name, std::uint64_t bytes, const Output& output) {
  if (!output.json) return;
  output.write(fmt::format("{{\"mechanism\":{},{},\"bytes\":{}}}\n", json_string(mechanism), json_name(name), bytes));
}

Exit send_stream(std::string_view mechanism, const PipeEnd& end, const RecordSendOptions& options, const Wait& wait,
                 const Output& output) {
  const InputFile input{options.file};
  enlarge(end.fd());
  Stream stream{input.fd(), end.fd()};
  const StreamEnd ended = stream.run(wait);
  const int code = stream.code();
  if (ended != StreamEnd::input_ended) save_unsent(output, mechanism, end.name(), stream.unsent());
  if (ended == StreamEnd::read_failed) throw Error{code, "read", "input"};
  if (ended == StreamEnd::write_failed) {
    const std::string why = code == EPIPE ? "no reader has it open any more" : std::strerror(code);
    throw Error{Exit::failed, end.name(), fmt::format("{}; {} bytes were sent", why, stream.bytes())};
  }
  if (ended == StreamEnd::timed_out) {
    output.note(fmt::format("{}: {}; {} bytes were sent", printable(end.name()),
                            options.nonblock ? "is full" : "timed out", stream.bytes()));
  }
  if (ended == StreamEnd::input_ended && options.drain) {
    const Outcome drained = PipeWriter{end.duplicate()}.drain(wait);
    if (drained == Outcome::stopped) StopSignals::die_of(StopSignals::requested());
    if (drained == Outcome::timed_out) return Exit::timed_out;
  }
  report_stream(mechanism, end.name(), stream.bytes(), output);
  return end_of_stream(ended, options.timeout);
}

Exit receive_stream(const PipeEnd& end, const RecordReceiveOptions& options, const Output& output) {
  const StopSignals stop;
  enlarge(end.fd());
  const auto reader = reader_of_output();
  std::vector<pollfd> also;
  if (reader) also.push_back(*reader);
  const Wait wait{deadline_of(options), &stop, also};
  announce_ready(options.ready_fd);
  // poll(2) tells nothing of a FIFO before its first writer comes.
  if (const Waited waited = wait_for(end.fd(), POLLIN, wait); waited != Waited::ready) {
    return end_of_stream(stream_end_of(waited), options.timeout);
  }
  Stream stream{end.fd(), STDOUT_FILENO};
  const StreamEnd ended = stream.run(wait);
  if (!stream.unsent().empty()) {
    save_somehow(
        output, fmt::format("{}: {} bytes were taken and not delivered", printable(end.name()), stream.unsent().size()),
        "stream-" + end.name(), stream.unsent());
  }
  if (ended == StreamEnd::write_failed && stream.code() == EPIPE) StopSignals::die_of(SIGPIPE);
  if (ended == StreamEnd::write_failed) throw Error{stream.code(), "write", "standard output"};
  if (ended == StreamEnd::read_failed) throw Error{stream.code(), "read", end.name()};
  return end_of_stream(ended, options.timeout);
}

void require_short(const Framing& framing) {
  constexpr std::size_t longest = 255;
  if (framing.terminator().size() > longest) throw UsageError("--delimiter: at most 255 bytes");
}

// The deadline is for all: what it took to open counts.
RecordSendOptions with_deadline(const RecordSendOptions& options, const Deadline& deadline) {
  RecordSendOptions rest = options;
  rest.framing = framing_of(options.framing, Content::messages);  // of the input, also where the pipe has packets
  if (options.timeout) rest.timeout = deadline.remaining();
  return rest;
}

}  // namespace

void validate(const RecordSendOptions& options) {
  require_short(options.framing);
  SendOptions shared = options;
  if (!options.messages.empty() && options.content == Content::messages) shared.framing = {};
  validate(shared);
  if (options.nonblock && options.drain) throw UsageError("--drain waits: --nonblock excludes it");
  if (options.content == Content::messages) return;
  if (options.long_messages == LongMessages::locked) throw UsageError("--lock is for messages alone");
  if (options.content == Content::packets) return;
  if (!options.messages.empty()) throw UsageError("--stream sends standard input or --file: no MSG");
  if (options.framing.kind != FramingKind::unset || options.decoding != Encoding::raw) {
    throw UsageError("--stream passes bytes as they are: nothing splits or decodes them");
  }
}

void validate(const RecordReceiveOptions& options) {
  require_short(options.framing);
  ReceiveOptions shared = options;
  if (options.no_newline) shared.framing = {};  // that of the pipe; the output has none then
  validate(shared);
  if (options.longest.bytes == 0 || options.longest.bytes > UINT32_MAX) throw UsageError("--max-size: 1 to 4 GiB");
  if (options.on_failure.kind == OnFailure::Kind::requeue) {
    throw UsageError("--on-failure requeue: nothing goes back into a pipe; save:DIR keeps it in a file");
  }
  if (options.content != Content::bytes) return;
  const bool shaped = options.framing.kind != FramingKind::unset || options.no_newline || !options.format.empty() ||
                      options.encoding != Encoding::raw;
  if (shaped || options.count || options.all || !options.journal.empty() || !options.command.empty()) {
    throw UsageError("--stream passes all bytes as they are: it goes with --timeout, --nonblock and --ready-fd only");
  }
}

Exit send_records(std::string_view mechanism, std::string_view name, const RecordSendOptions& options,
                  const Output& output, const OpenWriter& open) {
  const StopSignals stop;
  const Deadline deadline = deadline_of(options.nonblock, options.timeout);
  RecordShape shape{std::string(name), framing_of(options.framing, options.content), options.long_messages};
  // Before it is opened: a reader would see a writer come and go.
  for (const std::string& message : options.messages) shape.check(decode(options.decoding, message));
  const Wait wait{deadline, &stop};
  Waited waited = Waited::ready;
  std::optional<PipeEnd> end = open(wait, waited);
  if (waited == Waited::stopped) StopSignals::die_of(StopSignals::requested());
  if (!end) return options.nonblock ? Exit::no : Exit::timed_out;
  if (options.content == Content::bytes) return send_stream(mechanism, *end, options, wait, output);
  RecordSink sink{std::move(*end), mechanism, std::move(shape)};
  return send_messages(sink, with_deadline(options, deadline), output);
}

Exit receive_records(std::string_view mechanism, PipeEnd end, const RecordReceiveOptions& options,
                     const FifoReading& how, const Output& output) {
  if (options.content == Content::bytes) return receive_stream(end, options, output);
  RecordSource source{PipeReader{std::move(end), how.writer},
                      {.mechanism = mechanism,
                       .framing = framing_of(options.framing, options.content),
                       .longest = options.content == Content::packets ? PIPE_BUF : options.longest.bytes,
                       .at_end = how.at_end,
                       // Who has a pipe's end that ipctl opens, or inherits, has it still.
                       .rest = how.writer == PipeReader::Writer::expected ? Rest::may_be_lost : Rest::is_kept,
                       .scope = options.all ? Scope::as_it_is : Scope::as_it_comes,
                       .finally = how.finally},
                      output};
  try {
    const Exit status = receive_messages(source, options, output);
    if ((status == Exit::no || status == Exit::timed_out) && !source.why_none().empty()) {
      output.note(fmt::format("{}: {}", printable(source.name()), source.why_none()));
    }
    return status;
  } catch (...) {
    source.finish();
    throw;
  }
}

int open_flags(Content content) {
  return content == Content::packets ? O_DIRECT : 0;
}

}  // namespace ipctl
