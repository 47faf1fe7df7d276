// table: aligned or raw text tables, through libsmartcols where they need it; it is loaded then.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ipctl {

struct TableColumn {
  std::string_view name;
  bool right = false;
};

struct TableStyle {
  bool headings = true;
  bool raw = false;  // columns separated by one space, white space and other unsafe bytes as \xNN
};

/// The table as text, each line ended. Control characters in cells are escaped. Throws Error when the library is
/// absent.
[[nodiscard]] std::string format_table(const std::vector<TableColumn>& columns,
                                       const std::vector<std::vector<std::string>>& rows, TableStyle style);

/// The same, always through the library: what format_table does for cells that are more than plain ASCII.
[[nodiscard]] std::string format_with_library(const std::vector<TableColumn>& columns,
                                              const std::vector<std::vector<std::string>>& rows, TableStyle style);

}  // namespace ipctl
