// words: reads a command line as getopt_long(3) would, against the table of one verb.
#include "cli/words.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "cli/suggest.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

template <class Predicate>
const Arg* find(const Verb& verb, Predicate matches) {
  for (const std::span<const Arg> table : {verb.args, common_args()}) {
    const auto found = std::find_if(table.begin(), table.end(), matches);
    if (found != table.end()) return &*found;
  }
  return nullptr;
}

class Reader {
 public:
  Reader(const Verb& verb, std::span<const std::string_view> arguments) : verb_(verb), rest_(arguments) {}

  Words read() {
    while (!rest_.empty()) {
      const std::string_view word = next();
      if (word.size() < 2 || word[0] != '-') {
        words_.operands.push_back(word);
      } else if (word == "--") {
        words_.ended = true;
        auto& rest = command_of(verb_) != nullptr ? words_.command : words_.operands;
        rest.insert(rest.end(), rest_.begin(), rest_.end());
        break;
      } else if (word[1] == '-') {
        read_long(word.substr(2));
      } else {
        read_letters(word);
      }
    }
    settle_numbers();
    return std::move(words_);
  }

 private:
  std::string_view next() {
    const std::string_view word = rest_.front();
    rest_ = rest_.subspan(1);
    return word;
  }

  void complain(std::string text) {
    if (words_.problem.empty()) words_.problem = std::move(text);
  }

  void unknown(std::string_view option, std::string_view near = {}) {
    std::string text = "unknown option '" + printable(option) + "'";
    if (!near.empty()) text.append("; did you mean '--").append(near).append("'?");
    complain(std::move(text));
  }

  // "--peek 3 0x2a" and "--peek 3": a number is the value of the option before it, unless it is needed as an operand.
  void take_number(const Arg& arg) {
    words_.options.push_back({&arg, arg.otherwise});
    if (rest_.empty() || !to_number(rest_.front())) return;
    numbers_.emplace_back(words_.options.size() - 1, words_.operands.size());
    words_.operands.push_back(next());
  }

  // The last first: it is the one that counts, and those before it stay where they are.
  void settle_numbers() {
    const auto required = std::count_if(verb_.args.begin(), verb_.args.end(),
                                        [](const Arg& arg) { return arg.kind == Arg::Kind::operand && arg.required; });
    for (; !numbers_.empty() && words_.operands.size() > static_cast<std::size_t>(required); numbers_.pop_back()) {
      const auto [option, operand] = numbers_.back();
      words_.options[option].value = words_.operands[operand];
      words_.operands.erase(words_.operands.begin() + static_cast<std::ptrdiff_t>(operand));
    }
  }

  void take_next(const Arg& arg) {
    if (!arg.otherwise.empty()) return take_number(arg);
    if (rest_.empty()) {
      words_.wanting = &arg;
      complain("--" + std::string(arg.name) + " needs a value (" + std::string(arg.metavar) + ")");
    } else {
      words_.options.push_back({&arg, next()});
    }
  }

  void read_long(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Arg* const arg = find_option(verb_, name);
    if (arg == nullptr) {
      unknown("--" + std::string(name), nearest_option(name));
    } else if (arg->kind == Arg::Kind::option && equals == std::string_view::npos) {
      take_next(*arg);
    } else if (arg->kind == Arg::Kind::option) {
      words_.options.push_back({arg, word.substr(equals + 1)});
    } else if (equals == std::string_view::npos) {
      words_.options.push_back({arg, {}});
    } else {
      complain("--" + std::string(name) + " takes no value");
    }
  }

  void read_letters(std::string_view word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      const Arg* const arg = find_option(verb_, word[i]);
      if (arg == nullptr) {
        const bool ascii = static_cast<unsigned char>(word[i]) < 0x80;
        return unknown(std::string{'-'}.append(word.substr(i, ascii ? 1 : std::string_view::npos)));
      }
      if (arg->kind == Arg::Kind::option) {
        if (i + 1 == word.size()) return take_next(*arg);
        words_.options.push_back({arg, word.substr(i + 1)});
        return;
      }
      words_.options.push_back({arg, {}});
    }
  }

  [[nodiscard]] std::string_view nearest_option(std::string_view name) const {
    std::vector<std::string_view> known;
    for (const std::span<const Arg> table : {verb_.args, common_args()}) {
      for (const Arg& arg : table) {
        if (is_option(arg)) known.push_back(arg.name);
      }
    }
    return nearest(name, known);
  }

  const Verb& verb_;
  std::span<const std::string_view> rest_;
  Words words_;
  std::vector<std::pair<std::size_t, std::size_t>> numbers_;  // an option, and the operand that may be its value
};

}  // namespace

Words read_words(const Verb& verb, std::span<const std::string_view> arguments) {
  return Reader{verb, arguments}.read();
}

const Arg* find_option(const Verb& verb, std::string_view name) {
  return find(verb, [name](const Arg& arg) { return is_option(arg) && arg.name == name; });
}

const Arg* find_option(const Verb& verb, char letter) {
  return find(verb, [letter](const Arg& arg) { return is_option(arg) && arg.letter == letter && letter != 0; });
}

const Arg* command_of(const Verb& verb) {
  return find(verb, [](const Arg& arg) { return arg.kind == Arg::Kind::command; });
}

bool is_option(const Arg& arg) {
  return arg.kind == Arg::Kind::option || arg.kind == Arg::Kind::flag;
}

}  // namespace ipctl
