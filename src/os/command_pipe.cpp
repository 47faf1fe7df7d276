// CommandPipe: pipe2(2) and posix_spawn(3); popen(3) itself would tell neither pid nor what cannot be started.
#include "os/command_pipe.hpp"

#include "os/pipe.hpp"

namespace ipctl {

struct CommandPipe::Parts {
  Fd end;
  Child child;

  static Parts start(Way way, const std::vector<std::string>& command, const Environment& environment) {
    const std::string path = find_command(command.front());
    PipeEnds ends = before_command([] { return make_pipe(); });
    if (way == Way::to) return {std::move(ends.write), {path, command, {.input = ends.read.get()}, environment}};
    return {std::move(ends.read), {path, command, {.output = ends.write.get()}, environment}};
  }
};

std::vector<std::string> shell_command(const std::string& text) {
  return {"/bin/sh", "-c", "--", text};
}

CommandPipe::CommandPipe(Way way, const std::vector<std::string>& command, const Environment& environment)
    : CommandPipe(Parts::start(way, command, environment)) {}

CommandPipe::CommandPipe(Parts parts) : end_(std::move(parts.end)), child_(std::move(parts.child)) {}

int CommandPipe::close() {
  close_end();
  return child_.wait();
}

}  // namespace ipctl
