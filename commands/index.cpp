// index: one line for each mechanism.
#include "commands/index.hpp"

namespace ipctl {

extern const Mechanism fifo_mechanism;
extern const Mechanism mq_mechanism;
extern const Mechanism pipe_mechanism;
extern const Mechanism sem_mechanism;
extern const Mechanism shm_mechanism;
extern const Mechanism signal_mechanism;
extern const Mechanism sysv_mq_mechanism;
extern const Mechanism sysv_sem_mechanism;
extern const Mechanism sysv_shm_mechanism;

Index mechanisms() {
  // clang-format off
  static constexpr const Mechanism* all[] = {
      &fifo_mechanism,
      &mq_mechanism,
      &pipe_mechanism,
      &sem_mechanism,
      &shm_mechanism,
      &signal_mechanism,
      &sysv_mq_mechanism,
      &sysv_sem_mechanism,
      &sysv_shm_mechanism,
  };
  // clang-format on
  return all;
}

}  // namespace ipctl
