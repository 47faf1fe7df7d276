// pipe run: from words to a plan, and from the ends of its parts to a status.
#include "io/pipe_run.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <exception>

#include "io/pipeline.hpp"
#include "io/pipeline_report.hpp"
#include "os/child.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/pipe.hpp"
#include "os/relay.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

using Shape = PipelinePlan::Shape;

std::vector<std::vector<std::string>> split(const PipeRunOptions& options) {
  std::vector<std::vector<std::string>> parts(1);
  for (const std::string& word : options.command) {
    if (word == options.separator) {
      parts.emplace_back();
    } else {
      parts.back().push_back(word);
    }
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].empty()) continue;
    const char* const where = i == 0 ? "before the first" : i + 1 == parts.size() ? "after the last" : "between two";
    throw UsageError(fmt::format("there is no command {} '{}'", where, printable(options.separator)));
  }
  return parts;
}

Shape shape_of(const PipeRunOptions& options, std::size_t parts) {
  const std::string separator = printable(options.separator);
  if (options.bidirectional) {
    if (parts != 2) throw UsageError(fmt::format("--bidirectional: two commands, A {} B, not {}", separator, parts));
    return Shape::ring;
  }
  if (!options.fan_out) return Shape::line;
  if (parts < 2) throw UsageError(fmt::format("--fan-out: at least two commands, A {} B", separator));
  return Shape::fan;
}

// How many parts have an output that goes to a pipe.
std::size_t joints(Shape shape, std::size_t parts) {
  if (shape == Shape::fan) return 1;
  return shape == Shape::ring ? parts : parts - 1;
}

// [N:]FILE
PipelinePlan::Tee tee_of(const std::string& text, std::size_t joints) {
  const std::size_t colon = text.find(':');
  const auto number = colon == std::string::npos ? std::nullopt : to_number(std::string_view{text}.substr(0, colon));
  const std::string file = number ? text.substr(colon + 1) : text;
  if (file.empty()) throw UsageError(fmt::format("--tee: '{}' names no file", printable(text)));
  const std::uint64_t part = number.value_or(1);
  if (joints == 0) throw UsageError("--tee: one command alone has no pipe to copy from");
  if (part == 0 || part > joints) {
    throw UsageError(
        fmt::format("--tee: {} is not from 1 to {}, the commands whose output goes to a pipe", part, joints));
  }
  return {static_cast<std::size_t>(part - 1), file};
}

PipelinePlan plan_of(const PipeRunOptions& options) {
  const auto parts = split(options);
  PipelinePlan plan;
  plan.shape = shape_of(options, parts.size());
  plan.pipe_flags = options.packet ? O_DIRECT : 0;
  if (options.capacity) plan.capacity = options.capacity->bytes;
  for (const std::string& text : options.tees) plan.tees.push_back(tee_of(text, joints(plan.shape, parts.size())));
  for (const auto& words : parts) plan.parts.push_back({find_command(words.front()), words});
  return plan;
}

// Where --status goes, opened before anything starts.
class Report {
 public:
  Report(const PipeRunOptions& options, const Output& out) : json_(out.json) {
    if (options.status.empty() && !out.json) return;
    is_wanted_ = true;
    if (options.status.empty() || options.status == PipeRunOptions::status_to_stderr) return;
    name_ = options.status;
    file_.reset(check(::open(name_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666), "open", name_));
  }

  void write(const PipelinePlan& plan, const Pipeline& pipeline) const {
    if (!is_wanted_) return;
    const std::string text =
        json_ ? pipeline_json(plan.parts, pipeline.ends()) : pipeline_text(plan.parts, pipeline.ends());
    const int code = write_regardless(file_ ? file_.get() : STDERR_FILENO, text);
    if (code != 0 && file_) throw Error{code, "write", name_};
  }

 private:
  bool json_;
  bool is_wanted_ = false;
  std::string name_;
  Fd file_;
};

