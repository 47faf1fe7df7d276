// columns: the columns of every object, and values as text.
#include "io/columns.hpp"

#include <fmt/format.h>

#include "io/codec.hpp"
#include "os/text.hpp"
#include "os/users.hpp"

namespace ipctl {
namespace {

template <class T>
Value or_unknown(const std::optional<T>& value) {
  return value ? Value{*value} : Value{Unknown{}};
}

// 1536 as 1.5K; whole numbers without a fraction.
std::string human(std::uint64_t count) {
  constexpr std::string_view letters = "BKMGTPE";
  constexpr double shown_as_next = 1023.95;  // 1024.0 with one digit after the point
  std::size_t power = 0;
  auto scaled = static_cast<double>(count);
  while (scaled >= shown_as_next && power + 1 < letters.size()) {
    scaled /= 1024;
    ++power;
  }
  std::string digits = fmt::format("{:.1f}", scaled);
  if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
  return digits + letters[power];
}

std::string text_of_holder(const Holder& holder) {
  const std::string_view direction = holder.direction ? to_string(*holder.direction) : "?";
  return fmt::format("{} {} ({}{})", holder.pid, holder.command, holder.is_mapping() ? "mapped " : "", direction);
}

std::string text_of_waiter(const Waiter& waiter) {
  return fmt::format("{} {} ({}: {})", waiter.pid, waiter.command, waiter.call, waiter.wants);
}

std::string text_of_process(const Process& process) {
  return fmt::format("{} {}", process.pid, process.command);
}

std::string text_of_word(const std::string& word) {
  return word;
}

std::string text_of_record(const Record& record) {
  std::string out;
  for (const auto& [name, value] : record) {
    out += fmt::format("{}{}={}", out.empty() ? "" : " ", name, value ? std::to_string(*value) : "-");
  }
  return out;
}

template <class Item>
std::string joined(const std::vector<Item>& items, std::string (*text)(const Item&)) {
  std::string out;
  for (const Item& item : items) out.append(out.empty() ? "" : ", ").append(text(item));
  return out.empty() ? "-" : out;
}

}  // namespace

namespace object_columns {

Value name_of(const Object& object) {
  return object.name;
}
Value owner_of(const Object& object) {
  return object.uid ? Value{user_name(*object.uid)} : Value{Unknown{}};
}
Value group_of(const Object& object) {
  return object.gid ? Value{group_name(*object.gid)} : Value{Unknown{}};
}
Value mode_of(const Object& object) {
  return object.mode ? Value{fmt::format("{:04o}", *object.mode)} : Value{Unknown{}};
}
Value accessed_of(const Object& object) {
  return or_unknown(object.accessed);
}
Value modified_of(const Object& object) {
  return or_unknown(object.modified);
}
Value changed_of(const Object& object) {
  return or_unknown(object.changed);
}
Value inode_of(const Object& object) {
  return object.inode ? Value{std::uint64_t{*object.inode}} : Value{Unknown{}};
}
Value holders_of(const Object& object) {
  return object.holders;
}
Value blocked_of(const Object& object) {
  return object.waiters;
}
Value usage_of(const Object& object) {
  return std::string(to_string(object.usage));
}

}  // namespace object_columns

std::string text_of(const Value& value, bool bytes) {
  struct Visitor {
    bool bytes;
    std::string operator()(Unknown) const { return "-"; }
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
    std::string operator()(Bytes size) const { return bytes ? std::to_string(size.count) : human(size.count); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const timespec& time) const { return rfc3339(time); }
    std::string operator()(const std::vector<Holder>& holders) const { return joined(holders, text_of_holder); }
    std::string operator()(const std::vector<Waiter>& waiters) const { return joined(waiters, text_of_waiter); }
    std::string operator()(const std::vector<Record>& records) const { return joined(records, text_of_record); }
    std::string operator()(const std::vector<Process>& processes) const { return joined(processes, text_of_process); }
    std::string operator()(const std::vector<std::string>& words) const { return joined(words, text_of_word); }
  };
  return std::visit(Visitor{bytes}, value);
}

std::vector<std::string> lines_of(const Value& value, bool bytes) {
  const auto* const records = std::get_if<std::vector<Record>>(&value);
  if (records == nullptr || records->empty()) return {text_of(value, bytes)};
  std::vector<std::string> lines;
  for (const Record& record : *records) lines.push_back(text_of_record(record));
  return lines;
}

}  // namespace ipctl
