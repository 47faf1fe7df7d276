// pipeline_report: text and JSON.
#include "io/pipeline_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "io/codec.hpp"
#include "io/json.hpp"
#include "ipc/signal_names.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

std::string json_array(std::span<const std::string> texts, const std::function<std::string(const std::string&)>& form) {
  std::string out = "[";
  for (const std::string& text : texts) {
    if (out.size() > 1) out += ',';
    out += form(text);
  }
  return out + ']';
}

std::string arguments_json(const PipelinePart& part) {
  const auto arguments = std::span{part.arguments}.subspan(1);
  std::string out = "\"arguments\":" + json_array(arguments, json_string);
  if (!std::all_of(arguments.begin(), arguments.end(), is_utf8)) {
    out += ",\"arguments_base64\":";
    out += json_array(arguments, [](const std::string& text) { return json_string(encode(Encoding::base64, text)); });
  }
  return out;
}

template <class Number>
std::string number_or_null(const std::optional<Number>& number) {
  return number ? std::to_string(*number) : "null";
}

}  // namespace

std::string pipeline_text(std::span<const PipelinePart> parts, std::span<const PartEnd> ends) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& end = ends[i].end;
    out += fmt::format("{}\t{}\t{}\t{}\n", i + 1, printable(parts[i].arguments.front()),
                       end ? std::to_string(end->status) : "-",
                       end && end->signal != 0 ? signals::name_of(end->signal) : "-");
  }
  return out;
}

std::string pipeline_json(std::span<const PipelinePart> parts, std::span<const PartEnd> ends) {
  std::string out = "{\"schema\":1,\"commands\":[";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto& end = ends[i].end;
    out += fmt::format("{}{{\"number\":{},{},{},\"pid\":{},\"status\":{},\"signal\":{}}}", i > 0 ? "," : "", i + 1,
                       json_member("command", parts[i].arguments.front()), arguments_json(parts[i]),
                       number_or_null(ends[i].pid), end ? std::to_string(end->status) : "null",
                       end && end->signal != 0 ? json_string(signals::name_of(end->signal)) : "null");
  }
  return out + "]}\n";
}

}  // namespace ipctl
