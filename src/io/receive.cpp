// receive: take, deliver, and only then take the next; what cannot be delivered goes back or is saved.
#include "io/receive.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>

#include "io/commands.hpp"
#include "io/deliver.hpp"
#include "io/hand.hpp"
#include "io/journal.hpp"
#include "io/ready.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr Duration journal_slice = 1s;  // how long a prepared slot waits before it is prepared again

class Receiver {
 public:
  Receiver(Source& source, const ReceiveOptions& options, const Output& output);
  Exit run();

 private:
  void prepare();
  void receive();
  void finish_all();
  void open_journal();
  void replay();
  [[nodiscard]] bool satisfied() const;
  [[nodiscard]] bool is_late() const;
  [[nodiscard]] Outcome take(Hand& hand);
  void stop_after(Outcome outcome);
  void deliver(Hand& hand);
  void settle(Hand& hand, int code);

  Source& source_;
  const ReceiveOptions& options_;
  const Output& output_;
  StopSignals stop_;
  Deadline deadline_;
  Recorder recorder_;
  WayBack way_back_;
  std::optional<Commands> commands_;
  std::optional<Journal> journal_;
  std::vector<Hand> hands_;
  std::optional<pollfd> reader_;  // standard output, when its reader may leave
  std::optional<std::uint64_t> limit_;
  std::uint64_t taken_ = 0;
  std::uint64_t sequence_ = 0;
  bool stopping_ = false;  // take nothing more
  int death_signal_ = 0;   // end by it once all is delivered
  Exit status_ = Exit::ok;
};

Receiver::Receiver(Source& source, const ReceiveOptions& options, const Output& output)
    : source_(source),
      options_(options),
      output_(output),
      deadline_(deadline_of(options)),
      recorder_({options.framing, options.encoding, options.format, output.json, options.no_newline}),
      way_back_(source, output, options.journal),
      hands_(options.command.empty() ? 1 : options.jobs),
      limit_(options.count) {
  if (options.command.empty()) {
    reader_ = reader_of_output();
  } else {
    commands_.emplace(options_, way_back_, output_, stop_);
  }
}

bool Receiver::satisfied() const {
  return stopping_ || (commands_ && commands_->stopped()) || (limit_ && taken_ >= *limit_);
}

Exit Receiver::run() {
  try {
    prepare();
    receive();
  } catch (...) {
    finish_all();  // what other commands have in hand is not lost with the one that failed
    throw;
  }
  finish_all();
  source_.finish();
  // Ctrl-C ends the command as well: that it failed is no news then.
  if (death_signal_ == 0 && commands_ && commands_->stopped()) death_signal_ = StopSignals::requested();
  if (death_signal_ != 0) StopSignals::die_of(death_signal_);
  return commands_ && commands_->failed() ? Exit::command_failed : status_;
}

void Receiver::prepare() {
  if (!options_.journal.empty()) replay();
  for (std::size_t i = 0; i < hands_.size(); ++i) {
    if (journal_) hands_[i].slot = &journal_->slots()[i];
  }
  if (options_.all) {
    if (const auto now = source_.waiting()) limit_ = std::min(limit_.value_or(UINT64_MAX), taken_ + *now);
    if (limit_ == 0U) status_ = Exit::no;
  }
  announce_ready(options_.ready_fd);
}

void Receiver::receive() {
  while (!satisfied()) {
    // A queue that is never empty would never let a stop request end the wait for a message.
    if (StopSignals::requested() != 0 && !source_.is_divided()) return stop_after(Outcome::stopped);
    const auto hand = std::find_if(hands_.begin(), hands_.end(), [](const Hand& each) { return !each.child; });
    if (hand == hands_.end()) {
      commands_->wait_for_any(hands_);
    } else if (const Outcome outcome = take(*hand); outcome == Outcome::done) {
      deliver(*hand);
    } else if (outcome == Outcome::woken && commands_) {
      commands_->reap(hands_);
    } else {
      stop_after(outcome);
    }
  }
}

void Receiver::finish_all() {
  while (std::any_of(hands_.begin(), hands_.end(), [](const Hand& hand) { return hand.child.has_value(); })) {
    commands_->wait_for_any(hands_);
  }
}

void Receiver::open_journal() {
  journal_.reset();  // and its lock
  journal_.emplace(options_.journal, hands_.size(), source_.capacity(), source_.mechanism(), source_.name());
}

