// introspect: the tables as JSON.
#include "cli/introspect.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/exit.hpp"

namespace ipctl {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

std::string_view name_of(Arg::Kind kind) {
  switch (kind) {
    case Arg::Kind::operand: return "operand";
    case Arg::Kind::option: return "option";
    case Arg::Kind::flag: return "flag";
    case Arg::Kind::command: return "command";
  }
  return {};
}

std::string_view name_of(Group group) {
  switch (group) {
    case Group::operands: return "operands";
    case Group::object: return "object";
    case Group::input: return "input";
    case Group::output: return "output";
    case Group::waiting: return "waiting";
    case Group::command: return "command";
    case Group::common: return "common";
  }
  return {};
}

Json words_of(std::string_view text) {
  Json list = Json::array();
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    list.push_back(word);
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return list;
}

Json json_of(const Arg& arg) {
  return {{"kind", name_of(arg.kind)},
          {"letter", arg.letter != 0 ? Json(std::string(1, arg.letter)) : Json(nullptr)},
          {"name", arg.name},
          {"metavar", text_or_null(arg.metavar)},
          {"default", text_or_null(arg.otherwise)},
          {"help", arg.help},
          {"group", name_of(arg.group)},
          {"required", arg.required},
          {"repeats", arg.repeats},
          {"choices", words_of(arg.choices)},
          {"dynamic", arg.candidates != nullptr}};
}

Json json_of(const Example& example) {
  return {{"line", example.line}, {"what", example.what}};
}

Json json_of(const AbsentVerb& absent) {
  return {{"name", absent.name}, {"why", absent.why}};
}

Json json_of(std::string_view text) {
  return text;
}

template <class Item>
Json array_of(std::span<const Item> items) {
  Json list = Json::array();
  for (const Item& item : items) list.push_back(json_of(item));
  return list;
}

Json json_of(const Verb& verb) {
  return {{"name", verb.name},
          {"aliases", array_of(verb.aliases)},
          {"summary", verb.summary},
          {"examples", array_of(verb.examples)},
          {"args", array_of(verb.args)}};
}

Json json_of(const Mechanism& mechanism) {
  Json verbs = Json::array();
  for (const Verb& verb : mechanism.verbs) verbs.push_back(json_of(verb));
  return {{"name", mechanism.name},
          {"summary", mechanism.summary},
          {"manual", mechanism.manual},
          {"absent", array_of(mechanism.absent)},
          {"verbs", std::move(verbs)}};
}

}  // namespace

std::string spec_json(Index mechanisms) {
  Json statuses = Json::array();
  for (const ExitMeaning& each : exit_meanings()) {
    statuses.push_back({{"status", each.status}, {"meaning", each.meaning}});
  }
  Json list = Json::array();
  for (const Mechanism* const each : mechanisms) list.push_back(json_of(*each));
  const Json spec = {{"schema", 1},
                     {"version", IPCTL_VERSION},
                     {"common", array_of(common_args())},
                     {"exit_statuses", std::move(statuses)},
                     {"mechanisms", std::move(list)}};
  return spec.dump(2) + "\n";
}

}  // namespace ipctl
