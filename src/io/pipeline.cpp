// Pipeline: every end is close-on-exec and goes to one part alone, so that each sees the end of the other.
#include "io/pipeline.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <numeric>

#include "os/error.hpp"
#include "os/wait.hpp"

namespace ipctl {
namespace {

Fd open_copy(const std::string& name) {
  // Without O_APPEND: splice(2) cannot write such a file.
  return Fd{check(::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOCTTY | O_CLOEXEC, 0666), "open", name)};
}

// Who writes to our standard input is to see when the first part reads no more, who reads our standard output when the
// last part has closed it.
void leave_standard_streams() {
  const Fd null{::open("/dev/null", O_RDWR | O_CLOEXEC)};
  if (!null) return;
  ::dup2(null.get(), STDIN_FILENO);
  ::dup2(null.get(), STDOUT_FILENO);
}

bool has_ended(const std::vector<Child>& children) {
  return std::all_of(children.begin(), children.end(), [](const Child& each) { return each.end().has_value(); });
}

}  // namespace

Pipeline::Pipeline(const PipelinePlan& plan) : plan_(plan), streams_(plan.parts.size()) {
  const std::size_t count = plan_.parts.size();
  if (plan_.shape == PipelinePlan::Shape::fan) {
    std::vector<std::size_t> others(count - 1);
    std::iota(others.begin(), others.end(), 1);
    join(0, others);
    return;
  }
  for (std::size_t part = 0; part + 1 < count; ++part) join(part, {part + 1});
  if (plan_.shape == PipelinePlan::Shape::ring) join(count - 1, {0});
}

PipeEnds Pipeline::connect() const {
  PipeEnds ends = make_pipe(plan_.pipe_flags);
  if (plan_.capacity) set_pipe_capacity(ends.write.get(), *plan_.capacity, "--capacity");
  return ends;
}

void Pipeline::join(std::size_t from, std::vector<std::size_t> to) {
  PipeEnds source = connect();
  streams_[from].output = std::move(source.write);
  const auto is_here = [from](const PipelinePlan::Tee& tee) { return tee.part == from; };
  if (to.size() == 1 && std::none_of(plan_.tees.begin(), plan_.tees.end(), is_here)) {
    streams_[to.front()].input = std::move(source.read);
    return;
  }
  PipeCopies& copies = copies_.emplace_back(std::move(source.read));
  for (const std::size_t part : to) {
    PipeEnds ends = connect();
    streams_[part].input = std::move(ends.read);
    copies.add_pipe(std::move(ends.write));
  }
  for (const PipelinePlan::Tee& tee : plan_.tees) {
    if (is_here(tee)) copies.add_file(open_copy(tee.file), tee.file);
  }
}

void Pipeline::run(SignalRelay& relay) {
  start();
  leave_standard_streams();
  wait(relay);
  for (std::size_t i = 0; i < children_.size(); ++i) ends_[i].end = children_[i].end();
}

void Pipeline::start() {
  ends_.resize(plan_.parts.size());
  try {
    for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
      const PipelinePart& part = plan_.parts[i];
      const Ends ends = std::move(streams_[i]);
      children_.emplace_back(part.path, part.arguments, Streams{.input = ends.input.get(), .output = ends.output.get()},
                             Environment{});
      ends_[i].pid = children_.back().pid();
    }
  } catch (const Error& error) {
    ends_[children_.size()].end = CommandEnd{.status = static_cast<int>(error.status()), .signal = 0};
    start_failure_ = std::current_exception();
    streams_.clear();
    copies_.clear();
  }
}

void Pipeline::wait(SignalRelay& relay) {
  if (copies_.empty()) return relay.wait(children_);
  copy_and_wait(relay);
}

void Pipeline::copy_and_wait(SignalRelay& relay) {
  std::vector<pollfd> fds;
  for (;;) {
    const bool were_ended = has_ended(children_);
    const int former = relay.received();
    relay.take(children_);
    std::erase_if(copies_, [](const PipeCopies& each) { return each.done() && each.failures().empty(); });
    const bool are_copied =
        std::all_of(copies_.begin(), copies_.end(), [](const PipeCopies& each) { return each.done(); });
    if (has_ended(children_) && are_copied) return;
    // Nobody is left to whom it could be passed on: it is for the copying, which a process that they left behind keeps
    // going.
    if (were_ended && relay.received() != former) return;
    fds.assign(1, {.fd = relay.fd(), .events = POLLIN, .revents = 0});
    for (const PipeCopies& each : copies_) each.want(fds);
    static_cast<void>(wait_for(fds, {}));
    std::size_t next = 1;
    for (PipeCopies& each : copies_) {
      each.step(std::span{fds}.subspan(next, each.count()));
      next += each.count();
    }
  }
}

std::vector<PipeCopies::Failure> Pipeline::copy_failures() const {
  std::vector<PipeCopies::Failure> all;
  for (const PipeCopies& each : copies_) all.insert(all.end(), each.failures().begin(), each.failures().end());
  return all;
}

}  // namespace ipctl
