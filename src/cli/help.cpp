// help: usage lines, grouped options and examples, wrapped to 80 columns.
#include "cli/help.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "cli/exit.hpp"
#include "cli/words.hpp"

namespace ipctl {
namespace {

constexpr std::size_t width = 80;

struct Row {
  std::string left;
  std::string right;
};

// Appends `text` word by word from column `column` on; further lines begin with `indent` spaces.
void wrap(std::string& out, std::string_view text, std::size_t column, std::size_t indent) {
  bool first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!first && column + 1 + word.size() > width) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (!first) {
      out += ' ';
      ++column;
    }
    out.append(word);
    column += word.size();
    first = false;
  }
  out += '\n';
}

// Two columns; a left text that is too wide for its column stands on its own line.
void add_rows(std::string& out, const std::vector<Row>& rows) {
  constexpr std::size_t widest_left = 26;
  std::size_t left = 0;
  for (const Row& row : rows) {
    if (row.left.size() <= widest_left) left = std::max(left, row.left.size());
  }
  const std::size_t indent = left + 4;
  for (const Row& row : rows) {
    out.append("  ").append(row.left);
    if (row.left.size() > left) {
      out.append("\n").append(indent, ' ');
    } else {
      out.append(indent - 2 - row.left.size(), ' ');
    }
    wrap(out, row.right, indent, indent);
  }
}

void add_section(std::string& out, std::string_view heading, const std::vector<Row>& rows) {
  if (rows.empty()) return;
  out.append("\n").append(heading).append(":\n");
  add_rows(out, rows);
}

std::string_view heading_of(Group group) {
  switch (group) {
    case Group::operands: return "Operands";
    case Group::object: return "Object";
    case Group::input: return "Input";
    case Group::output: return "Output";
    case Group::waiting: return "Waiting";
    case Group::command: return "Command";
    case Group::common: return "Common options";
  }
  return {};
}

constexpr Group groups[] = {Group::operands, Group::object,  Group::input, Group::output,
                            Group::waiting,  Group::command, Group::common};

// "NAME", "[MSG...]", "[-- CMD ARG...]".
std::string operand_text(const Arg& arg) {
  std::string text(arg.metavar);
  if (arg.kind == Arg::Kind::command) text.insert(0, "-- ");
  if (arg.kind == Arg::Kind::operand && arg.repeats) text += "...";
  return arg.required ? text : "[" + text + "]";
}

Row row_of(const Arg& arg) {
  std::string left;
  if (is_option(arg)) {
    left = arg.letter != 0 ? std::string{'-', arg.letter, ',', ' '} : std::string(4, ' ');
    left.append("--").append(arg.name);
    if (!arg.otherwise.empty()) left.append("[=").append(arg.metavar).append("]");
    else if (!arg.metavar.empty()) left.append(" ").append(arg.metavar);
  } else {
    left = arg.kind == Arg::Kind::command ? "-- " + std::string(arg.metavar) : operand_text(arg);
  }
  std::string right(arg.help);
  if (arg.choices.empty()) return {std::move(left), std::move(right)};
  right += " (";
  for (const char letter : arg.choices) right.append(letter == ' ' ? ", " : std::string(1, letter));
  return {std::move(left), right + ")"};
}

std::vector<Row> rows_of(const Verb& verb, Group group) {
  std::vector<Row> rows;
  for (const std::span<const Arg> table : {verb.args, common_args()}) {
    for (const Arg& arg : table) {
      if (arg.group == group) rows.push_back(row_of(arg));
    }
  }
  return rows;
}

std::string usage_line(const Mechanism& mechanism, const Verb& verb) {
  std::string operands = "[OPTIONS]";
  for (const Arg& arg : verb.args) {
    if (arg.kind == Arg::Kind::operand) operands.append(" ").append(operand_text(arg));
  }
  if (const Arg* const command = command_of(verb)) operands.append(" ").append(operand_text(*command));
  std::string out = "usage: ipctl ";
  out.append(mechanism.name).append(" ").append(verb.name).append(" ");
  wrap(out, operands, out.size(), out.size());
  return out;
}

