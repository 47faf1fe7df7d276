// Object: names of the enumerators.
#include "ipc/object.hpp"

namespace ipctl {

std::string_view to_string(Usage usage) {
  switch (usage) {
    case Usage::used: return "used";
    case Usage::unused: return "unused";
    case Usage::unknown: break;
  }
  return "unknown";
}

}  // namespace ipctl