// What an earlier run had in hand when it ended.
void Receiver::replay() {
  open_journal();
  const std::size_t left = journal_->undelivered();
  if (left == 0) return;
  if (!options_.replay) {
    throw Error{Exit::failed, options_.journal,
                fmt::format("holds {} that an earlier run did not deliver; deliver first with --replay",
                            left == 1 ? "a message" : fmt::format("{} messages", left))};
  }
  Hand& hand = hands_.front();
  for (Slot& slot : journal_->slots()) {
    if (StopSignals::requested() != 0) return stop_after(Outcome::stopped);
    if (is_late()) return stop_after(Outcome::timed_out);
    if (slot.state() == Slot::State::free || satisfied()) continue;
    hand.slot = &slot;
    hand.message = slot.message();
    hand.message.sequence = ++sequence_;
    ::clock_gettime(CLOCK_REALTIME, &hand.message.time);
    if (hand.message.in_doubt) {
      output_.note(fmt::format("{}: message {} was being taken when ipctl was killed: its last bytes may be missing",
                               printable(hand.message.name), hand.message.sequence));
    }
    ++taken_;
    deliver(hand);
    while (hand.child) commands_->wait_for_any(hands_);
  }
  if (journal_->undelivered() == 0) open_journal();  // with slots for messages of this queue's size
}

// A deadline that is only looked at while waiting would not end a run whose queue is never empty.
bool Receiver::is_late() const {
  return options_.timeout > Duration::zero() && taken_ > 0 && !source_.is_divided() && deadline_.passed();
}

Outcome Receiver::take(Hand& hand) {
  if (is_late()) return Outcome::timed_out;
  std::vector<pollfd> also;
  if (reader_) also.push_back(*reader_);
  for (const Hand& other : hands_) {
    if (other.child && other.child->fd() >= 0)
      also.push_back({.fd = other.child->fd(), .events = POLLIN, .revents = 0});
  }
  hand.message = {};
  const std::size_t room = sizeof(long) + source_.first_capacity();
  if (hand.slot == nullptr && hand.own.size() < room) hand.own.resize(room);
  for (;;) {
    const bool sliced = hand.slot != nullptr && (deadline_.is_never() || *deadline_.remaining() > journal_slice);
    const Wait wait{sliced ? Deadline::after(journal_slice) : deadline_, &stop_, also};
    const Buffer buffer = hand.slot != nullptr ? hand.slot->prepare() : hand.own_buffer();
    const Outcome outcome = source_.receive(buffer, hand.message, wait);
    if (outcome == Outcome::timed_out && sliced) continue;
    if (outcome != Outcome::done) {
      hand.release();
      return outcome;
    }
    hand.message.sequence = ++sequence_;
    ::clock_gettime(CLOCK_REALTIME, &hand.message.time);
    if (hand.slot != nullptr) hand.slot->hold(hand.message);
    ++taken_;
    return outcome;
  }
}

void Receiver::stop_after(Outcome outcome) {
  stopping_ = true;
  if (outcome == Outcome::stopped) death_signal_ = StopSignals::requested();
  if (outcome == Outcome::ended && (limit_.value_or(0) > taken_ || (options_.all && taken_ == 0))) status_ = Exit::no;
  if (outcome == Outcome::woken) death_signal_ = SIGPIPE;  // nobody reads standard output any more
  if (outcome != Outcome::timed_out || (options_.all && taken_ > 0)) return;
  status_ = options_.timeout ? Exit::timed_out : Exit::no;
}

void Receiver::deliver(Hand& hand) {
  int code = 0;
  try {
    if (commands_) commands_->start(hand, recorder_.body(hand.message));
    else code = recorder_.write(STDOUT_FILENO, hand.message);
  } catch (...) {  // out of memory too
    way_back_.put_back(hand, "the message ", Telling::note);
    throw;
  }
  // One at a time needs no poll.
  if (commands_ && hands_.size() == 1) commands_->wait(hand);
  if (!commands_) settle(hand, code);
}

void Receiver::settle(Hand& hand, int code) {
  if (code == 0) return way_back_.give_up(hand);
  stopping_ = true;
  if (code == EINTR || code == EPIPE) {
    death_signal_ = code == EPIPE ? SIGPIPE : StopSignals::requested();
    way_back_.put_back(hand, "the message ", Telling::nothing);
    return;
  }
  const Kept kept = way_back_.keep(hand);
  throw Error{code, "write", "standard output", fmt::format("{}; the message {}", std::strerror(code), kept.where)};
}

}  // namespace

void validate(const ReceiveOptions& options) {
  if (options.nonblock && options.timeout) throw UsageError("--nonblock and --timeout exclude each other");
  if (options.all && options.timeout) throw UsageError("--all and --timeout exclude each other");
  if (options.count == 0U) throw UsageError("--count: at least 1 message");
  if (options.jobs == 0 || options.jobs > 512) throw UsageError("--jobs: 1 to 512");
  if (options.no_newline && options.framing.kind != FramingKind::unset) {
    throw UsageError("--no-newline excludes what else stands between messages");
  }
  if (options.command.empty() && (options.jobs != 1 || options.on_failure.kind != OnFailure::Kind::stop)) {
    throw UsageError("--jobs and --on-failure are about a command: they need -- CMD");
  }
  if (options.replay && options.journal.empty()) throw UsageError("--replay needs --journal DIR");
}

Deadline deadline_of(const ReceiveOptions& options) {
  return deadline_of(options.nonblock || options.all, options.timeout);
}

Exit receive_messages(Source& source, const ReceiveOptions& options, const Output& output) {
  return Receiver{source, options, output}.run();
}

}  // namespace ipctl
