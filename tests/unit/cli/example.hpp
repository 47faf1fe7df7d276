// example: a small mechanism whose verbs record what the command line gave them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/dispatch.hpp"
#include "cli/invocation.hpp"
#include "cli/shared_args.hpp"

namespace ipctl::example {

struct Base {
  std::uint64_t before = 11;
  std::optional<std::uint64_t> count;
  std::uint64_t after = 22;
};

// `count` is inherited and not at the start: a store through the base type would hit `text`.
struct Take : Base {
  std::string text = "untouched";
  std::string name;
  std::string delimiter;
  std::string color_of_it;
  Framing framing;
  std::vector<std::string> filters;
  bool all = false;
  bool lines = false;
  OnFailure on_failure;
  std::vector<std::string> command;
};

struct Put {
  std::string name;
  std::string file;
  std::string directory;
  std::vector<std::string> messages;
};

struct Copy {
  std::vector<std::string> from;
  std::string to;
};

inline Take taken;
inline Put put;
inline Copy copied;
inline Output output;
inline void (*behave)() = nullptr;  // what `put` does besides

inline void names(const Emit& emit) {
  emit("/jobs", "2 messages");
  emit("/a b", "");
  emit("/$(touch x)", "bad\ttext");
  emit("/jobs", "twice");
}
inline void no_names(const Emit& /*emit*/) {
  throw std::runtime_error("no names");
}
inline void column_names(const Emit& emit) {
  emit("NAME", "its name");
  emit("SIZE", "its size");
}

constexpr Arg take_args[] = {
    operand<Take, &Take::name>("NAME", "queue to read", names),
    option<Take, &Take::count>('c', "count", "N", "stop after N messages", Group::waiting),
    option<Take, &Take::delimiter>('d', "delimiter", "STR", "what stands between", Group::output),
    option<Take, &Take::color_of_it>('o', "output", "COLS", "columns", Group::output).with_candidates(column_names),
    option<Take, &Take::filters>(0, "filter", "KEY=VALUE", "only those", Group::output),
    flag<Take, &Take::all>('a', "all", "take all", Group::waiting),
    flag<Take, &Take::lines>('l', "lines", "lines", Group::output),
    flag<Take, &Take::framing, FramingKind::null>('0', "null", "a NUL", Group::output),
    flag<Take, &Take::framing, FramingKind::lines>('n', "newline", "a newline", Group::output),
    option<Take, &Take::on_failure>(0, "on-failure", "ACTION", "what then", Group::command)
        .with_choices("stop drop requeue save:DIR"),
    command<Take, &Take::command>("run CMD for each message"),
};

constexpr Arg put_args[] = {
    operand<Put, &Put::name>("NAME", "queue to write", no_names),
    operand<Put, &Put::messages>("MSG", "each is one message").optional(),
    option<Put, &Put::file>('f', "file", "FILE", "read FILE", Group::input),
    option<Put, &Put::directory>(0, "into", "DIR", "keep in DIR", Group::input),
};

constexpr Arg copy_args[] = {
    operand<Copy, &Copy::from>("FROM", "where from", names),
    operand<Copy, &Copy::to>("TO", "where to"),
};

inline Exit take_verb(const Take& options, Output& out) {
  taken = options;
  output = out;
  return Exit::no;
}
inline Exit put_verb(const Put& options, Output& out) {
  put = options;
  output = out;
  if (behave != nullptr) behave();
  return Exit::ok;
}
inline Exit copy_verb(const Copy& options, Output& /*out*/) {
  copied = options;
  return Exit::ok;
}

constexpr Example take_examples[] = {{"box take /jobs", "take one"}, {"box take -c 2 /jobs", "take two"}};
constexpr std::string_view take_aliases[] = {"grab", "wait"};
constexpr Verb verbs[] = {
    verb<copy_verb>("copy", "copy messages", copy_args),
    verb<put_verb>("put", "put messages in", put_args),
    verb<take_verb>("take", "take messages out", take_args, take_examples, take_aliases),
};
constexpr AbsentVerb absent[] = {{"resize", "a box has one size; make another: box create"}};
constexpr Mechanism box{"box", "boxes of messages", "box_overview(7)", verbs, absent};
constexpr Mechanism mq{"mq", "queues", "mq_overview(7)", verbs, {}};
constexpr const Mechanism* list[] = {&box, &mq};
constexpr Index index{list};

}  // namespace ipctl::example
