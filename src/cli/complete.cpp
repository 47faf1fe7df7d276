// complete: candidates from the tables and from live objects.
#include "cli/complete.hpp"

#include <algorithm>
#include <utility>

#include "cli/bash_line.hpp"
#include "cli/words.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

class Completer {
 public:
  Completer(Index mechanisms, std::span<const std::string_view> words)
      : mechanisms_(mechanisms), before_(words.first(words.size() - 1)), word_(words.back()) {}

  std::vector<Candidate> candidates() {
    if (before_.empty()) {
      offer_mechanisms();
      offer("help", "help on all, a mechanism or a verb");
      offer("--help", "help on all");
      offer("--version", "the version");
    } else if (before_[0] == "help") {
      after_help();
    } else if (const Mechanism* const mechanism = find_mechanism(mechanisms_, before_[0])) {
      after_mechanism(*mechanism);
    }
    std::sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.text < b.text; });
    const auto same = [](const auto& a, const auto& b) { return a.text == b.text; };
    found_.erase(std::unique(found_.begin(), found_.end(), same), found_.end());
    return std::move(found_);
  }

 private:
  void offer(std::string text, std::string_view description) {
    if (text.starts_with(word_)) found_.push_back({std::move(text), printable(description)});
  }

  void want(std::string_view what) { found_.push_back({"", std::string(what)}); }

  void offer_mechanisms() {
    for (const Mechanism* const each : mechanisms_) offer(std::string(each->name), each->summary);
  }

  // Native names only where what is typed begins no other name.
  void offer_verbs(const Mechanism& mechanism) {
    for (const Verb& verb : mechanism.verbs) offer(std::string(verb.name), verb.summary);
    if (!found_.empty()) return;
    for (const Verb& verb : mechanism.verbs) {
      for (const std::string_view alias : verb.aliases) offer(std::string(alias), verb.summary);
    }
  }

  void after_help() {
    if (before_.size() == 1) {
      offer_mechanisms();
      offer("exit-status", "the exit statuses");
    } else if (const Mechanism* const mechanism = find_mechanism(mechanisms_, before_[1]);
               mechanism != nullptr && before_.size() == 2) {
      offer_verbs(*mechanism);
    }
  }

  void after_mechanism(const Mechanism& mechanism) {
    if (before_.size() == 1) {
      offer_verbs(mechanism);
      offer("--help", "help on " + std::string(mechanism.name));
    } else if (const Verb* const verb = find_verb(mechanism, before_[1])) {
      after_verb(*verb);
    }
  }

  void after_verb(const Verb& verb) {
    const Words words = read_words(verb, before_.subspan(2));
    if (words.wanting != nullptr) {
      offer_values(*words.wanting, "");
    } else if (words.ended && command_of(verb) != nullptr) {
      want(":command");
    } else {
      const bool option = !words.ended && word_.starts_with('-');
      if (option) offer_options(verb, words);
      if (!option || word_ == "-") offer_operand(verb, words);
    }
  }

  void offer_options(const Verb& verb, const Words& words) {
    const std::size_t equals = word_.find('=');
    if (word_.starts_with("--") && equals != std::string_view::npos) {
      const Arg* const arg = find_option(verb, word_.substr(2, equals - 2));
      if (arg != nullptr && arg->kind == Arg::Kind::option) offer_values(*arg, word_.substr(0, equals + 1));
      return;
    }
    if (word_.size() == 2 && word_[1] != '-') {
      if (const Arg* const arg = find_option(verb, word_[1])) offer(std::string(word_), arg->help);
      return;
    }
    for (const std::span<const Arg> table : {verb.args, common_args()}) {
      for (const Arg& arg : table) {
        if (!is_option(arg) || (!arg.repeats && was_given(words, arg))) continue;
        offer("--" + std::string(arg.name), arg.help);
      }
    }
    if (command_of(verb) != nullptr) offer("--", command_of(verb)->help);
  }

  static bool was_given(const Words& words, const Arg& arg) {
    return std::any_of(words.options.begin(), words.options.end(),
                       [&arg](const auto& each) { return each.arg == &arg; });
  }

  // `start`: what of the word stands before the value.
  void offer_values(const Arg& arg, std::string_view start) {
    const std::string_view value = word_.substr(start.size());
    for (std::string_view rest = arg.choices; !rest.empty();) {
      const std::string_view choice = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(choice.size() + 1, rest.size()));
      // "save:DIR": the part up to the colon, then a directory.
      const std::string_view fixed = choice.substr(0, std::min(choice.find(':'), choice.size() - 1) + 1);
      if (fixed != choice && value.starts_with(fixed)) return want(":directories");
      offer(std::string(start).append(fixed), "");
    }
    // COLS: each name of a list with commas.
    const bool list = arg.metavar == "COLS";
    const std::size_t done = list ? value.find_last_of("+,") + 1 : 0;
    offer_live(arg, std::string(start).append(value.substr(0, done)), {});
    offer_path(arg);
  }

  void offer_operand(const Verb& verb, const Words& words) {
    std::size_t position = words.operands.size();
    for (const Arg& arg : verb.args) {
      if (arg.kind != Arg::Kind::operand) continue;
      if (!arg.repeats && position-- > 0) continue;
      offer_live(arg, "", words.operands);
      return offer_path(arg);
    }
  }

  void offer_live(const Arg& arg, const std::string& start, std::span<const std::string_view> given) {
    if (arg.candidates == nullptr) return;
    const std::string_view typed = word_.substr(start.size());
    try {
      arg.candidates([&](std::string_view candidate, std::string_view description) {
        if (std::find(given.begin(), given.end(), candidate) != given.end()) return;
        offer(start + spelled_like(typed, candidate, arg), description);
      });
    } catch (...) {  // a list that cannot be made is an empty one: nobody reads an error in the middle of typing
    }
  }

  // A name may be typed without its slash, a column in small letters.
  static std::string spelled_like(std::string_view typed, std::string_view candidate, const Arg& arg) {
    if (typed.empty()) return std::string(candidate);
    if (candidate.starts_with('/') && typed[0] != '/') candidate.remove_prefix(1);
    std::string spelled(candidate);
    if (arg.metavar == "COLS" && typed[0] >= 'a' && typed[0] <= 'z') {
      for (char& letter : spelled)
        letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
    }
    return spelled;
  }

  void offer_path(const Arg& arg) {
    if (arg.metavar.ends_with("FILE") || arg.metavar.ends_with("PATH")) want(":files");
    if (arg.metavar == "DIR") want(":directories");
  }

  Index mechanisms_;
  std::span<const std::string_view> before_;
  std::string_view word_;
  std::vector<Candidate> found_;
};

