// commands: started, waited for, and their failures.
#include "io/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "io/deliver.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;

constexpr Duration first_pause = 100ms;  // after a failure; doubled for each that follows without a success
constexpr Duration longest_pause = 5s;

}  // namespace

Commands::Commands(const ReceiveOptions& options, const WayBack& way_back, const Output& output,
                   const StopSignals& stop)
    : options_(options),
      way_back_(way_back),
      output_(output),
      stop_(stop),
      path_(find_command(options.command.front())),
      pause_(first_pause) {}

void Commands::start(Hand& hand, std::string_view body) {
  hand.child = start_command(path_, options_.command, body, hand.message);
}

void Commands::wait(Hand& hand) {
  finish(hand, hand.child->wait());
}

void Commands::wait_for_any(std::span<Hand> hands) {
  std::vector<pollfd> fds;
  for (Hand& hand : hands) {
    if (!hand.child) continue;
    // No pidfd, pidfd_open(2): one after the other then.
    if (hand.child->fd() < 0) return wait(hand);
    fds.push_back({.fd = hand.child->fd(), .events = POLLIN, .revents = 0});
  }
  static_cast<void>(wait_for(fds, {}));
  reap(hands);
}

void Commands::reap(std::span<Hand> hands) {
  for (Hand& hand : hands) {
    if (!hand.child) continue;
    if (const std::optional<int> status = hand.child->poll()) finish(hand, *status);
  }
}

void Commands::finish(Hand& hand, int status) {
  hand.child.reset();
  if (status == 0) {
    pause_ = first_pause;
    return way_back_.give_up(hand);
  }
  failed_ = true;
  const std::string failure = fmt::format("message {}: {} failed with status {}{}; the message ", hand.message.sequence,
                                          printable(options_.command.front()), status,
                                          status > 128 ? fmt::format(" (as signal {} does)", status - 128) : "");
  switch (options_.on_failure.kind) {
    case OnFailure::Kind::drop:
      output_.note(printable(hand.message.name) + ": " + failure + "is dropped");
      return way_back_.give_up(hand);
    case OnFailure::Kind::requeue:
      if (way_back_.move_back(hand, failure) || way_back_.put_back(hand, failure, Telling::note)) return pause();
      stopped_ = true;  // the next message would take its place
      return;
    case OnFailure::Kind::save:
      if (save(hand, failure)) return;
      [[fallthrough]];
    case OnFailure::Kind::stop: stopped_ = true; way_back_.put_back(hand, failure, Telling::error);
  }
}

bool Commands::save(const Hand& hand, const std::string& failure) {
  try {
    const std::string file = save_bytes(options_.on_failure.directory, file_prefix(hand.message), hand.message.data);
    output_.note(printable(hand.message.name) + ": " + failure + "is in " + printable(file));
  } catch (const Error& error) {
    output_.complain(fmt::format("--on-failure save: {}", error.what()));
    return false;
  }
  way_back_.give_up(hand);
  return true;
}

// A command that fails on every message must not make requeue a busy loop.
void Commands::pause() {
  const Wait wait{Deadline::after(pause_), &stop_};
  static_cast<void>(wait_for(std::span<pollfd>{}, wait));
  pause_ = std::min(pause_ * 2, longest_pause);
}

}  // namespace ipctl
