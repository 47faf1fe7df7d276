// pipe_columns: values of the columns that pipes and FIFOs have.
#include "io/pipe_columns.hpp"

namespace ipctl::pipe_columns {
namespace {

const PipeObject& pipe(const Object& object) {
  return static_cast<const PipeObject&>(object);
}

// That there are none is known only where all processes could be looked at.
Value processes(const Object& object, const std::vector<Process>& found) {
  return found.empty() && !pipe(object).has_all_ends ? Value{Unknown{}} : Value{found};
}

}  // namespace

Value readers_of(const Object& object) {
  return processes(object, pipe(object).readers);
}
Value writers_of(const Object& object) {
  return processes(object, pipe(object).writers);
}
Value descriptors_of(const Object& object) {
  return pipe(object).has_all_ends ? Value{std::uint64_t{object.holders.size()}} : Value{Unknown{}};
}
Value packets_of(const Object& object) {
  const auto& value = pipe(object).packets;
  return value ? Value{std::string(*value ? "yes" : "no")} : Value{Unknown{}};
}
Value state_of(const Object& object) {
  const auto& linked = pipe(object).linked;
  return linked ? Value{std::string(*linked ? "linked" : "deleted")} : Value{Unknown{}};
}

}  // namespace ipctl::pipe_columns
