// send: from arguments, a file or standard input into a Sink; what was read and not sent is given back or saved.
#include "io/send.hpp"

#include <fmt/format.h>

#include "io/input.hpp"
#include "io/json.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

class Sender {
 public:
  Sender(Sink& sink, const SendOptions& options, const Output& output);
  Exit run();

 private:
  [[nodiscard]] Outcome send(std::string_view text);
  [[nodiscard]] Outcome send_arguments();
  [[nodiscard]] Outcome send_input();
  [[nodiscard]] Outcome send_records(Splitter& splitter);
  void recover(Splitter& splitter);
  [[nodiscard]] Exit finish(Outcome outcome);
  [[nodiscard]] std::string progress() const;
  void report() const;
  void report_anyway() const;

  Sink& sink_;
  const SendOptions& options_;
  const Output& output_;
  StopSignals stop_;
  Wait wait_;
  std::uint64_t sent_ = 0;
};

Sender::Sender(Sink& sink, const SendOptions& options, const Output& output)
    : sink_(sink), options_(options), output_(output), wait_{deadline_of(options.nonblock, options.timeout), &stop_} {}

Exit Sender::run() {
  Outcome outcome = Outcome::done;
  try {
    outcome = options_.messages.empty() ? send_input() : send_arguments();
    if (outcome == Outcome::done && options_.drain) outcome = sink_.drain(wait_);
  } catch (const Error& error) {
    report_anyway();
    if (sent_ == 0) throw;
    throw Error{error.status(), {}, fmt::format("{}; {} before it", error.what(), progress())};
  }
  return finish(outcome);
}

Outcome Sender::send(std::string_view text) {
  // A queue that is never full does not block, and so notices neither.
  if (StopSignals::requested() != 0) return Outcome::stopped;
  if (options_.timeout > Duration::zero() && sent_ > 0 && wait_.deadline.passed()) return Outcome::timed_out;
  Outcome outcome = Outcome::done;
  if (options_.decoding == Encoding::raw) outcome = sink_.send(text, wait_);
  else outcome = sink_.send(decode(options_.decoding, text), wait_);
  if (outcome == Outcome::done) ++sent_;
  return outcome;
}

Outcome Sender::send_arguments() {
  for (const std::string& message : options_.messages) {
    if (const Outcome outcome = send(message); outcome != Outcome::done) return outcome;
  }
  return Outcome::done;
}

Outcome Sender::send_input() {
  const InputFile file{options_.file};
  Framing framing = options_.framing;
  if (framing.kind == FramingKind::unset) framing.kind = FramingKind::whole;
  // Encoded text is longer than what it stands for: hexadecimal twice, quoted four times.
  const std::size_t limit = options_.decoding == Encoding::raw ? sink_.capacity() : sink_.capacity() * 4 + 4096;
  Splitter splitter{file.fd(), std::move(framing), limit};
  try {
    const Outcome outcome = send_records(splitter);
    if (outcome != Outcome::done) recover(splitter);
    return outcome;
  } catch (...) {  // out of memory too
    recover(splitter);
    throw;
  }
}

Outcome Sender::send_records(Splitter& splitter) {
  // --nonblock is about the queue: input may take its time.
  const Wait reading{options_.nonblock ? Deadline::never() : wait_.deadline, &stop_};
  for (;;) {
    std::string_view record;
    switch (splitter.next(record, reading)) {
      case Splitter::Step::end: return Outcome::done;
      case Splitter::Step::too_long:
        sink_.refuse_length(options_.decoding == Encoding::raw ? splitter.too_long_size() : std::nullopt);
        break;
      case Splitter::Step::timed_out: return Outcome::timed_out;
      case Splitter::Step::stopped: return Outcome::stopped;
      case Splitter::Step::woken: return Outcome::woken;
      case Splitter::Step::record: break;
    }
    if (const Outcome outcome = send(record); outcome != Outcome::done) return outcome;
    splitter.accept();
  }
}

// Input that was read ahead belongs to whoever reads it next.
void Sender::recover(Splitter& splitter) {
  if (splitter.seek_back()) return;
  save_unsent(output_, sink_.mechanism(), sink_.name(), splitter.unread());
}

Exit Sender::finish(Outcome outcome) {
  if (outcome == Outcome::stopped) {
    report_anyway();
    StopSignals::die_of(StopSignals::requested());
  }
  const std::string_view why = options_.nonblock ? "is full" : "timed out";
  if (outcome == Outcome::timed_out) {
    output_.note(fmt::format("{}: {}; {}", printable(sink_.name()), why, progress()));
  }
  report();
  if (outcome != Outcome::timed_out) return Exit::ok;
  return options_.nonblock ? Exit::no : Exit::timed_out;
}

std::string Sender::progress() const {
  return fmt::format("{} message{} sent", sent_, sent_ == 1 ? "" : "s");
}

// Where something else ends the run: that is what counts.
void Sender::report_anyway() const {
  try {
    report();
  } catch (const Error&) {
  }
}

void Sender::report() const {
  if (!output_.json) return;
  try {
    output_.write(fmt::format("{{\"mechanism\":{},{},\"sent\":{}}}\n", json_string(sink_.mechanism()),
                              json_name(sink_.name()), sent_));
  } catch (const Error& error) {
    if (error.code() == EPIPE) throw;
    throw Error{Exit::failed, {}, fmt::format("{}; {}", error.what(), progress())};
  }
}

}  // namespace

void validate(const SendOptions& options) {
  if (options.nonblock && options.timeout) throw UsageError("--nonblock and --timeout exclude each other");
  require_decoding(options.decoding);
  if (options.messages.empty()) return;
  if (!options.file.empty()) throw UsageError("messages come from arguments or from --file, not both");
  if (options.framing.kind != FramingKind::unset) {
    throw UsageError("each argument is one message: what splits input has no use with MSG");
  }
}

Exit send_messages(Sink& sink, const SendOptions& options, const Output& output) {
  return Sender{sink, options, output}.run();
}

}  // namespace ipctl
