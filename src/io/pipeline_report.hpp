// pipeline_report: how the parts of a pipeline ended, as text and as JSON.
#pragma once

#include <span>
#include <string>

#include "io/pipeline.hpp"

namespace ipctl {

/// A line for each part: number, command, status, signal that ended it; separated by tabs, "-" for what is not.
[[nodiscard]] std::string pipeline_text(std::span<const PipelinePart> parts, std::span<const PartEnd> ends);

/// One line: {"schema":1,"commands":[{"number","command","arguments","pid","status","signal"},...]}. "arguments" are
/// those after the command; where one is not UTF-8, "arguments_base64" has them all. null: not started, no signal.
[[nodiscard]] std::string pipeline_json(std::span<const PipelinePart> parts, std::span<const PartEnd> ends);

}  // namespace ipctl
