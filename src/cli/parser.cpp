// parser: a command line into a verb's options struct, through CLI11; the only file that includes it.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/invocation.hpp"
#include "cli/log.hpp"
#include "cli/words.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

void ask_for_help(void* /*output*/, std::string_view /*text*/) {
  throw HelpRequested{};
}

constexpr Arg common[] = {
    flag<Output, &Output::json>('J', "json", "results as JSON", Group::common),
    flag<Output, &Output::quiet>('q', "quiet", "no notes on standard error, only errors", Group::common),
    flag<Output, &Output::verbose>('v', "verbose", "show each IPC system call on standard error", Group::common),
    option<Output, &Output::color>(0, "color", "WHEN", "colours", Group::common).with_choices("auto always never"),
    {.kind = Arg::Kind::flag,
     .letter = 'h',
     .name = "help",
     .help = "show this help",
     .group = Group::common,
     .store = ask_for_help},
};

// A value that cannot be used is told with the name of its option or operand.
void store(const Arg& arg, void* target, std::string_view value) {
  try {
    arg.store(target, value);
  } catch (const UsageError& error) {
    throw UsageError((is_option(arg) ? "--" : "") + std::string(arg.name) + ": " + error.what());
  }
}

class OptionParser {
 public:
  OptionParser(const Verb& verb, void* options, Output& output) {
    app_.set_help_flag();  // CLI11's own
    for (const Arg& arg : verb.args) {
      if (is_option(arg)) add(arg, options);
    }
    for (const Arg& arg : common) add(arg, &output);
  }

  // CLI11 gets every option as "--name" or "--name", "value". Left to itself it takes the next word as the value of
  // "--name=", reads "-l-null" as "-l --null" and "-l-" as "-l --", and accepts "--flag=true".
  void parse(const std::vector<GivenOption>& given) {
    std::vector<std::string> words;
    for (const GivenOption& option : given) {
      words.push_back("--" + std::string(option.arg->name));
      if (option.arg->kind == Arg::Kind::option) words.emplace_back(option.value);
    }
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    try {
      app_.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
      throw UsageError(error.what());
    }
  }

 private:
  // trigger_on_parse: stored in the order given, so that the last of several that exclude each other wins.
  void add(const Arg& arg, void* target) {
    std::string name = "--" + std::string(arg.name);
    if (arg.kind == Arg::Kind::flag) {
      app_.add_flag_callback(std::move(name), [&arg, target] { store(arg, target, {}); })->trigger_on_parse();
      return;
    }
    const auto take = [&arg, target](const CLI::results_t& values) {
      store(arg, target, values.back());
      return true;
    };
    app_.add_option(std::move(name), take)->trigger_on_parse();
  }

  CLI::App app_;
};

std::string missing(const Arg& arg) {
  return std::string(arg.name) + " is missing (" + std::string(arg.help) + ")";
}

// Each operand of the table takes one word; one that repeats takes all but those that later required ones need.
void store_operands(const Verb& verb, void* options, std::span<const std::string_view> words) {
  const auto is_required = [](const Arg& arg) { return arg.kind == Arg::Kind::operand && arg.required; };
  auto needed_later = static_cast<std::size_t>(std::count_if(verb.args.begin(), verb.args.end(), is_required));
  for (const Arg& arg : verb.args) {
    if (arg.kind != Arg::Kind::operand) continue;
    if (arg.required) --needed_later;
    if (arg.required && words.empty()) throw UsageError(missing(arg));
    std::size_t taken = words.size() > needed_later ? words.size() - needed_later : 0;
    if (!arg.repeats) taken = std::min<std::size_t>(taken, 1);
    if (arg.required) taken = std::max<std::size_t>(taken, 1);
    for (const std::string_view word : words.first(taken)) store(arg, options, word);
    words = words.subspan(taken);
  }
  if (!words.empty()) throw UsageError("unexpected '" + printable(words.front()) + "'");
}

}  // namespace

std::span<const Arg> common_args() {
  return common;
}

void Invocation::parse(void* options) {
  const std::vector<std::string_view> arguments(arguments_.begin(), arguments_.end());
  const Words words = read_words(verb_, arguments);
  if (!words.problem.empty()) throw UsageError(words.problem);
  if (!words.options.empty()) OptionParser{verb_, options, output_}.parse(words.options);
  store_operands(verb_, options, words.operands);
  if (const Arg* const command = command_of(verb_)) {
    if (words.command.empty() && (words.ended || command->required)) throw UsageError("after -- " + missing(*command));
    for (const std::string_view word : words.command) store(*command, options, word);
  }
  if (output_.verbose) log::show_calls();
}

void parse_into(Invocation& invocation, void* options) {
  invocation.parse(options);
}

Output& output_of(Invocation& invocation) {
  return invocation.output();
}

}  // namespace ipctl
