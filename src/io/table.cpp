// table: libsmartcols, opened with dlopen(3) so that verbs without tables do not pay for it.
#include "io/table.hpp"

#include <dlfcn.h>
#include <libsmartcols/libsmartcols.h>
#include <locale.h>  // newlocale(3)

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

}  // namespace

std::string format_table(const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows,
                         TableStyle style) {
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
