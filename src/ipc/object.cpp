// Object: what is common to objects that are files to stat(2), and who holds them.
#include "ipc/object.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <utility>

#include "os/error.hpp"
#include "os/mapping.hpp"
#include "os/trace.hpp"
#include "os/users.hpp"

namespace ipctl {
namespace {

using Identity = std::pair<dev_t, ino_t>;

// What has no path is no file: sockets, pipes.
bool may_be_file(std::string_view target) {
  return target.starts_with('/') && target != "/dev/null";
}

}  // namespace

std::string_view to_string(Usage usage) {
  switch (usage) {
    case Usage::used: return "used";
    case Usage::unused: return "unused";
    case Usage::unknown: break;
  }
  return "unknown";
}

void fill_status(Object& object, const struct stat& status) {
  object.uid = status.st_uid;
  object.gid = status.st_gid;
  object.mode = status.st_mode & 07777U;
  object.accessed = status.st_atim;
  object.modified = status.st_mtim;
  object.changed = status.st_ctim;
  object.device = status.st_dev;
  object.inode = status.st_ino;
}

void change_owner(int fd, const Owner& owner, std::string_view name) {
  if (!owner.user && !owner.group) return;
  constexpr auto unchanged = static_cast<uid_t>(-1);
  const uid_t user = owner.user.value_or(unchanged);
  const gid_t group = owner.group.value_or(unchanged);
  if (trace::call(::fchown(fd, user, group), "fchown", "{}, {}, {}", fd, static_cast<int>(user),
                  static_cast<int>(group)) == 0) {
    return;
  }
  throw Error{errno, "fchown", name, why_owner_refused(errno)};
}

std::string_view why_owner_refused(int code) {
  return code == EPERM ? "only root may give it to another user, or to a group that is not one's own" : "";
}

void change_mode(int fd, mode_t mode, std::string_view name) {
  check(trace::call(::fchmod(fd, mode), "fchmod", "{}, {:04o}", fd, mode), "fchmod", name);
}

void deny(const Object& object, std::string_view call, std::string_view purpose) {
  std::string who;
  if (object.uid && object.mode) {
    who = fmt::format(": it belongs to {} and has mode {:04o}", user_name(*object.uid), *object.mode);
  }
  throw Error{EACCES, call, object.name, fmt::format("permission to {} denied{}", purpose, who)};
}

std::string differences(const Object& object, const std::optional<Mode>& mode, const Owner& owner) {
  std::string out;
  const auto differ = [&out](std::string_view what, const auto& has, const auto& asked, const auto& show) {
    if (!asked || has == asked) return;
    out += fmt::format("{}{} is {}, not {}", out.empty() ? "" : ", ", what, has ? show(*has) : "unknown", show(*asked));
  };
  const auto octal = [](mode_t bits) { return fmt::format("{:04o}", bits); };
  differ("--mode", object.mode, mode ? std::optional{mode->bits} : std::nullopt, octal);
  differ("owner", object.uid, owner.user, user_name);
  differ("group", object.gid, owner.group, group_name);
  return out;
}

void set_usage(Object& object, const ScanReport& report) {
  object.unseen = report.unreadable;
  if (!object.holders.empty()) object.usage = Usage::used;
  else object.usage = report.complete() && object.inode ? Usage::unused : Usage::unknown;
}

void find_file_holders(std::span<Object* const> objects) {
  // One file may have several names.
  std::multimap<Identity, Object*> opened;
  std::multimap<Identity, Object*> mapped;
  for (Object* const object : objects) {
    if (!object->device || !object->inode) continue;
    const Identity identity{*object->device, *object->inode};
    opened.emplace(identity, object);
    mapped.emplace(object->mapped_as.value_or(identity), object);
  }
  CommandNames commands;
  const auto hold = [](const auto& found, const Holder& holder) {
    std::for_each(found.first, found.second, [&](const auto& entry) { entry.second->holders.push_back(holder); });
  };
  const ScanReport descriptors = scan_descriptors(may_be_file, [&](const Descriptor& use) {
    const auto found = opened.equal_range({use.device, use.inode});
    if (found.first == found.second) return;
    hold(found, {use.pid, commands.of(use.pid), use.fd, direction_of(use.pid, use.fd)});
  });
  const auto is_mapped = [&mapped](dev_t device, ino_t inode) { return mapped.contains({device, inode}); };
  const ScanReport mappings = scan_mappings(is_mapped, [&](const MappedFile& use) {
    hold(mapped.equal_range({use.device, use.inode}), {use.pid, commands.of(use.pid), -1, use.direction});
  });
  for (Object* const object : objects) set_usage(*object, both(descriptors, mappings));
}

void set_mapped_identity(Object& object, int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || status.st_size == 0) return;
  try {
    const Mapping probe{fd, 1, PROT_READ, MAP_SHARED, object.name};
    object.mapped_as = mapped_identity(probe.bytes().data());
  } catch (const Error&) {  // sealed, memfd_create(2), or on a file system without mappings: stat(2) has to do
  }
}

}  // namespace ipctl
