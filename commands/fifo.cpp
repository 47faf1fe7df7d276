// fifo: FIFOs: pipes that have a name, fifo(7).
#include "cli/shared_args.hpp"
#include "cli/spec.hpp"

namespace ipctl {

extern const Mechanism fifo_mechanism;

namespace {

// create

// send

// recv

// listen

// stat

// ls

// rm

constexpr Verb verbs[] = {
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
    {"run", "a FIFO needs no holder; 'ipctl fifo listen PATH -- CMD' runs CMD for each message"},
};

}  // namespace

constinit const Mechanism fifo_mechanism{"fifo", "FIFOs: pipes that have a name", "fifo(7)", verbs, absent};

}  // namespace ipctl
