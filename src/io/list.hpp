// list: shows objects as a table, as blocks of fields, or as JSON.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "io/columns.hpp"
#include "io/output.hpp"

namespace ipctl {

/// What ls and stat share.
struct ListOptions {
  std::string columns;  // NAME,NAME or +NAME,NAME; empty: the default
  bool no_headings = false;
  bool raw = false;
  bool bytes = false;
  std::vector<std::string> filters;  // KEY=VALUE
};

enum class Layout {
  table,   // ls: a line for each object
  blocks,  // stat: a line for each field
};

/// The columns that `options` ask for. Throws UsageError for a name that is none, with the names that are.
[[nodiscard]] std::vector<const Column*> chosen_columns(const ListOptions& options, std::span<const Column> columns,
                                                        Layout layout);
/// One of the columns that `wanted` accepts is shown, or filtered by.
[[nodiscard]] bool needs_column(const ListOptions& options, std::span<const Column> columns, Layout layout,
                                const Output& output, const std::function<bool(const Column&)>& wanted);
/// Holders::find where one of the chosen columns or filters tells who holds an object.
[[nodiscard]] Holders needed_holders(const ListOptions& options, std::span<const Column> columns, Layout layout,
                                     const Output& output);

/// Prints those of `objects` that pass the filters. JSON: {"schema":1,"objects":[...]} with all columns, or the chosen.
/// Then notes how many processes could not be looked at for holders.
/// Throws UsageError for a bad filter or column.
void print_objects(const ListOptions& options, std::span<const Column> columns, Layout layout,
                   std::span<const Object* const> objects, const Output& output);

/// Notes that so many processes could not be looked at for holders; nothing where none.
void note_unseen(std::uint64_t processes, const Output& output);

/// As print_objects for a vector of a mechanism's own objects.
template <class Item>
void print_objects(const ListOptions& options, std::span<const Column> columns, Layout layout,
                   const std::vector<Item>& items, const Output& output) {
  std::vector<const Object*> objects;
  for (const Item& item : items) objects.push_back(&item);
  print_objects(options, columns, layout, std::span<const Object* const>{objects}, output);
}

}  // namespace ipctl
