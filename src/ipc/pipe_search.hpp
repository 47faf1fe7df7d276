// pipe_search: finds pipes or FIFOs by those who have them open, what is in them, and who is blocked on them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ipc/pipe_calls.hpp"
#include "ipc/pipe_objects.hpp"
#include "os/process.hpp"

namespace ipctl::pipes {

enum class Scope { expected, all };

/// Use: expect() what is known already, then find_all(), or the first of its searches in their order, then take().
class PipeSearch {
 public:
  /// Scope::expected: finds no others.
  PipeSearch(Kind kind, Scope scope) : kind_(kind), scope_(scope) {}

  /// One whose device and inode are known; of the same file, the first stays.
  void expect(PipeObject object);
  /// Ends, contents, waiters. Throw Error when /proc cannot be read.
  void find_all();
  void find_ends();
  /// Borrows an end of each from a process that has it, for a moment and without opening anything. To come before
  /// find_waiters(): which side a call waits for depends on it.
  void find_contents();
  void find_waiters();

  /// With usage set. Sorted by name: addresses by their numbers.
  [[nodiscard]] std::vector<PipeObject> take();

 private:
  using Identity = std::pair<dev_t, ino_t>;

  void add_end(const Descriptor& use);
  void add_call(pid_t pid, pid_t thread, const BlockedCall& call);
  void add_opener(pid_t pid, pid_t thread, const BlockedCall& call);
  void add_waiter(PipeObject& object, const Waiter& waiter);
  [[nodiscard]] PipeObject* object_of(const Identity& identity);
  [[nodiscard]] PipeObject* awaited(pid_t pid, const Awaited& what);

  Kind kind_;
  Scope scope_;
  std::map<Identity, PipeObject> objects_;
  std::map<pid_t, std::unordered_map<int, PipeObject*>> descriptors_;
  ScanReport ends_, calls_;
  CommandNames commands_;
};

/// What of a pipe `fd` tells: bytes and capacity.
void set_contents(PipeObject& object, int fd);

}  // namespace ipctl::pipes
