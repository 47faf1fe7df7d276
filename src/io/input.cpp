// InputFile: open(2), and what becomes of input that was not sent.
#include "io/input.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include "io/save.hpp"
#include "os/error.hpp"
#include "os/text.hpp"

namespace ipctl {

InputFile::InputFile(const std::string& file)
    : file_(file.empty() || file == "-" ? -1 : check(::open(file.c_str(), O_RDONLY | O_CLOEXEC), "open", file)) {}

void save_unsent(const Output& output, std::string_view mechanism, std::string_view name, std::string_view bytes) {
  if (bytes.empty()) return;
  save_somehow(output, fmt::format("{}: {} bytes of input were read and not sent", printable(name), bytes.size()),
               fmt::format("{}-{}-unsent", mechanism, name), bytes);
}

}  // namespace ipctl
