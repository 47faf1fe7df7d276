// pipe: anonymous pipes, pipe(7).
#include "cli/shared_args.hpp"
#include "cli/spec.hpp"
#include "io/pipe_run.hpp"

namespace ipctl {

extern const Mechanism pipe_mechanism;

namespace {

// run

using Run = PipeRunOptions;

constexpr std::array run_args = {
    command<Run, &Run::command>("commands with ::: between them, each one's output the next one's input").mandatory(),
    option<Run, &Run::separator>(0, "separator", "WORD", "what stands between two commands (default :::)",
                                 Group::command),
    flag<Run, &Run::bidirectional>(0, "bidirectional", "two commands, each one's output is the other's input",
                                   Group::command),
    flag<Run, &Run::fan_out>(0, "fan-out", "the first one's output goes to each of the others, all of it",
                             Group::command),
    option<Run, &Run::names>(0, "name", "NAME",
                             "one command, which gets both ends of a pipe: numbers in IPCTL_FD_NAME_READ and _WRITE",
                             Group::command),
    flag<Run, &Run::packet>(0, "packet", "each write is read as it was written, up to 4096 bytes (O_DIRECT)",
                            Group::object),
    option<Run, &Run::capacity>(0, "capacity", "SIZE", "what each pipe can hold (default 64K)", Group::object),
    option<Run, &Run::tees>(0, "tee", "[N:]FILE", "copy what command N (default 1) writes to its pipe to FILE",
                            Group::output),
    option<Run, &Run::status>(0, "status", "FILE", "tell each command's status in FILE, or on standard error",
                              Group::output)
        .with_default(Run::status_to_stderr),
    flag<Run, &Run::pipefail>(0, "pipefail", "the status is that of the last command that failed, not of the last one",
                              Group::output),
};

constexpr Example run_examples[] = {
    {"pipe run --status -- seq 5 ::: grep 3 ::: cat", "a pipeline, and how each part of it ended"},
    {"pipe run --tee copy --capacity 1M -- seq 5 ::: wc -l",
     "with larger pipes; what goes through one is in a file too"},
    {"pipe run --fan-out -- seq 5 ::: wc -l ::: sha256sum", "two commands read all that the first one writes"},
    {"pipe run --name jobs -- sh -c 'echo x >&$IPCTL_FD_JOBS_WRITE; head -n 1 <&$IPCTL_FD_JOBS_READ'",
     "a pipe for the processes of a script"},
};

Exit run(const Run& options, Output& out) {
  validate(options);
  if (options.names.empty()) return run_pipeline(options, out);
  run_with_pipes(options);
}

// create

// send

// recv

// listen

// stat

// ls

// rm

constexpr Verb verbs[] = {
    verb<run>("run", "run commands that are joined by pipes", run_args, run_examples),
    // create
    // send
    // recv
    // listen
    // stat
    // ls
    // rm
    {"none", "none", {}, {}, {}},
};

constexpr AbsentVerb absent[] = {
    {"open", "a pipe has no name to open: 'ipctl pipe send PID:FD' uses one that a process has"},
};

}  // namespace

constinit const Mechanism pipe_mechanism{"pipe", "anonymous pipes", "pipe(7)", verbs, absent};

}  // namespace ipctl
