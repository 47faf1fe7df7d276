// list: columns chosen, objects filtered, and printed as table, blocks or JSON.
#include "io/list.hpp"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <nlohmann/json.hpp>

#include "io/codec.hpp"
#include "io/json.hpp"
#include "io/table.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

using nlohmann::ordered_json;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t comma = text.find(',');
    parts.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

const Column& find_column(std::span<const Column> columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const Column& column) { return lower(column.name) == lower(name); });
  if (found != columns.end()) return *found;
  std::string known;
  for (const Column& column : columns) known += (known.empty() ? "" : ", ") + std::string(column.name);
  throw UsageError(fmt::format("'{}' is no column; there are: {}", printable(name), known));
}

bool is_holders(const Column& column) {
  return column.name == "HOLDERS" || column.name == "BLOCKED" || column.name == "USAGE";
}

struct Filter {
  const Column* column;
  std::string pattern;
};

std::vector<Filter> parse_filters(const ListOptions& options, std::span<const Column> columns) {
  std::vector<Filter> filters;
  for (const std::string& text : options.filters) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      throw UsageError(
          fmt::format("'{}' is not a filter: COLUMN=VALUE, VALUE with * ? [] as in names of files", printable(text)));
    }
    filters.push_back({&find_column(columns, std::string_view(text).substr(0, equals)), text.substr(equals + 1)});
  }
  return filters;
}

// Lists of processes match a pid or a command of one, lists of words a word; the rest match their text.
bool passes(const Object& object, const Filter& filter) {
  const auto matches = [&](const std::string& text) { return ::fnmatch(filter.pattern.c_str(), text.c_str(), 0) == 0; };
  const auto any = [&](const auto& processes) {
    return std::any_of(processes.begin(), processes.end(), [&](const auto& process) {
      return matches(std::to_string(process.pid)) || matches(process.command);
    });
  };
  const Value value = filter.column->get(object);
  if (const auto* holders = std::get_if<std::vector<Holder>>(&value)) return any(*holders);
  if (const auto* waiters = std::get_if<std::vector<Waiter>>(&value)) return any(*waiters);
  if (const auto* processes = std::get_if<std::vector<Process>>(&value)) return any(*processes);
  if (const auto* words = std::get_if<std::vector<std::string>>(&value)) {
    return std::any_of(words->begin(), words->end(), matches);
  }
  return matches(text_of(value, true));
}

ordered_json text_json(const std::string& text) {
  return ordered_json(is_utf8(text) ? text : printable(text));
}

ordered_json process_json(pid_t pid, const std::string& command) {
  ordered_json out;
  out["pid"] = pid;
  out["command"] = text_json(command);
  if (!is_utf8(command)) out["command_base64"] = encode(Encoding::base64, command);
  return out;
}

ordered_json item_json(const Holder& holder) {
  ordered_json out = process_json(holder.pid, holder.command);
  out["fd"] = holder.is_mapping() ? ordered_json(nullptr) : ordered_json(holder.fd);
  out["direction"] = holder.direction ? ordered_json(to_string(*holder.direction)) : ordered_json(nullptr);
  return out;
}

ordered_json item_json(const Waiter& waiter) {
  ordered_json out = process_json(waiter.pid, waiter.command);
  out["tid"] = waiter.thread;
  out["call"] = waiter.call;
  out["wants"] = waiter.wants;
  return out;
}

ordered_json item_json(const Process& process) {
  return process_json(process.pid, process.command);
}

ordered_json item_json(const std::string& word) {
  return text_json(word);
}

ordered_json item_json(const Record& record) {
  ordered_json out = ordered_json::object();
  for (const auto& [name, value] : record)
    out[std::string(name)] = value ? ordered_json(*value) : ordered_json(nullptr);
  return out;
}

struct ValueJson {
  ordered_json operator()(Unknown) const { return nullptr; }
  ordered_json operator()(std::uint64_t number) const { return number; }
  ordered_json operator()(Bytes size) const { return size.count; }
  ordered_json operator()(const std::string& text) const { return text_json(text); }
  ordered_json operator()(const timespec& time) const { return rfc3339(time); }
  template <class Item>
  ordered_json operator()(const std::vector<Item>& items) const {
    ordered_json out = ordered_json::array();
    for (const Item& item : items) out.push_back(item_json(item));
    return out;
  }
};

bool is_time(const Column& column) {
  return column.name.size() == 5 && column.name.ends_with("TIME");
}

ordered_json object_json(const Object& object, std::span<const Column* const> columns) {
  ordered_json out;
  out["mechanism"] = object.mechanism;
  for (const Column* column : columns) {
    const Value value = column->get(object);
    const std::string key = lower(column->name);
    out[key] = std::visit(ValueJson{}, value);
    if (const auto* text = std::get_if<std::string>(&value); text != nullptr && !is_utf8(*text)) {
      out[key + "_base64"] = encode(Encoding::base64, *text);
    }
    if (!is_time(*column)) continue;
    const auto* time = std::get_if<timespec>(&value);
    out[key + "_ns"] =
        time == nullptr ? ordered_json(nullptr) : ordered_json(time->tv_sec * 1000000000LL + time->tv_nsec);
  }
  return out;
}

