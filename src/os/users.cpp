// users: getpwnam_r(3) and its relatives. A first look-up loads the system's name services and costs about a
// millisecond: numbers are taken as they are, and names are remembered.
#include "os/users.hpp"

#include <grp.h>
#include <pwd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <map>
#include <vector>

#include "os/text.hpp"

namespace ipctl {
namespace {

// Calls one of the getpw*_r/getgr*_r functions with a buffer that is large enough, and `get` on what it
// found.
template <class Entry, class Key, class Get>
auto look_up(int (*find)(Key, Entry*, char*, std::size_t, Entry**), Key key, Get get)
    -> std::optional<decltype(get(Entry{}))> {
  std::vector<char> buffer(1024);
  for (;;) {
    Entry entry{};
    Entry* found = nullptr;
    const int code = find(key, &entry, buffer.data(), buffer.size(), &found);
    if (code == EINTR) continue;
    if (code != ERANGE) return found == nullptr ? std::nullopt : std::optional{get(entry)};
    buffer.resize(buffer.size() * 4);
  }
}

template <class Id, class Find>
std::string remembered(std::map<Id, std::string>& names, Id id, Find find) {
  const auto known = names.find(id);
  if (known != names.end()) return known->second;
  return names.emplace(id, find(id).value_or(std::to_string(id))).first->second;
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The largest value is no id: chown(2) takes it as "leave it".
template <class Id>
std::optional<Id> to_id(std::string_view digits) {
  const auto number = to_number(digits);
  if (!number || *number >= std::numeric_limits<Id>::max()) return std::nullopt;
  return static_cast<Id>(*number);
}

bool is_name(std::string_view text) {
  return !text.empty() && text.find('\0') == std::string_view::npos;
}

}  // namespace

std::string user_name(uid_t uid) {
  thread_local std::map<uid_t, std::string> names;
  return remembered(names, uid, [](uid_t id) {
    return look_up<passwd>(::getpwuid_r, id, [](const passwd& entry) { return std::string{entry.pw_name}; });
  });
}

std::string group_name(gid_t gid) {
  thread_local std::map<gid_t, std::string> names;
  return remembered(names, gid, [](gid_t id) {
    return look_up<group>(::getgrgid_r, id, [](const group& entry) { return std::string{entry.gr_name}; });
  });
}

std::optional<uid_t> user_id(std::string_view name) {
  if (is_number(name)) return to_id<uid_t>(name);
  if (!is_name(name)) return std::nullopt;
  const std::string text{name};
  return look_up<passwd>(::getpwnam_r, text.c_str(), [](const passwd& entry) { return entry.pw_uid; });
}

std::optional<gid_t> group_id(std::string_view name) {
  if (is_number(name)) return to_id<gid_t>(name);
  if (!is_name(name)) return std::nullopt;
  const std::string text{name};
  return look_up<group>(::getgrnam_r, text.c_str(), [](const group& entry) { return entry.gr_gid; });
}

}  // namespace ipctl
