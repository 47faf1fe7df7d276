// Fuzz target: names of queues, words of a command line, and completion of a line that bash(1) is reading.
#include <algorithm>
#include <vector>

#include "cli/bash_line.hpp"
#include "cli/complete.hpp"
#include "cli/words.hpp"
#include "ipc/mq.hpp"
#include "os/error.hpp"
#include "os/text.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/unit/cli/example.hpp"

namespace ipctl::fuzz {
namespace {

void check_name(std::string_view text) {
  try {
    const std::string name = mq::canonical_name(text);
    require(name.size() >= 2 && name.size() <= 256 && name[0] == '/', "a slash and 1 to 255 bytes");
    require(name.find('/', 1) == std::string::npos && name.find('\0') == std::string::npos, "no other slash, no NUL");
    require(name != "/." && name != "/..", "no directory");
    require(name == text || name.substr(1) == text, "it is the text");
    require(mq::canonical_name(name) == name, "a name stays what it is");
  } catch (const UsageError& error) {
    require(is_shown(error.what()), "a refusal can be shown");
    const std::string_view bare = text.substr(text.substr(0, 1) == "/" ? 1 : 0);
    require(bare.empty() || bare == "." || bare == ".." || bare.size() > 255 ||
                bare.find('/') != std::string_view::npos || bare.find('\0') != std::string_view::npos,
            "only what the kernel refuses is refused");
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

void check_complete(const std::vector<std::string_view>& words) {
  const std::vector<Candidate> candidates = complete(example::index, words);
  for (const Candidate& each : candidates) {
    require(each.text.empty() || each.text.starts_with(words.back()), "a candidate begins with the word");
    require(each.text.find('\0') == std::string::npos, "a candidate is a word");
    require(is_shown(each.description), "a description can be shown");
  }
  const auto less = [](const Candidate& a, const Candidate& b) { return a.text <= b.text; };
  require(std::adjacent_find(candidates.begin(), candidates.end(), std::not_fn(less)) == candidates.end(), "sorted");
}

void check_words(const std::vector<std::string_view>& words) {
  const Verb& verb = example::verbs[2];
  const Words read = read_words(verb, words);
  require(is_shown(read.problem), "a problem can be shown");
  require(read.ended || read.command.empty(), "a command stands after two dashes");
  require(read.operands.size() + read.command.size() <= words.size(), "no word is there twice");
  for (const GivenOption& option : read.options) {
    require(option.arg != nullptr && is_option(*option.arg), "an option is one of the verb's");
    require(option.arg->kind == Arg::Kind::option || option.value.empty(), "a flag has no value");
  }
}

// Puts `reply` in the place of `replaced` as readline(3) does: it drops an opening quote that the reply repeats, and
// closes the quotes where the reply does not.
std::string completed(std::string_view before, std::string reply, BashLine::Quote open) {
  if (open == BashLine::Quote::none) return std::string(before) + reply;
  const char mark = open == BashLine::Quote::twofold ? '"' : '\'';
  if (reply.starts_with(mark)) reply.erase(0, 1);
  if (!reply.ends_with(mark)) reply += mark;
  return std::string(before) + reply;
}

void check_bash_line(std::string_view line, std::string_view replaced, std::string_view addition) {
  const BashLine read = read_bash_line(line, replaced);
  require(!read.words.empty(), "there is a word under the cursor");
  const std::string_view before = line.substr(0, line.size() - replaced.size());
  // bash replaces whole escapes only, and no part of a "$'".
  if (before.substr(before.size() - std::min<std::size_t>(before.size(), 4)).find_first_of("\\$") !=
      std::string_view::npos)
    return;
  const BashLine start = read_bash_line(before, "");
  const std::string candidate = start.words.back() + std::string(addition);
  const std::string reply = bash_reply(start, candidate);
  require(is_shown(reply), "a reply has no control characters");
  if (reply.empty()) return;
  const BashLine after = read_bash_line(completed(before, reply, start.open), "");
  require(after.words.back() == candidate, "the line then has the candidate");
  require(after.words.size() == start.words.size(), "as one word");
  require(after.open == BashLine::Quote::none, "with its quotes closed");
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ipctl::fuzz;
  Input input{data, size};
  const std::uint8_t which = input.byte();
  if (which % 3 == 0) {
    check_name(input.rest());
  } else if (which % 3 == 1) {
    const std::vector<std::string_view> words = words_of(input.rest());
    check_words(words);
    check_complete(words);
  } else {
    const std::size_t cut = input.byte();
    const std::string_view addition = input.line();
    const std::string_view line = input.rest();
    check_bash_line(line, line.substr(std::min(cut, line.size())), addition.substr(0, addition.find('\0')));
  }
  return 0;
}