std::string as_json(std::span<const Object* const> objects, std::span<const Column* const> columns) {
  ordered_json out;
  out["schema"] = 1;
  out["objects"] = ordered_json::array();
  for (const Object* object : objects) out["objects"].push_back(object_json(*object, columns));
  const std::string text = out.dump();
  return (has_terminal_controls(text) ? out.dump(-1, ' ', true) : text) + "\n";
}

// Headings stand out where colours may be.
std::string heading(std::string text, bool colored) {
  return colored ? "\x1b[1m" + std::move(text) + "\x1b[0m" : text;
}

std::string as_table(const ListOptions& options, std::span<const Object* const> objects,
                     std::span<const Column* const> columns, bool colored) {
  std::vector<TableColumn> heads;
  for (const Column* column : columns) heads.push_back({column->name, column->number});
  std::vector<std::vector<std::string>> rows;
  rows.reserve(objects.size());
  for (const Object* object : objects) {
    auto& row = rows.emplace_back();
    row.reserve(columns.size());
    for (const Column* column : columns) {
      row.push_back(text_of(column->get(*object), options.bytes));
    }
  }
  std::string out = format_table(heads, rows, {.headings = !options.no_headings, .raw = options.raw});
  if (options.no_headings || options.raw) return out;
  const std::size_t line = out.find('\n');
  return out.replace(0, line, heading(out.substr(0, line), colored));
}

std::string as_blocks(const ListOptions& options, std::span<const Object* const> objects,
                      std::span<const Column* const> columns, bool colored) {
  std::size_t width = 0;
  for (const Column* column : columns) width = std::max(width, column->name.size());
  std::string out;
  for (const Object* object : objects) {
    if (!out.empty() && columns.size() > 1) out += '\n';
    for (const Column* column : columns) {
      std::string_view name = column->name;
      for (const std::string& line : lines_of(column->get(*object), options.bytes)) {
        if (!options.no_headings) out += heading(fmt::format("{:<{}}  ", name, width), colored);
        out += printable(line) + "\n";
        name = {};
      }
    }
  }
  return out;
}

template <class Matches>
bool needs_any(Matches matches, const ListOptions& options, std::span<const Column> columns, Layout layout,
               const Output& output) {
  if (output.json && options.columns.empty()) return std::any_of(columns.begin(), columns.end(), matches);
  const auto chosen = chosen_columns(options, columns, layout);
  const auto filters = parse_filters(options, columns);
  return std::any_of(chosen.begin(), chosen.end(), [&](const Column* column) { return matches(*column); }) ||
         std::any_of(filters.begin(), filters.end(), [&](const Filter& filter) { return matches(*filter.column); });
}

}  // namespace

std::vector<const Column*> chosen_columns(const ListOptions& options, std::span<const Column> columns, Layout layout) {
  std::vector<const Column*> chosen;
  std::string_view wanted = options.columns;
  const bool adds = wanted.starts_with('+');
  if (adds) wanted.remove_prefix(1);
  if (wanted.empty() || adds) {
    for (const Column& column : columns) {
      if (column.shown || layout == Layout::blocks) chosen.push_back(&column);
    }
  }
  if (wanted.empty()) return chosen;
  for (const std::string_view name : split(wanted)) {
    const Column* const column = &find_column(columns, name);
    if (std::find(chosen.begin(), chosen.end(), column) == chosen.end()) chosen.push_back(column);
  }
  return chosen;
}

bool is_needed(std::string_view name, const ListOptions& options, std::span<const Column> columns, Layout layout,
               const Output& output) {
  return needs_any([name](const Column& column) { return column.name == name; }, options, columns, layout, output);
}

Holders needed_holders(const ListOptions& options, std::span<const Column> columns, Layout layout,
                       const Output& output) {
  return needs_any(is_holders, options, columns, layout, output) ? Holders::find : Holders::skip;
}

void print_objects(const ListOptions& options, std::span<const Column> columns, Layout layout,
                   std::span<const Object* const> objects, const Output& output) {
  const std::vector<Filter> filters = parse_filters(options, columns);
  std::vector<const Object*> passing;
  std::copy_if(objects.begin(), objects.end(), std::back_inserter(passing), [&](const Object* object) {
    return std::all_of(filters.begin(), filters.end(), [&](const Filter& filter) { return passes(*object, filter); });
  });
  // Blocks have all columns.
  const bool all = output.json && options.columns.empty();
  const auto chosen = chosen_columns(options, columns, all ? Layout::blocks : layout);
  if (output.json) {
    output.write(as_json(passing, chosen));
  } else if (layout == Layout::blocks && !options.raw) {
    output.write(as_blocks(options, passing, chosen, output.colored()));
  } else if (!passing.empty() || !options.no_headings) {
    output.write(as_table(options, passing, chosen, output.colored()));
  }
  std::uint64_t unseen = 0;
  for (const Object* const object : objects) unseen = std::max(unseen, object->unseen);
  note_unseen(unseen, output);
}

void note_unseen(std::uint64_t processes, const Output& output) {
  if (processes == 0) return;
  output.note(processes == 1
                  ? "1 process could not be looked at: what it uses is not shown"
                  : fmt::format("{} processes could not be looked at: what they use is not shown", processes));
}

}  // namespace ipctl
