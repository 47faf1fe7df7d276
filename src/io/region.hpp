// region: the one way to write into shared memory and the one way to read from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/codec.hpp"
#include "io/format.hpp"
#include "io/framing.hpp"
#include "io/output.hpp"
#include "ipc/region.hpp"
#include "os/exit.hpp"
#include "os/units.hpp"

namespace ipctl {

/// What send means for memory.
struct RegionWriteOptions {
  std::optional<std::string> data;  // else standard input, or file
  std::string file;                 // "-": standard input
  Size offset;
  std::optional<Size> length;  // exactly so many bytes of the input, which may have more
  bool grow = false;
  std::string_view otherwise = "--grow enlarges it";  // what the error for data that does not fit advises
  Encoding decoding = Encoding::raw;
};

/// What recv means for memory.
struct RegionReadOptions {
  Size offset;
  std::optional<Size> length;  // to the end
  Framing framing;
  bool no_newline = false;
  Encoding encoding = Encoding::raw;
  Format format;
};

/// Throws UsageError for options that exclude each other.
void validate(const RegionWriteOptions& options);
void validate(const RegionReadOptions& options);

/// Writes all of the data, or none of it where it does not fit and may not grow: input whose length nobody knows (a
/// pipe) is read to its end first, unless options tell the length or let the object grow. Where writing stops in the
/// middle (no memory is left, a signal came), the error says how many bytes were written. Ends the process by the
/// signal that asked it to stop.
[[nodiscard]] Exit write_region(Region& region, const RegionWriteOptions& options, const Output& output);

/// The same for what is part of another action, within until_stopped() of io/stoppable.hpp: returns the bytes written,
/// and prints nothing.
std::uint64_t write_input(Region& region, const RegionWriteOptions& options, const Output& output);

/// Writes the bytes to standard output: as they are, unless options say otherwise. Throws Error for a range that is not
/// in the memory, before anything is written, and when another process shrinks it meanwhile. Nothing is taken, so a
/// signal may end it at any time.
[[nodiscard]] Exit read_region(const Region& region, const RegionReadOptions& options, const Output& output);

}  // namespace ipctl
