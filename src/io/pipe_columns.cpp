// pipe_columns: values of the columns that pipes and FIFOs have.
#include "io/pipe_columns.hpp"

namespace ipctl::pipe_columns {
namespace {

const PipeObject& pipe(const Object& object) {
  return static_cast<const PipeObject&>(object);
}

// That there are none is known only where all processes could be looked at.
Value processes(const Object& object, const std::vector<Process>& found) {
  return found.empty() && object.unseen > 0 ? Value{Unknown{}} : Value{found};
}

}  // namespace

Value readers_of(const Object& object) {
  return processes(object, pipe(object).readers);
}
Value writers_of(const Object& object) {
  return processes(object, pipe(object).writers);
}
Value descriptors_of(const Object& object) {
  return object.unseen > 0 ? Value{Unknown{}} : Value{std::uint64_t{object.holders.size()}};
}
Value packets_of(const Object& object) {
  const auto& packets = pipe(object).packets;
  return packets ? Value{std::string(*packets ? "yes" : "no")} : Value{Unknown{}};
}
Value state_of(const Object& object) {
  const auto& linked = pipe(object).linked;
  return linked ? Value{std::string(*linked ? "linked" : "deleted")} : Value{Unknown{}};
}

}  // namespace ipctl::pipe_columns
