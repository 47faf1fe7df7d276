// ProcessStat: the fields of /proc/PID/stat by their numbers, proc(5).
#include "os/process_stat.hpp"

#include <fcntl.h>

#include <climits>
#include <string>

#include "os/directory.hpp"
#include "os/file.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

// The fields from number 3 on, the first after the command's name.
std::vector<std::string_view> fields_of(std::string_view text) {
  const std::size_t end = text.rfind(')');
  if (end == std::string_view::npos) return {};
  text.remove_prefix(end + 1);
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t start = text.find_first_not_of(" \n");
    if (start == std::string_view::npos) return fields;
    text.remove_prefix(start);
    const std::string_view field = text.substr(0, text.find_first_of(" \n"));
    fields.push_back(field);
    text.remove_prefix(field.size());
  }
}

}  // namespace

bool ProcessStat::is_kernel_thread() const {
  constexpr unsigned kernel_thread = 0x00200000;  // PF_KTHREAD
  return (flags & kernel_thread) != 0;
}

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
  constexpr std::size_t first = 3;
  constexpr std::size_t exit_code = 52;
  const std::vector<std::string_view> fields = fields_of(text);
  if (fields.size() <= exit_code - first || fields[0].size() != 1) return std::nullopt;
  const auto number = [&fields](std::size_t field) { return to_number(fields[field - first]); };
  const auto parent = number(4);
  const auto group = number(5);
  const auto flags = number(9);
  const auto threads = number(20);
  const auto start = number(22);
  const auto exit = number(exit_code);
  if (!parent || !group || !flags || !threads || !start || !exit) return std::nullopt;
  if (*parent > INT_MAX || *group > INT_MAX || *flags > UINT_MAX) return std::nullopt;
  return ProcessStat{.state = fields[0][0],
                     .parent = static_cast<pid_t>(*parent),
                     .group = static_cast<pid_t>(*group),
                     .flags = static_cast<unsigned>(*flags),
                     .threads = *threads,
                     .start = *start,
                     .exit = *exit};
}

std::optional<ProcessStat> process_stat(pid_t pid) {
  const auto text = read_small_file("/proc/" + std::to_string(pid) + "/stat");
  return text ? parse_process_stat(*text) : std::nullopt;
}

std::vector<pid_t> living_in_group(pid_t group) {
  std::vector<pid_t> found;
  for (const std::string& name : names_in(AT_FDCWD, "/proc", "/proc")) {
    const auto pid = to_number(name);
    if (!pid || *pid > INT_MAX) continue;
    const auto stat = process_stat(static_cast<pid_t>(*pid));
    if (stat && stat->group == group && !stat->is_zombie()) found.push_back(static_cast<pid_t>(*pid));
  }
  return found;
}

}  // namespace ipctl
