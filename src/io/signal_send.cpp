// signal_send: all targets get a step before any is waited for; who has ended gets no other.
#include "io/signal_send.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/each.hpp"
#include "io/json.hpp"
#include "ipc/signal_names.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

using signals::End;
using signals::Receiver;

struct Target {
  Receiver receiver;
  int signal = 0;      // the last that was sent
  bool ended = false;  // as far as was waited for
  End end;
};

std::string in_words(const End& end) {
  if (end.status) return fmt::format("exited with status {}", *end.status);
  if (end.signal) return fmt::format("ended by signal {}", signals::name_of(*end.signal));
  return "ended; the kernel does not tell how";
}

template <class Number>
std::string number_json(const std::optional<Number>& number) {
  return number ? fmt::format("{}", *number) : "null";
}

class Sender {
 public:
  Sender(const SignalOptions& options, const Output& output)
      : options_(options), output_(output), waits_(options.wait || options.steps.back().patience) {}

  Exit run() {
    open_all();
    for (const SignalStep& step : options_.steps) {
      send_all(step.signal);
      if (step.patience) await_all(Deadline::after(*step.patience));
    }
    if (options_.wait) await_all(options_.deadline);
    if (waits_) tell_all();
    if (output_.json) output_.write("{\"schema\":1,\"signalled\":[" + items() + "],\"errors\":[" + errors_ + "]}\n");
    if (options_.pass_status && status_ == Exit::ok) return passed_status();
    return status_;
  }

 private:
  [[nodiscard]] signals::Shot shot_of(int signal) const {
    signals::Shot shot = options_.shot;
    shot.signal = signal;
    return shot;
  }

  void fail(const std::string& name, const Error& error) {
    output_.complain(error.what());
    status_ = with_failure(status_, error.status());
    errors_.append(errors_.empty() ? "" : ",").append(error_json(name, error.what()));
  }

  // Before the first signal: what is sent to one may end another.
  void open_all() {
    for (const std::string& name : options_.targets) {
      try {
        targets_.push_back({.receiver = Receiver{name, options_.shot}});
      } catch (const Error& error) {
        fail(name, error);
      }
    }
  }

  void send_all(int signal) {
    std::vector<Target> reached;
    for (Target& target : targets_) {
      try {
        // Of a target that ended since, nothing is missing.
        if (!target.ended) send(target, signal);
        reached.push_back(std::move(target));
      } catch (const Error& error) {
        if (target.signal != 0 && target.receiver.has_ended()) {
          target.ended = true;
          reached.push_back(std::move(target));
        } else {
          fail(target.receiver.name(), error);
        }
      }
    }
    targets_ = std::move(reached);
  }

  void send(Target& target, int signal) {
    target.receiver.send(shot_of(signal));
    target.signal = signal;
    if (const std::string remark = target.receiver.remark(signal); !remark.empty()) {
      output_.note(printable(target.receiver.name()) + ": " + remark);
    }
  }

  void await_all(const Deadline& deadline) {
    for (Target& target : targets_) {
      if (!target.ended) target.ended = target.receiver.wait_for_end({deadline}) == Waited::ready;
    }
  }

  void tell_all() {
    for (Target& target : targets_) {
      const std::string& name = target.receiver.name();
      if (!target.ended) {
        fail(name, Error{Exit::timed_out, name, "has not ended in the time given"});
        continue;
      }
      const bool group = options_.shot.to == Addressee::group;
      if (!group) target.end = target.receiver.end();
      if (!output_.json) {
        output_.write(
            fmt::format("{}: {}\n", printable(name), group ? "all of the group ended" : in_words(target.end)));
      }
    }
  }

  [[nodiscard]] std::string items() const {
    std::string out;
    for (const Target& target : targets_) {
      const Receiver& receiver = target.receiver;
      const End& end = target.end;
      out += fmt::format("{}{{{},\"pid\":{},\"inode\":{},{},\"signal\":{},\"number\":{}", out.empty() ? "" : ",",
                         json_name(receiver.name()), receiver.pid(), number_json(receiver.inode()),
                         json_member("command", receiver.command()),
                         json_string(target.signal == 0 ? "0" : signals::name_of(target.signal)), target.signal);
      out += fmt::format(",\"ended\":{},\"status\":{},\"ended_by\":{}}}",
                         waits_ ? fmt::format("{}", target.ended) : "null", number_json(end.status),
                         end.signal ? json_string(signals::name_of(*end.signal)) : "null");
    }
    return out;
  }

  [[nodiscard]] Exit passed_status() const {
    const End& end = targets_.front().end;
    if (end.status) return static_cast<Exit>(*end.status);
    if (end.signal) return static_cast<Exit>(128 + *end.signal);
    return Exit::failed;
  }

  const SignalOptions& options_;
  const Output& output_;
  bool waits_;
  std::vector<Target> targets_;
  std::string errors_;
  Exit status_ = Exit::ok;
};

}  // namespace

Exit send_signals(const SignalOptions& options, const Output& output) {
  return Sender{options, output}.run();
}

}  // namespace ipctl