// As set -o pipefail of the shells, or as they do without.
int status_of(const std::vector<PartEnd>& ends, const PipeRunOptions& options) {
  if (!options.pipefail) return ends.back().end->status;
  const auto failed =
      std::find_if(ends.rbegin(), ends.rend(), [](const PartEnd& each) { return each.end->status != 0; });
  return failed != ends.rend() ? failed->end->status : 0;
}

bool is_name(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::string variable_of(const std::string& name) {
  if (!is_name(name)) {
    throw UsageError(
        fmt::format("--name: '{}' cannot be part of a variable's name: letters, digits and _ only", printable(name)));
  }
  std::string variable = "IPCTL_FD_";
  for (const char c : name) variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return variable;
}

// The variables for each of the pipes.
std::vector<std::string> variables_of(const std::vector<std::string>& names) {
  std::vector<std::string> variables;
  for (const std::string& name : names) {
    const std::string variable = variable_of(name);
    if (std::find(variables.begin(), variables.end(), variable) != variables.end()) {
      throw UsageError(fmt::format("--name: '{}' would be {} a second time", name, variable));
    }
    variables.push_back(variable);
  }
  if (constexpr std::size_t most = 3; variables.size() > most) {
    throw UsageError("--name: at most three; a command gets the descriptors 3 to 9, and a pipe has two");
  }
  return variables;
}

}  // namespace

void validate(const PipeRunOptions& options) {
  if (options.bidirectional && options.fan_out) throw UsageError("--bidirectional and --fan-out exclude each other");
  if (options.separator.empty()) throw UsageError("--separator: an empty word separates nothing");
  if (options.names.empty()) return;
  if (std::find(options.command.begin(), options.command.end(), options.separator) != options.command.end()) {
    throw UsageError(
        fmt::format("--name is for one command, and '{}' stands between two", printable(options.separator)));
  }
  const std::array others{std::pair{options.bidirectional, "--bidirectional"}, std::pair{options.fan_out, "--fan-out"},
                          std::pair{!options.tees.empty(), "--tee"}, std::pair{!options.status.empty(), "--status"},
                          std::pair{options.pipefail, "--pipefail"}};
  for (const auto& [is_given, name] : others) {
    if (is_given) throw UsageError(fmt::format("--name and {} exclude each other", name));
  }
}

Exit run_pipeline(const PipeRunOptions& options, const Output& out) {
  const PipelinePlan plan = plan_of(options);
  const Report report = before_command([&] { return Report{options, out}; });
  Pipeline pipeline = before_command([&] { return Pipeline{plan}; });
  SignalRelay relay;
  pipeline.run(relay);
  const auto failures = pipeline.copy_failures();
  for (const PipeCopies::Failure& failure : failures) {
    out.complain(
        fmt::format("--tee: {}: {}; it does not have all", printable(failure.name), std::strerror(failure.code)));
  }
  report.write(plan, pipeline);
  if (pipeline.start_failure()) std::rethrow_exception(pipeline.start_failure());
  const int status = status_of(pipeline.ends(), options);
  if (status == 0 && !failures.empty()) return Exit::failed;
  return end_as(status, relay.received());
}

void run_with_pipes(const PipeRunOptions& options) {
  const std::vector<std::string> variables = variables_of(options.names);
  const std::string path = find_command(options.command.front());
  Environment environment;
  before_command([&] {
    std::string all;
    const auto pass = [&](const std::string& variable, Fd end) {
      const std::string number = std::to_string(pass_on(std::move(end)));
      environment.emplace_back(variable, number);
      all += (all.empty() ? "" : " ") + number;
    };
    for (const std::string& variable : variables) {
      PipeEnds ends = make_pipe(options.packet ? O_DIRECT : 0);
      if (options.capacity) set_pipe_capacity(ends.write.get(), options.capacity->bytes, "--capacity");
      pass(variable + "_READ", std::move(ends.read));
      pass(variable + "_WRITE", std::move(ends.write));
    }
    environment.emplace_back("IPCTL_FD", all);
  });
  replace_process(path, options.command, environment);
}

}  // namespace ipctl