using Arguments = std::span<const char* const>;

std::string records_of(const std::vector<Candidate>& candidates) {
  std::string out;
  for (const Candidate& each : candidates) out.append(each.text).append("\t").append(each.description).append(1, '\0');
  return out;
}

std::string records_for_bash(Index mechanisms, std::string_view text, std::string_view replaced) {
  const BashLine line = read_bash_line(text, replaced);
  if (line.redirection) return records_of({{"", ":files"}});
  const std::vector<std::string_view> words(line.words.begin(), line.words.end());
  std::vector<Candidate> candidates = complete(mechanisms, std::span(words).subspan(1));
  for (Candidate& each : candidates) each.text = bash_reply(line, each.text);
  return records_of(candidates);
}

}  // namespace

std::vector<Candidate> complete(Index mechanisms, std::span<const std::string_view> words) {
  static constexpr std::string_view nothing[] = {""};
  return Completer{mechanisms, words.empty() ? std::span<const std::string_view>(nothing) : words}.candidates();
}

Exit complete_command(Index mechanisms, Arguments arguments) {
  std::vector<std::string_view> words(arguments.begin(), arguments.end());
  if (words.size() == 3 && words[0] == "--bash") {
    Output{}.write(records_for_bash(mechanisms, words[1], words[2]));
    return Exit::ok;
  }
  if (!words.empty() && words[0] == "--") words.erase(words.begin());
  Output{}.write(records_of(complete(mechanisms, words)));
  return Exit::ok;
}

}  // namespace ipctl
