// Hand: a message from when it is taken until it is delivered, and the way back for one that cannot be.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "io/journal.hpp"
#include "io/output.hpp"
#include "io/save.hpp"
#include "ipc/message.hpp"
#include "os/child.hpp"

namespace ipctl {

/// Room for one message.
struct Hand {
  std::vector<char> own;  // where it is received into, without a journal
  Slot* slot = nullptr;   // the same, with one
  Message message;
  std::optional<Child> child;  // the command that has it

  /// `own` as a Buffer: its first bytes are for the type.
  [[nodiscard]] Buffer own_buffer() {
    return {.data = std::span{own}.subspan(sizeof(long)), .type = reinterpret_cast<long*>(own.data()), .memory = &own};
  }
  /// It is delivered, or safe elsewhere.
  void release() const {
    if (slot != nullptr) slot->release();
  }
};

/// What is told of a message that went back; one that could not is always an error.
enum class Telling { error, note, nothing };

class WayBack {
 public:
  /// journal: its directory, or empty.
  WayBack(Source& source, const Output& output, std::string journal)
      : source_(source), output_(output), journal_(std::move(journal)) {}

  /// As keep() of io/save.hpp; what cannot be put anywhere stays in the journal where there is one.
  [[nodiscard]] Kept keep(const Hand& hand) const;
  /// It will not go back: the source takes it, where it still has it, and it is released. Throws what accept() does.
  void give_up(const Hand& hand) const {
    source_.accept(hand.message);
    hand.release();
  }
  /// Source::move_back(), and one line to the user; false where it did not.
  [[nodiscard]] bool move_back(const Hand& hand, const std::string& reason) const;
  /// keep(), and one line to the user: `reason`, then where the message is now. False where it is still in `hand` only.
  bool put_back(const Hand& hand, const std::string& reason, Telling telling) const;

 private:
  Source& source_;
  const Output& output_;
  std::string journal_;
};

}  // namespace ipctl
