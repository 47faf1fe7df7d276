// index: one line for each mechanism.
#include "commands/index.hpp"

namespace ipctl {

extern const Mechanism mq_mechanism;

Index mechanisms() {
  static constexpr const Mechanism* all[] = {
      &mq_mechanism,
  };
  return all;
}

}  // namespace ipctl
