// index: one line for each mechanism.
#include "commands/index.hpp"

namespace ipctl {

extern const Mechanism mq;

Index mechanisms() {
  static constexpr const Mechanism* all[] = {
      &mq,
  };
  return all;
}

}  // namespace ipctl
