// sysv: selectors, permissions, /proc/sysvipc, and who is blocked.
#include "ipc/sysv.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <map>
#include <vector>

#include "os/error.hpp"
#include "os/fd.hpp"
#include "os/text.hpp"
#include "os/users.hpp"

namespace ipctl::sysv {
namespace {

constexpr std::string_view ftok_prefix = "ftok:";
constexpr std::string_view key_prefix = "key:";

[[noreturn]] void refuse(std::string_view text, bool creating) {
  throw UsageError(fmt::format("'{}' is no {}: {}0xKEY, key:N, ftok:PATH[:PROJ]{}", printable(text),
                               creating ? "key" : "selector", creating ? "" : "ID, ", creating ? " or private" : ""));
}

std::optional<std::uint64_t> parse_hex(std::string_view text) {
  if (!text.starts_with("0x") && !text.starts_with("0X")) return std::nullopt;
  return to_number(text.substr(2), 16);
}

std::optional<key_t> to_key(std::optional<std::uint64_t> number) {
  if (!number || *number > UINT_MAX) return std::nullopt;
  return static_cast<key_t>(static_cast<std::uint32_t>(*number));
}

// 0xKEY, key:N, ftok:...; nullopt for anything else.
std::optional<key_t> key_from(std::string_view text) {
  if (text.starts_with(ftok_prefix)) return key_of_file(text.substr(ftok_prefix.size()));
  if (!text.starts_with(key_prefix)) return to_key(parse_hex(text));
  text.remove_prefix(key_prefix.size());
  const auto hex = parse_hex(text);
  return to_key(hex ? hex : to_number(text));
}

std::optional<int> project_from(std::string_view text) {
  if (text.size() == 1 && (text[0] < '0' || text[0] > '9')) return static_cast<unsigned char>(text[0]);
  const auto hex = parse_hex(text);
  const auto number = hex ? hex : to_number(text);
  if (!number || *number > UCHAR_MAX) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

key_t key_of_file(std::string_view text) {
  std::string path(text);
  int project = 1;  // as Perl's IPC::SysV
  const std::size_t colon = text.rfind(':');
  if (colon != std::string_view::npos && text.find('/', colon) == std::string_view::npos) {
    const std::string_view given = text.substr(colon + 1);
    const auto number = project_from(given);
    if (!number) {
      throw UsageError(
          fmt::format("'{}' is no PROJ of ftok(3): 0 to 255, or one character that is no digit", printable(given)));
    }
    project = *number;
    path.resize(colon);
  }
  if (path.empty()) throw UsageError("PATH of ftok:PATH[:PROJ] is missing");
  errno = 0;
  const key_t key = ::ftok(path.c_str(), project);
  // -1 may be a key.
  if (key == -1 && errno != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      throw Error{Exit::missing, path, "no such file: ftok(3) makes the key of it"};
    throw Error{errno, "ftok", path};
  }
  return key;
}

Selector parse_selector(std::string_view text) {
  Selector out{.text = std::string(text), .id = std::nullopt};
  if (const auto id = to_number(text); id && *id <= INT_MAX) {
    out.id = static_cast<int>(*id);
    return out;
  }
  const auto key = key_from(text);
  if (text == "private" || key == IPC_PRIVATE) {
    throw UsageError(fmt::format("'{}' names no object: many have the key 0 (IPC_PRIVATE); give the id", text));
  }
  if (!key) refuse(text, false);
  out.key = *key;
  return out;
}

std::string checked_selector(std::string_view text) {
  try {
    return parse_selector(text).text;
  } catch (const Error&) {
    return std::string(text);
  }
}

NumberedSelector parse_numbered_selector(std::string_view text) {
  const bool is_file = text.starts_with(ftok_prefix);
  const std::size_t last = text.rfind(':');
  // "key:5" and "ftok:PATH", "ftok:PATH:PROJ" have no number.
  const std::size_t skipped = is_file ? ftok_prefix.size() : text.starts_with(key_prefix) ? key_prefix.size() : 0;
  bool has_number = last != std::string_view::npos && last >= skipped;
  if (has_number && is_file) {
    const std::size_t before = text.rfind(':', last - 1);
    has_number =
        before != std::string_view::npos && before >= skipped && text.find('/', before) == std::string_view::npos;
  }
  if (!has_number) return {parse_selector(text), std::nullopt};
  const auto number = to_number(text.substr(last + 1));
  if (!number) {
    throw UsageError(
        fmt::format("'{}' is no number of a semaphore in its set (from 0)", printable(text.substr(last + 1))));
  }
  return {parse_selector(text.substr(0, last)), number};
}

key_t parse_key(std::string_view text) {
  if (text == "private") return IPC_PRIVATE;
  const auto key = key_from(text);
  if (!key && to_number(text)) {
    throw UsageError(fmt::format("'{}' is an id, which the kernel chooses; a key is 0xKEY or key:N", text));
  }
  if (!key) refuse(text, true);
  if (*key == IPC_PRIVATE)
    throw UsageError("the key 0 is IPC_PRIVATE, which never names an existing object: say private");
  return *key;
}

std::string key_text(key_t key) {
  return fmt::format("0x{:08x}", static_cast<std::uint32_t>(key));
}

Created create_or_accept(const std::string& text, Existing existing, const std::function<int()>& create,
                         const std::function<int()>& accept) {
  const auto found = [&text](int id) { return Found{id, std::to_string(id), text}; };
  for (;;) {
    try {
      return {found(create()), true};
    } catch (const Error& error) {
      if (existing == Existing::refuse || error.status() != Exit::exists) throw;
    }
    try {
      return {found(accept()), false};
    } catch (const Error& error) {
      if (error.status() != Exit::missing) throw;
    }
  }
}

std::string summary(const Item& item) {
  return fmt::format("{} {}", key_text(item.key.value_or(IPC_PRIVATE)), item.uid ? user_name(*item.uid) : "");
}

void fill_permissions(Item& item, int id, const ipc_perm& permissions) {
  item.id = id;
  item.name = std::to_string(id);
  item.key = permissions.__key;
  item.uid = permissions.uid;
  item.gid = permissions.gid;
  item.creator = permissions.cuid;
  item.creator_group = permissions.cgid;
  item.mode = permissions.mode & 0777U;
}

std::optional<timespec> time_of(std::int64_t seconds) {
  if (seconds == 0) return std::nullopt;
  return timespec{.tv_sec = seconds, .tv_nsec = 0};
}

std::optional<pid_t> pid_of(pid_t pid, bool ever) {
  if (pid == 0 && ever) return std::nullopt;
  return pid;
}

void deny(Item item, const Found& object, std::string_view call, std::string_view purpose) {
  item.name = object.text;
  ipctl::deny(item, call, purpose);
}

void validate_mode(const std::optional<Mode>& mode) {
  if (mode && mode->bits > 0777)
    throw UsageError(fmt::format("--mode: System V objects have 0 to 0777, not {:04o}", mode->bits));
}

void apply(const Change& change, ipc_perm& permissions) {
  if (change.mode) permissions.mode = static_cast<decltype(permissions.mode)>(change.mode->bits);
  if (change.owner.user) permissions.uid = *change.owner.user;
  if (change.owner.group) permissions.gid = *change.owner.group;
}

std::string why_not_changed(int code, const std::function<Item()>& inspect) {
  if (code != EPERM) return {};
  const Item item = inspect();
  const std::string owner = item.uid ? fmt::format(": it belongs to {}", user_name(*item.uid)) : "";
  return "permission denied: only its owner, its creator or root may do that" + owner;
}

std::size_t parse_row(std::string_view line, std::span<std::int64_t> row) {
  constexpr std::size_t permissions = 2;
  std::size_t count = 0;
  const char* at = line.data();
  const char* const end = at + line.size();
  for (;;) {
    while (at != end && *at == ' ') ++at;
    if (at == end) return count > permissions ? count : 0;
    if (count == row.size()) return 0;
    const bool negative = *at == '-';
    if (negative) ++at;
    const int base = count == permissions ? 8 : 10;
    std::uint64_t value = 0;
    const char* const first = at;
    for (; at != end && *at >= '0' && *at < '0' + base; ++at)
      value = value * static_cast<unsigned>(base) + static_cast<unsigned>(*at - '0');
    if (at == first || (at != end && *at != ' ')) return 0;
    row[count++] = static_cast<std::int64_t>(negative ? 0 - value : value);
  }
}

bool for_each_row(std::string_view name, const std::function<void(Row row)>& found) {
  const Fd file{::open(fmt::format("/proc/sysvipc/{}", name).c_str(), O_RDONLY | O_CLOEXEC)};
  if (!file) return false;
  std::vector<char> buffer(65536);
  std::array<std::int64_t, 20> numbers{};
  std::size_t filled = 0;
  for (;;) {
    const ssize_t size = ::read(file.get(), buffer.data() + filled, buffer.size() - filled);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    if (size == 0) return true;
    filled += static_cast<std::size_t>(size);
    std::string_view rest{buffer.data(), filled};
    for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      if (const std::size_t count = parse_row(rest.substr(0, end), numbers); count > 0)
        found(Row{numbers}.first(count));
      rest.remove_prefix(end + 1);
    }
    filled = rest.size();
    if (filled == buffer.size()) return false;  // no line is so long
    std::copy(rest.begin(), rest.end(), buffer.begin());
  }
}

void fill_permissions(Item& item, Row row, std::size_t first_owner) {
  item.key = static_cast<key_t>(row[0]);
  item.id = static_cast<int>(row[1]);
  item.name = std::to_string(item.id);
  item.mode = static_cast<mode_t>(row[2]) & 0777U;
  item.uid = static_cast<uid_t>(row[first_owner]);
  item.gid = static_cast<gid_t>(row[first_owner + 1]);
  item.creator = static_cast<uid_t>(row[first_owner + 2]);
  item.creator_group = static_cast<gid_t>(row[first_owner + 3]);
}

bool stat_by_index(int id, const std::function<int(int index)>& stat) {
  constexpr std::array masks{0x7fff, 0xffffff};  // IPCMNI_SHIFT and IPCMNI_EXTEND_SHIFT in ipc/util.h
  return std::any_of(masks.begin(), masks.end(), [&](int mask) { return stat(id & mask) == id; });
}

void find_blocked(std::span<Item* const> items,
                  const std::function<std::optional<Blocked>(pid_t pid, const BlockedCall& call)>& describe) {
  std::map<std::uint64_t, Item*> by_id;
  for (Item* const item : items) by_id.emplace(item->id, item);
  CommandNames commands;
  const ScanReport report = scan_blocked_calls([&](pid_t pid, pid_t thread, const BlockedCall& call) {
    const auto item = by_id.find(static_cast<std::uint32_t>(call.arguments[0]));
    if (item == by_id.end()) return;
    auto blocked = describe(pid, call);
    if (!blocked || !shares_ipc_namespace(pid).value_or(false)) return;
    item->second->waiters.push_back({pid, thread, commands.of(pid), blocked->call, std::move(blocked->wants)});
  });
  for (Item* const item : items) item->unseen = std::max(item->unseen, report.unreadable);
}

}  // namespace ipctl::sysv
