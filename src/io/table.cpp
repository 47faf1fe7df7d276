// table: libsmartcols, opened with dlopen(3) so that verbs without tables do not pay for it. Cells of nothing but plain
// ASCII need no library to line up: it takes as long for them as all else that ls does.
#include "io/table.hpp"

#include <dlfcn.h>
#include <libsmartcols/libsmartcols.h>
#include <locale.h>  // newlocale(3)

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "os/error.hpp"

namespace ipctl {
namespace {

constexpr const char* library_name = "libsmartcols.so.1";

void* symbol(const char* name) {
  static void* const library = ::dlopen(library_name, RTLD_NOW | RTLD_LOCAL);
  void* const found = library == nullptr ? nullptr : ::dlsym(library, name);
  if (found == nullptr) {
    throw Error{Exit::failed, library_name,
                "the library that draws tables is missing (Debian: apt install libsmartcols1); "
                "--json works without it"};
  }
  return found;
}

// The library's function of that name, with its declared type.
#define SMARTCOLS(function) reinterpret_cast<decltype(&::function)>(symbol(#function))

// libsmartcols measures and escapes text by the locale's idea of a character; without one UTF-8 is binary to it.
class Utf8 {
 public:
  Utf8() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), former_(::uselocale(locale_)) {}
  Utf8(const Utf8&) = delete;
  Utf8& operator=(const Utf8&) = delete;
  ~Utf8() {
    ::uselocale(former_);
    if (locale_ != nullptr) ::freelocale(locale_);
  }

 private:
  locale_t locale_;
  locale_t former_;
};

using Rows = std::vector<std::vector<std::string>>;

// One column wide each, and nothing that the library would escape.
bool is_plain(const Rows& rows, TableStyle style) {
  const auto is_plain_byte = [style](char c) { return c >= (style.raw ? '!' : ' ') && c <= '~' && c != '\\'; };
  return std::all_of(rows.begin(), rows.end(), [&](const std::vector<std::string>& row) {
    return std::all_of(row.begin(), row.end(), [&](const std::string& cell) {
      return !cell.empty() && std::all_of(cell.begin(), cell.end(), is_plain_byte);
    });
  });
}

std::vector<std::size_t> widths_of(const std::vector<TableColumn>& columns, const Rows& rows, TableStyle style) {
  std::vector<std::size_t> widths(columns.size());
  if (style.raw) return widths;
  for (std::size_t i = 0; style.headings && i < columns.size(); ++i) widths[i] = columns[i].name.size();
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  return widths;
}

std::string format_plain(const std::vector<TableColumn>& columns, const Rows& rows, TableStyle style) {
  const std::vector<std::size_t> widths = widths_of(columns, rows, style);
  std::string out;
  const auto add = [&](std::size_t i, std::string_view cell) {
    const std::size_t blanks = widths[i] > cell.size() ? widths[i] - cell.size() : 0;
    const bool is_last = i + 1 == columns.size();
    if (columns[i].right) out.append(blanks, ' ');
    out.append(cell);
    if (!columns[i].right && !is_last) out.append(blanks, ' ');
    out += is_last ? '\n' : ' ';
  };
  for (std::size_t i = 0; style.headings && i < columns.size(); ++i) add(i, columns[i].name);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) add(i, row[i]);
  }
  return out;
}

}  // namespace

std::string format_table(const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
                         TableStyle style) {
  return is_plain(rows, style) ? format_plain(columns, rows, style) : format_with_library(columns, rows, style);
}

std::string format_with_library(const std::vector<TableColumn>& columns,
                                const std::vector<std::vector<std::string>>& rows, TableStyle style) {
  const Utf8 locale;
  const auto release_table = SMARTCOLS(scols_unref_table);
  const std::unique_ptr<libscols_table, void (*)(libscols_table*)> table(SMARTCOLS(scols_new_table)(), release_table);
  if (!table) throw std::bad_alloc{};
  SMARTCOLS(scols_table_enable_raw)(table.get(), style.raw ? 1 : 0);
  SMARTCOLS(scols_table_enable_noheadings)(table.get(), style.headings ? 0 : 1);
  // Whole cells, however narrow the terminal: a cut name is another object's name.
  SMARTCOLS(scols_table_set_termforce)(table.get(), SCOLS_TERMFORCE_NEVER);
  const auto new_column = SMARTCOLS(scols_table_new_column);
  for (const TableColumn& column : columns) {
    // A heading makes its column wide even where it is not shown.
    const std::string heading{style.headings ? column.name : std::string_view{}};
    new_column(table.get(), heading.c_str(), 0, column.right ? SCOLS_FL_RIGHT : 0);
  }
  const auto new_line = SMARTCOLS(scols_table_new_line);
  const auto set_data = SMARTCOLS(scols_line_set_data);
  for (const auto& row : rows) {
    libscols_line* const line = new_line(table.get(), nullptr);
    for (std::size_t i = 0; i < row.size(); ++i) set_data(line, i, row[i].c_str());
  }
  char* text = nullptr;
  if (const int failed = SMARTCOLS(scols_print_table_to_string)(table.get(), &text); failed != 0) {
    throw Error{-failed, "scols_print_table_to_string", {}};
  }
  const std::unique_ptr<char, void (*)(void*)> owner(text, std::free);
  std::string out = text == nullptr ? "" : text;
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

}  // namespace ipctl
