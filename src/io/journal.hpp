// Journal: messages in files until they are delivered. The kernel copies a message straight into a mapped file, so that
// it survives any end of this process, SIGKILL included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ipc/message.hpp"
#include "os/fd.hpp"
#include "os/mapping.hpp"

namespace ipctl {

/// One message in a file. Its life: free, receiving (the kernel may fill it at any moment), held, free.
/// The bytes beyond the message hold a sentinel, so that the length of one that arrived while the process was killed
/// can be told: bytes that no UTF-8 text contains, hence exact for text; a binary message that ends in sentinel bytes
/// (1 in 256 for random ones) loses those.
class Slot {
 public:
  /// Opens or creates a slot file for messages of up to `capacity` bytes that come from `name`. One that is not free
  /// keeps its own capacity and name. Throws Error, also for a file that is something else, and leaves that as it is.
  Slot(const std::string& path, std::size_t capacity, std::string_view mechanism, std::string_view name);

  enum class State { free, held, in_doubt };
  [[nodiscard]] State state() const;
  /// The message in a slot that is held or in doubt: data, priority, type, name.
  [[nodiscard]] Message message() const;

  /// Ready for receive(): every byte has its sentinel, the pages are in memory and writable.
  [[nodiscard]] Buffer prepare();
  /// After receive(): `message`'s data is in this slot's buffer.
  void hold(const Message& message);
  /// Delivered, or nothing came.
  void release();

 private:
  struct Header;
  [[nodiscard]] bool reopen(const std::string& path);
  void create(const std::string& path, std::size_t capacity, std::string_view mechanism, std::string_view name);
  [[nodiscard]] Header& header() const;
  [[nodiscard]] long& kernel_type() const;
  [[nodiscard]] bool is_touched() const;
  [[nodiscard]] std::span<char> data() const;
  [[nodiscard]] std::span<char> sentinel() const;
  [[nodiscard]] std::size_t touched() const;  // bytes up to the last that is not its sentinel
  std::size_t capacity_ = 0;
  std::size_t dirty_ = 0;  // bytes that prepare() has to set to their sentinel
  Mapping file_;
};

/// A directory of slots that one process at a time uses.
class Journal {
 public:
  /// slots: messages that may be in hand at once. Throws Error when another process uses `directory`.
  Journal(const std::string& directory, std::size_t slots, std::size_t capacity, std::string_view mechanism,
          std::string_view name);
  [[nodiscard]] std::span<Slot> slots() { return slots_; }
  /// Slots that are not free.
  [[nodiscard]] std::size_t undelivered() const;
  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  void lock() const;

  std::string directory_;
  Fd lock_;
  std::vector<Slot> slots_;
};

}  // namespace ipctl
