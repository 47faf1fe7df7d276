// sysv: what the three System V mechanisms have in common: keys, ids, permissions and lists, sysvipc(7).
#pragma once

#include <sys/ipc.h>
#include <sys/types.h>

#include <cerrno>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ipc/object.hpp"
#include "os/units.hpp"

namespace ipctl::sysv {

/// An existing object, as a user names it.
struct Selector {
  std::string text;       // as given
  std::optional<int> id;  // else:
  key_t key = IPC_PRIVATE;
};

/// ID (decimal), 0xKEY, key:N (decimal, or 0x and hexadecimal), ftok:PATH[:PROJ]. Throws UsageError for anything else,
/// and for the key 0 (IPC_PRIVATE), which names no object; Error (missing) where ftok(3) finds no file.
[[nodiscard]] Selector parse_selector(std::string_view text);
/// `text`, when it has the form of a selector; whether ftok(3) finds a file is not asked yet. Throws UsageError.
[[nodiscard]] std::string checked_selector(std::string_view text);
/// The same with ":NUM", a number within the object, behind it; behind ftok: it follows PROJ.
struct NumberedSelector {
  Selector object;
  std::optional<std::uint64_t> number;
};
[[nodiscard]] NumberedSelector parse_numbered_selector(std::string_view text);
/// The key of an object that is to be made: as parse_selector, but no ID; "private" is IPC_PRIVATE.
[[nodiscard]] key_t parse_key(std::string_view text);
/// ftok(3): PATH[:PROJ]; PROJ: 0 to 255, or one character that is no digit; 1 when left out. What follows the last
/// colon is PROJ unless it has a slash. Throws as parse_selector.
[[nodiscard]] key_t key_of_file(std::string_view text);

/// "0x0000abcd".
[[nodiscard]] std::string key_text(key_t key);

/// An object that the caller has found: its name is its id.
struct Found {
  int id;
  std::string name;
  std::string text;  // as the user named it
};

struct Created {
  Found object;
  bool is_new;
};
enum class Existing { refuse, accept };
/// Calls `create`, which returns the id of a new object. Where that throws that one exists (Exit::exists), and it is to
/// be accepted, calls `accept`, which returns its id, or throws: also that it is missing, for then it vanished
/// meanwhile, and all begins anew. text: as the user names it.
[[nodiscard]] Created create_or_accept(const std::string& text, Existing existing, const std::function<int()>& create,
                                       const std::function<int()>& accept);

struct Item : Object {
  int id = -1;
  std::optional<key_t> key;
  std::optional<uid_t> creator;
  std::optional<gid_t> creator_group;
};

/// "KEY OWNER", to tell it from others.
[[nodiscard]] std::string summary(const Item& item);

/// Sets id, name, key, owner, creator and mode.
void fill_permissions(Item& item, int id, const ipc_perm& permissions);
/// A time of the kernel's, in seconds; 0, which is never, becomes nullopt.
[[nodiscard]] std::optional<timespec> time_of(std::int64_t seconds);
/// A pid as the kernel gives it. 0 is nullopt, a process that is not visible here, unless nobody ever did it.
[[nodiscard]] std::optional<pid_t> pid_of(pid_t pid, bool ever);

/// deny() of ipc/object.hpp, for `object` as the user named it.
[[noreturn]] void deny(Item item, const Found& object, std::string_view call, std::string_view purpose);

/// What IPC_SET may change of the permissions.
struct Change {
  std::optional<Mode> mode;  // 0 to 0777
  Owner owner;
  [[nodiscard]] bool is_empty() const { return !mode && !owner.user && !owner.group; }
};
/// Throws UsageError for a mode that System V does not have.
void validate_mode(const std::optional<Mode>& mode);
void apply(const Change& change, ipc_perm& permissions);
/// errno of a call on an object that was found: it is not there any more.
[[nodiscard]] constexpr bool is_gone(int code) {
  return code == EINVAL || code == EIDRM;
}

/// Why IPC_SET, IPC_RMID and the like failed, in words, with the owner that `inspect` finds; empty where errno says it
/// all.
[[nodiscard]] std::string why_not_changed(int code, const std::function<Item()>& inspect);

/// Lines of /proc/sysvipc/NAME ("msg", "sem", "shm") as numbers, the permissions read as octal. What is no such line is
/// left out. False where the file cannot be read. Unlike the calls, it shows what one may not read.
using Row = std::span<const std::int64_t>;
[[nodiscard]] bool for_each_row(std::string_view name, const std::function<void(Row row)>& found);
/// One line; the count of numbers, 0 where it is no such line. `row` has room for 20.
[[nodiscard]] std::size_t parse_row(std::string_view line, std::span<std::int64_t> row);
/// The first eight numbers of each row: key, id, permissions ... and where uid, gid, cuid and cgid stand.
void fill_permissions(Item& item, Row row, std::size_t first_owner);

/// The *_STAT_ANY calls want an index into the kernel's table: the low bits of an id, how many depends on
/// ipcmni_extend. Calls `stat` with each candidate until it returns `id`; false when none does: there is no such
/// object, or the call does not exist (before Linux 4.17). Needs no permission to read.
[[nodiscard]] bool stat_by_index(int id, const std::function<int(int index)>& stat);

/// Finds threads that are blocked in a call on one of `items`. `describe` tells the call's name and what it waits for,
/// or nothing for a call that is of another kind; the first argument of the call is the id. Sets waiters and unseen.
struct Blocked {
  std::string_view call;
  std::string wants;
};
void find_blocked(std::span<Item* const> items,
                  const std::function<std::optional<Blocked>(pid_t pid, const BlockedCall& call)>& describe);

}  // namespace ipctl::sysv
