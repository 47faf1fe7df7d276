// log: the lines of os/trace.hpp through spdlog; the only file that includes it.
#include "cli/log.hpp"

#ifndef SPDLOG_FMT_EXTERNAL
#define SPDLOG_FMT_EXTERNAL
#endif
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <memory>
#include <string_view>

#include "os/trace.hpp"

namespace ipctl::log {
namespace {

// Made on first use: a program that shows nothing pays nothing.
spdlog::logger& logger() {
  static spdlog::logger instance = [] {
    spdlog::logger made("ipctl", std::make_shared<spdlog::sinks::stderr_sink_st>());
    made.set_pattern("%v");
    made.set_level(spdlog::level::debug);
    made.flush_on(spdlog::level::debug);
    return made;
  }();
  return instance;
}

void show(std::string_view line) {
  logger().log(spdlog::level::debug, spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace

void show_calls() {
  trace::sink = show;
}

}  // namespace ipctl::log
