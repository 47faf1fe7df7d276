// pipe: anonymous pipes, pipe(7).
#include "cli/shared_args.hpp"
#include "cli/spec.hpp"

namespace ipctl {

extern const Mechanism pipe_mechanism;

namespace {

// run

// create

// send

// recv

// listen

// stat

// ls

// rm

constexpr Verb verbs[] = {
    // run
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
