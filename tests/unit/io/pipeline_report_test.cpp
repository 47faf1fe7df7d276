// pipeline_text and pipeline_json
#include "io/pipeline_report.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace ipctl {
namespace {

const std::vector<PipelinePart> parts{
    {"/bin/a", {"a", "x y", "\"q\""}}, {"/bin/b", {"b\tc"}}, {"/bin/c", {"c", "\xff"}}};

TEST(PipelineReport, Text) {
  const std::vector<PartEnd> ends{{7, CommandEnd{143, SIGTERM}}, {8, CommandEnd{143, 0}}, {std::nullopt, std::nullopt}};
  EXPECT_EQ(pipeline_text(parts, ends),
            "1\ta\t143\tSIGTERM\n"
            "2\tb\\tc\t143\t-\n"
            "3\tc\t-\t-\n");
}

TEST(PipelineReport, Json) {
  const std::vector<PartEnd> ends{{7, CommandEnd{143, SIGTERM}}, {std::nullopt, CommandEnd{126, 0}}, {}};
  EXPECT_EQ(pipeline_json(parts, ends),
            "{\"schema\":1,\"commands\":["
            "{\"number\":1,\"command\":\"a\",\"arguments\":[\"x y\",\"\\\"q\\\"\"],\"pid\":7,\"status\":143,"
            "\"signal\":\"SIGTERM\"},"
            "{\"number\":2,\"command\":\"b\\tc\",\"arguments\":[],\"pid\":null,\"status\":126,\"signal\":null},"
            "{\"number\":3,\"command\":\"c\",\"arguments\":[\"\\\\xff\"],\"arguments_base64\":[\"/w==\"],\"pid\":null,"
            "\"status\":null,\"signal\":null}]}\n");
}

}  // namespace
}  // namespace ipctl
