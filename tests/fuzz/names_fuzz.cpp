// Fuzz target: names of objects, addresses of semaphores, words of a command line, and completion of a line that
// bash(1) is reading.
#include <algorithm>
#include <climits>
#include <cstdlib>
#include <optional>
#include <vector>

#include "cli/bash_line.hpp"
#include "cli/complete.hpp"
#include "cli/words.hpp"
#include "ipc/mq.hpp"
#include "ipc/sem.hpp"
#include "ipc/shm.hpp"
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

// Names where several leading slashes count as one: nullopt for what is refused.
template <class Canonical>
std::optional<std::string> check_many_slashes(std::string_view text, std::size_t longest, bool dots,
                                              Canonical canonical_name) {
  const std::string_view bare = text.substr(std::min(text.find_first_not_of('/'), text.size()));
  const bool is_refused = bare.empty() || (!dots && (bare == "." || bare == "..")) || bare.size() > longest ||
                          bare.find('/') != std::string_view::npos || bare.find('\0') != std::string_view::npos;
  try {
    const std::string name = canonical_name(text);
    require(!is_refused, "what the kernel refuses is refused");
    require(name == "/" + std::string(bare), "a slash and the text");
    require(canonical_name(name) == name, "a name stays what it is");
    return name;
  } catch (const UsageError& error) {
    require(is_refused && is_shown(error.what()), "only that, and it can be shown");
    return std::nullopt;
  }
}

// What `parse` makes of it, or nullopt.
template <class Parse>
auto parsed(Parse parse, std::string_view text) -> std::optional<decltype(parse(text))> {
  try {
    return parse(text);
  } catch (const UsageError& error) {
    require(is_shown(error.what()), "a refusal can be shown");
    return std::nullopt;
  }
}

// Digits alone, at most `most`.
std::optional<std::uint64_t> digits(std::string_view text, std::uint64_t most, int base = 10) {
  const std::string_view known = base == 10 ? "0123456789" : "0123456789abcdefABCDEF";
  if (text.empty() || text.find_first_not_of(known) != std::string_view::npos) return std::nullopt;
  errno = 0;
  const std::uint64_t value = std::strtoull(std::string(text).c_str(), nullptr, base);
  return errno == 0 && value <= most ? std::optional{value} : std::nullopt;
}

// "PID:FD" or "fd:N".
bool is_descriptor(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view owner = text.substr(0, colon);
  return digits(text.substr(colon + 1), INT_MAX) && (owner == "fd" || digits(owner, INT_MAX).value_or(0) > 0);
}

void check_reference(std::string_view text) {
  const auto reference = parsed(shm::parse_reference, text);
  if (is_descriptor(text)) {
    require(reference && !reference->is_name() && reference->text == text, "a descriptor is one");
    const std::string again =
        (*reference->pid == 0 ? "fd" : std::to_string(*reference->pid)) + ":" + std::to_string(reference->descriptor);
    require(shm::parse_reference(again).pid == reference->pid, "and of the process that it names");
    return;
  }
  const auto name = parsed(shm::canonical_name, text);
  require(reference.has_value() == name.has_value(), "all else is a name");
  if (!reference) return;
  require(reference->is_name() && reference->text == *name && !reference->pid, "the canonical one");
  require(shm::parse_reference(*name).is_name(), "with its slash, a name cannot be a descriptor");
}

// The offset behind the last "+"; nullopt where there is none.
std::optional<std::uint64_t> offset_of(std::string_view text) {
  const std::size_t plus = text.rfind('+');
  if (plus == std::string_view::npos) return std::nullopt;
  const std::string_view number = text.substr(plus + 1);
  return number.starts_with("0x") ? digits(number.substr(2), UINT64_MAX, 16) : digits(number, UINT64_MAX);
}

void check_address(std::string_view text) {
  using Kind = sem::Address::Kind;
  const auto address = parsed(sem::parse_address, text);
  if (!address) {
    const bool has_place = text.starts_with("shm:") || text.starts_with("file:") || text.find(':') < text.find('+');
    require(has_place || !parsed(sem::canonical_name, text), "every name is an address");
    return;
  }
  if (address->kind == Kind::name) {
    require(!text.starts_with("shm:") && !text.starts_with("file:"), "those are no names");
    require(address->text == sem::canonical_name(text) && address->offset == 0, "a name, without an offset");
    require(sem::parse_address(address->text).kind == Kind::name, "with its slash it stays one");
    return;
  }
  require(address->text == text, "what users see is what they wrote");
  require(address->offset == offset_of(text).value_or(0), "the offset is what stands behind the last plus");
  require(address->offset % sem::alignment == 0 && address->offset <= UINT64_MAX / 4, "and a semaphore can be there");
  const std::size_t plus = offset_of(text) ? text.rfind('+') : text.size();
  const std::string_view place = text.substr(0, plus);
  if (address->kind == Kind::file) {
    require("file:" + address->path == place && !address->path.empty(), "a path is taken as it is");
  } else if (address->memory.is_name()) {
    require(place.starts_with("shm:") && address->memory.text == shm::canonical_name(place.substr(4)), "an object");
  } else {
    require(is_descriptor(place) && address->memory.text == place, "a descriptor");
  }
}

void check_destination(std::string_view text) {
  const auto to = parsed(shm::parse_destination, text);
  const bool is_file = text.starts_with("file:");
  const std::string_view bare = text.substr(std::min(text.find_first_not_of('/'), text.size()));
  const bool is_object = !is_file && text.starts_with('/') && bare.find('/') == std::string_view::npos;
  if (!to) {
    const auto name = parsed(shm::canonical_name, text);
    const bool is_other = !is_file && (text == "-" || is_descriptor(text));
    require(is_object ? !name || name->starts_with("/sem.")
                      : text.empty() || text == "file:" || text.ends_with('/') || is_other,
            "only what is neither is refused");
    return;
  }
  require(!to->replace && to->is_memory == is_object, "a slash and a name is an object, all else a file");
  require(to->text == (is_object ? shm::canonical_name(text) : std::string(text.substr(is_file ? 5 : 0))),
          "and is called so");
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
    const std::string_view text = input.rest();
    check_name(text);
    check_many_slashes(text, 255, false, ipctl::shm::canonical_name);
    check_many_slashes(text, 251, true, ipctl::sem::canonical_name);
    check_reference(text);
    check_address(text);
    check_destination(text);
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