void add_examples(std::string& out, std::span<const Example> examples) {
  if (examples.empty()) return;
  out += "\nExamples:\n";
  for (const Example& example : examples) {
    out.append("  ipctl ").append(example.line).append("\n      ");
    wrap(out, example.what, 6, 6);
  }
}

constexpr Example program_examples[] = {
    {"mq send /jobs 'hello'", "put a message into the POSIX message queue /jobs"},
    {"mq listen /jobs -- ./work", "run ./work for each message that arrives there"},
};

}  // namespace

std::string program_help(Index mechanisms) {
  std::string out =
      "usage: ipctl MECHANISM VERB [OPTIONS] [NAME] [ARGS]\n"
      "       ipctl help [MECHANISM [VERB]]\n"
      "       ipctl --version\n"
      "\n"
      "Uses every interprocess-communication mechanism of Linux from the shell.\n";
  std::vector<Row> rows;
  for (const Mechanism* const each : mechanisms) rows.push_back({std::string(each->name), std::string(each->summary)});
  add_section(out, "Mechanisms", rows);
  add_section(out, "Verbs that mean the same in every mechanism that has them",
              {{"create", "make the object"},
               {"send", "put one or more messages in"},
               {"recv", "take one message, then stop"},
               {"listen", "take messages until stopped; with -- CMD, run CMD for each"},
               {"stat", "everything the system knows about named objects"},
               {"ls", "list all objects"},
               {"rm", "remove objects"}});
  rows.clear();
  for (const Arg& arg : common_args()) rows.push_back(row_of(arg));
  add_section(out, "Options of every verb", rows);
  add_examples(out, program_examples);
  out += "\nMore: ipctl help MECHANISM [VERB], ipctl help exit-status, ipctl(1).\n";
  return out;
}

std::string mechanism_help(const Mechanism& mechanism) {
  const std::string name(mechanism.name);
  std::string out = "usage: ipctl " + name + " VERB [OPTIONS] [ARGS]\n\n";
  wrap(out, mechanism.summary, 0, 0);
  std::vector<Row> rows;
  for (const Verb& verb : mechanism.verbs) {
    std::string left(verb.name);
    for (const std::string_view alias : verb.aliases) left.append(", ").append(alias);
    rows.push_back({std::move(left), std::string(verb.summary)});
  }
  add_section(out, "Verbs", rows);
  out.append("\nSee 'ipctl ").append(name).append(" VERB --help', ipctl-").append(name).append("(1), ");
  return out.append(mechanism.manual).append(".\n");
}

std::string verb_help(const Mechanism& mechanism, const Verb& verb) {
  std::string out = usage_line(mechanism, verb) + "\n";
  wrap(out, verb.summary, 0, 0);
  if (!verb.aliases.empty()) {
    std::string line = verb.aliases.size() == 1 ? "Alias: " : "Aliases: ";
    line.append(verb.aliases[0]);
    for (const std::string_view alias : verb.aliases.subspan(1)) line.append(", ").append(alias);
    wrap(out, line, 0, 0);
  }
  for (const Group group : groups) add_section(out, heading_of(group), rows_of(verb, group));
  add_examples(out, verb.examples);
  out.append("\nExit statuses: see 'ipctl help exit-status'.\nSee ipctl-").append(mechanism.name).append("(1), ");
  return out.append(mechanism.manual).append(".\n");
}

std::string exit_status_help() {
  std::string out = "Exit statuses, the same in every verb:\n";
  std::vector<Row> rows;
  for (const ExitMeaning& each : exit_meanings()) {
    // "128+N: ended by signal N" has its own number in front.
    const std::size_t colon = each.meaning.find(": ");
    const bool range = each.meaning.starts_with(std::to_string(each.status) + "+") && colon != std::string_view::npos;
    rows.push_back(range ? Row{std::string(each.meaning.substr(0, colon)), std::string(each.meaning.substr(colon + 2))}
                         : Row{std::to_string(each.status), std::string(each.meaning)});
  }
  add_rows(out, rows);
  return out;
}

}  // namespace ipctl
