// dispatch: finds the verb, runs it, and turns every failure into one line and a status.
#include "cli/dispatch.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/complete.hpp"
#include "cli/help.hpp"
#include "cli/introspect.hpp"
#include "cli/invocation.hpp"
#include "cli/suggest.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

constexpr std::string_view version_text = "ipctl " IPCTL_VERSION "\n";

using Words = std::span<const char* const>;

bool asks_for_help(std::string_view word) {
  return word == "help" || word == "--help" || word == "-h";
}

Exit print(std::string_view text) {
  Output{}.write(text);
  return Exit::ok;
}

// The help that someone gets who did not ask for it.
Exit print_usage(std::string_view text) {
  static_cast<void>(write_regardless(STDERR_FILENO, text));
  return Exit::usage;
}

void complain(std::string_view where, std::string_view what, std::string_view hint = {}) {
  std::string line = "ipctl: ";
  if (!where.empty()) line.append(where).append(": ");
  line.append(what).append(hint).append("\n");
  static_cast<void>(write_regardless(STDERR_FILENO, line));
}

// A word that stands where a `kind` is wanted.
[[noreturn]] void refuse(std::string_view kind, std::string_view word, std::span<const std::string_view> known) {
  const bool option = word.starts_with('-');
  std::string text = (option ? "unknown option '" : "'") + printable(word) + "'";
  if (!option) text.append(" is no ").append(kind);
  if (const auto near = nearest(word, known); !near.empty()) {
    text.append("; did you mean '").append(near).append("'?");
  } else if (option) {
    text += "; options come after the verb";
  }
  throw UsageError(text);
}

// `where` grows by the words that are known to be right, for messages.
const Mechanism& mechanism_or_throw(Index mechanisms, std::string_view name, std::string& where) {
  if (const Mechanism* const mechanism = find_mechanism(mechanisms, name)) {
    where = name;
    return *mechanism;
  }
  std::vector<std::string_view> known{"help", "--help", "--version"};
  for (const Mechanism* const each : mechanisms) known.push_back(each->name);
  refuse("mechanism", name, known);
}

const Verb& verb_or_throw(const Mechanism& mechanism, std::string_view name, std::string& where) {
  if (const Verb* const verb = find_verb(mechanism, name)) {
    where.append(" ").append(verb->name);
    return *verb;
  }
  for (const AbsentVerb& absent : mechanism.absent) {
    if (absent.name != name) continue;
    where.append(" ").append(name);
    throw Error{Exit::usage, {}, absent.why};
  }
  std::vector<std::string_view> known{"--help"};
  for (const Verb& each : mechanism.verbs) {
    known.push_back(each.name);
    known.insert(known.end(), each.aliases.begin(), each.aliases.end());
  }
  refuse("verb", name, known);
}

Exit help(Index mechanisms, Words topics, std::string& where) {
  if (topics.empty() || asks_for_help(topics[0])) return print(program_help(mechanisms));
  if (topics.size() > 2) throw UsageError("unexpected '" + printable(topics[2]) + "'");
  if (topics.size() == 1 && std::string_view(topics[0]) == "exit-status") return print(exit_status_help());
  const Mechanism& mechanism = mechanism_or_throw(mechanisms, topics[0], where);
  if (topics.size() == 1) return print(mechanism_help(mechanism));
  return print(verb_help(mechanism, verb_or_throw(mechanism, topics[1], where)));
}

Exit run(const Mechanism& mechanism, const Verb& verb, Words arguments) {
  Invocation invocation{mechanism, verb, arguments};
  try {
    return verb.execute(invocation);
  } catch (const HelpRequested&) {
    return print(verb_help(mechanism, verb));
  }
}

Exit run(const Mechanism& mechanism, Words arguments, std::string& where) {
  if (arguments.empty()) return print_usage(mechanism_help(mechanism));
  if (asks_for_help(arguments[0])) return print(mechanism_help(mechanism));
  return run(mechanism, verb_or_throw(mechanism, arguments[0], where), arguments.subspan(1));
}

Exit run(Index mechanisms, Words arguments, std::string& where) {
  if (arguments.empty()) return print_usage(program_help(mechanisms));
  const std::string_view word = arguments[0];
  const Words rest = arguments.subspan(1);
  if (asks_for_help(word)) return help(mechanisms, rest, where);
  if (word == "--version" || word == "-V") return print(version_text);
  if (word == "__spec") return print(spec_json(mechanisms));
  if (word == "__complete") return complete_command(mechanisms, rest);
  return run(mechanism_or_throw(mechanisms, word, where), rest, where);
}

bool is_broken_pipe(const Error& error) {
  return error.code() == EPIPE && error.object() == "standard output";
}

}  // namespace

Exit dispatch(Index mechanisms, std::span<const char* const> arguments) {
  std::string where;
  try {
    return run(mechanisms, arguments, where);
  } catch (const UsageError& error) {
    complain(where, error.what(), " (see 'ipctl " + where + (where.empty() ? "--help')" : " --help')"));
    return Exit::usage;
  } catch (const Error& error) {
    if (is_broken_pipe(error)) StopSignals::die_of(SIGPIPE);
    complain(where, error.what());
    return error.status();
  } catch (const std::bad_alloc&) {
    complain(where, "out of memory");
    return Exit::failed;
  } catch (const std::exception& error) {
    complain(where, printable(error.what()));
    return Exit::failed;
  }
}

const Mechanism* find_mechanism(Index mechanisms, std::string_view name) {
  const auto found =
      std::find_if(mechanisms.begin(), mechanisms.end(), [name](const Mechanism* each) { return each->name == name; });
  return found != mechanisms.end() ? *found : nullptr;
}

const Verb* find_verb(const Mechanism& mechanism, std::string_view name) {
  for (const Verb& verb : mechanism.verbs) {
    if (verb.name == name) return &verb;
    if (std::find(verb.aliases.begin(), verb.aliases.end(), name) != verb.aliases.end()) return &verb;
  }
  return nullptr;
}

}  // namespace ipctl
