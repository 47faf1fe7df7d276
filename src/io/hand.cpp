// Hand: back into the source, a file, or at least the journal.
#include "io/hand.hpp"

#include "os/text.hpp"

namespace ipctl {

Kept WayBack::keep(const Hand& hand) const {
  Kept kept = ipctl::keep(source_, hand.message);
  if (kept.safe) {
    hand.release();
  } else if (hand.slot != nullptr) {
    kept.where = "stays in the journal " + printable(journal_);
  }
  return kept;
}

bool WayBack::move_back(const Hand& hand, const std::string& reason) const {
  if (!source_.move_back(hand.message)) return false;
  hand.release();
  output_.note(printable(hand.message.name) + ": " + reason + "went behind all others");
  return true;
}

bool WayBack::put_back(const Hand& hand, const std::string& reason, Telling telling) const {
  const Kept kept = keep(hand);
  const std::string line = printable(hand.message.name) + ": " + reason + kept.where;
  if (!kept.went_back || telling == Telling::error) {
    output_.complain(line);
  } else if (telling == Telling::note) {
    output_.note(line);
  }
  return kept.safe;
}

}  // namespace ipctl
