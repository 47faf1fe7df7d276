// ProcessStat: the fields of /proc/PID/stat by their numbers, proc(5).
#include "os/process_stat.hpp"

#include <fcntl.h>

#include <climits>
#include <string>

#include "os/directory.hpp"
#include "os/file.hpp"
#include "os/process.hpp"
#include "os/text.hpp"

namespace ipctl {

bool ProcessStat::is_kernel_thread() const {
  constexpr unsigned kernel_thread = 0x00200000;  // PF_KTHREAD
  return (flags & kernel_thread) != 0;
}

std::optional<ProcessStat> parse_process_stat(std::string_view text) {
  const std::size_t name_end = text.rfind(')');
  const std::string_view state = name_end == std::string_view::npos ? "" : text.substr(name_end + 1, 3);  // " S "
  if (state.size() != 3 || state[0] != ' ' || state[2] != ' ') return std::nullopt;
  const auto parent = stat_field(text, 4);
  const auto group = stat_field(text, 5);
  const auto flags = stat_field(text, 9);
  const auto threads = stat_field(text, 20);
  const auto start = stat_field(text, 22);
  const auto exit = stat_field(text, 52);
  if (!parent || !group || !flags || !threads || !start || !exit) return std::nullopt;
  if (*parent > INT_MAX || *group > INT_MAX || *flags > UINT_MAX) return std::nullopt;
  return ProcessStat{.state = state[1],
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

std::vector<pid_t> process_ids() {
  std::vector<pid_t> found;
  for (const std::string& name : names_in(AT_FDCWD, "/proc", "/proc")) {
    const auto pid = to_number(name);
    if (pid && *pid <= INT_MAX) found.push_back(static_cast<pid_t>(*pid));
  }
  return found;
}

std::vector<pid_t> living_in_group(pid_t group) {
  std::vector<pid_t> found;
  for (const pid_t pid : process_ids()) {
    const auto stat = process_stat(pid);
    if (stat && stat->group == group && !stat->is_zombie()) found.push_back(pid);
  }
  return found;
}

}  // namespace ipctl
