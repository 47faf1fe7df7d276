// signals: the mask and the dispositions that survive execve(2).
#include "ipc/signal_masks.hpp"

#include <fmt/format.h>

#include <csignal>

#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::signals {
namespace {

struct Side {
  std::string_view option;
  List list;
};

Mask changeable() {
  Mask mask = 0;
  for (const int number : all()) {
    if (!is_beyond_control(number)) mask |= bit(number);
  }
  return mask;
}

void require_changeable(const Side& side) {
  for (const int number : {SIGKILL, SIGSTOP}) {
    if ((side.list.named & bit(number)) == 0) continue;
    throw UsageError(fmt::format("{}: {} always does what it does: nobody can change that, signal(7)", side.option,
                                 name_of(number)));
  }
}

// The signals of each side: a name goes before another side's "all".
std::pair<Mask, Mask> settle(const Side& one, const Side& other) {
  require_changeable(one);
  require_changeable(other);
  if (const Mask both = one.list.named & other.list.named; both != 0) {
    throw UsageError(fmt::format("{} is in both {} and {}", names_of(both).front(), one.option, other.option));
  }
  if (one.list.all && other.list.all) throw UsageError(fmt::format("all in both {} and {}", one.option, other.option));
  const auto signals_of = [](const Side& side, const Side& against) {
    return side.list.named | (side.list.all ? changeable() & ~against.list.named : Mask{0});
  };
  return {signals_of(one, other), signals_of(other, one)};
}

sigset_t to_set(Mask mask) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int number : all()) {
    if ((mask & bit(number)) != 0) ::sigaddset(&set, number);
  }
  return set;
}

std::string shown(Mask mask) {
  std::string out;
  for (const std::string& name : names_of(mask)) out.append(out.empty() ? "" : " ").append(name);
  return out;
}

void change_mask(int how, Mask mask) {
  if (mask == 0) return;
  const sigset_t set = to_set(mask);
  check(trace::call(::sigprocmask(how, &set, nullptr), "sigprocmask", "{}, [{}]",
                    how == SIG_BLOCK ? "SIG_BLOCK" : "SIG_UNBLOCK", trace::on() ? shown(mask) : std::string{}),
        "sigprocmask");
}

void set_handlers(Mask mask, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  for (const int number : all()) {
    if ((mask & bit(number)) == 0) continue;
    check(trace::call(::sigaction(number, &action, nullptr), "sigaction", "SIG{}, {}",
                      trace::on() ? name_of(number) : std::string{}, handler == SIG_IGN ? "SIG_IGN" : "SIG_DFL"),
          "sigaction", name_of(number));
  }
}

}  // namespace

Settings parse_settings(const std::vector<std::string>& block, const std::vector<std::string>& unblock,
                        const std::vector<std::string>& ignore, const std::vector<std::string>& restore) {
  Settings settings;
  std::tie(settings.block, settings.unblock) =
      settle({"--block", parse_list(block)}, {"--unblock", parse_list(unblock)});
  std::tie(settings.ignore, settings.restore) =
      settle({"--ignore", parse_list(ignore)}, {"--default", parse_list(restore)});
  return settings;
}

// Blocked first: what comes meanwhile is not lost to an action that is about to change. To ignore a signal discards
// what waits of it, sigaction(2).
void apply(const Settings& settings) {
  change_mask(SIG_BLOCK, settings.block);
  set_handlers(settings.ignore, SIG_IGN);
  set_handlers(settings.restore, SIG_DFL);
  change_mask(SIG_UNBLOCK, settings.unblock);
}

}  // namespace ipctl::signals
