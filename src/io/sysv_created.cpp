// sysv_created: an id, or nothing at all.
#include "io/sysv_created.hpp"

#include "os/error.hpp"

namespace ipctl {

void print_created(const sysv::Created& created, const Output& output,
                   const std::function<void(const sysv::Found& object)>& print,
                   const std::function<void(const sysv::Found& object)>& remove) {
  try {
    if (output.json) print(created.object);
    else output.write(created.object.name + "\n");
  } catch (const Error&) {
    if (created.is_new) remove(created.object);
    throw;
  }
}

}  // namespace ipctl
