// region: writing; lengths are checked before the first byte moves.
#include "io/region.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "io/json.hpp"
#include "io/progress.hpp"
#include "io/stoppable.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/signals.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"
#include "os/transfer.hpp"

namespace ipctl {
namespace {

constexpr std::uint64_t unknown = UINT64_MAX;

std::string name_of_input(const RegionWriteOptions& options) {
  return options.file.empty() || options.file == "-" ? "standard input" : options.file;
}

// Bytes that a file still has, where it knows.
std::uint64_t length_of(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return unknown;
  const off_t at = ::lseek(fd, 0, SEEK_CUR);
  // Files of /proc and the like claim to be empty.
  if (at < 0 || status.st_size == 0) return unknown;
  return static_cast<std::uint64_t>(std::max<off_t>(status.st_size - at, 0));
}

[[noreturn]] void refuse_length(const Region& region, const RegionWriteOptions& options, const std::string& length) {
  throw Error{Exit::failed, region.name(),
              fmt::format("{} at offset {} do not fit: it has {} bytes, and none were written ({})", length,
                          options.offset.bytes, region.size(), options.otherwise)};
}

class Writer {
 public:
  Writer(Region& region, const RegionWriteOptions& options, const Output& output)
      : region_(region), options_(options), output_(output) {}

  // Bytes written.
  std::uint64_t run() {
    if (options_.data) return write_text(decode(options_.decoding, *options_.data));
    const bool is_standard = options_.file.empty() || options_.file == "-";
    const Fd file{is_standard ? -1 : check(::open(options_.file.c_str(), O_RDONLY | O_CLOEXEC), "open", options_.file)};
    const int input = is_standard ? STDIN_FILENO : file.get();
    if (options_.decoding != Encoding::raw) return write_text(decode(options_.decoding, encoded_text(input)));
    std::uint64_t length = length_of(input);
    if (options_.length) {
      if (length < options_.length->bytes) refuse_input(length);
      length = options_.length->bytes;
    }
    if (length == unknown && !options_.grow) return write_held_back(input);
    if (length != unknown) make_room(length);
    return write(input, length);
  }

 private:
  [[nodiscard]] std::uint64_t offset() const { return options_.offset.bytes; }

  [[nodiscard]] std::uint64_t room() const {
    const std::uint64_t size = region_.size();
    return size > offset() ? size - offset() : 0;
  }

  void make_room(std::uint64_t length) {
    if (length <= room() && (length > 0 || offset() <= region_.size())) return;
    if (options_.grow && length == 0) return;
    if (!options_.grow) refuse_length(region_, options_, fmt::format("{} bytes", length));
    if (length > unknown - offset()) throw Error{EFBIG, "pwrite", region_.name(), "no object can be so long"};
    region_.grow(offset() + length);
  }

  [[noreturn]] void refuse_input(std::uint64_t length) const {
    throw Error{Exit::failed, name_of_input(options_),
                fmt::format("has {} bytes, not {}; none were written", length, options_.length->bytes)};
  }

  std::uint64_t write_text(std::string_view text) {
    make_room(text.size());
    for (std::size_t done = 0; done < text.size();) {
      const std::string_view rest = text.substr(done);
      const ssize_t count = region_.write(offset() + done, rest);
      if (count < 0 && errno == EINTR && StopSignals::requested() == 0) continue;
      if (count <= 0) fail_to_write(count < 0 ? errno : EIO, done);
      done += static_cast<std::size_t>(count);
    }
    return text.size();
  }

  // Input that memory keeps until it ends.
  struct Held {
    Fd fd;
    std::uint64_t bytes;
    bool is_all;  // false: there may be more
  };
  [[nodiscard]] Held hold(int input, std::uint64_t most) const {
    Held held{Fd{check(::memfd_create("ipctl-input", MFD_CLOEXEC), "memfd_create")}, 0, true};
    ProgressLine progress{output_, unknown, ProgressLine::Screen::free};
    const Transferred got = transfer({input, std::nullopt}, {held.fd.get(), 0}, most,
                                     [&progress](std::uint64_t bytes) { progress.update(bytes); });
    if (got.end == Transferred::End::write_failed) throw Error{got.code, "write", "memory that holds the input"};
    if (got.end == Transferred::End::read_failed || got.end == Transferred::End::stopped) fail_to_read(got, 0);
    held.bytes = got.bytes;
    held.is_all = got.bytes < most;
    return held;
  }

  [[nodiscard]] std::string encoded_text(int input) const {
    const Held held = hold(input, options_.length ? options_.length->bytes : unknown);
    if (options_.length && held.is_all) refuse_input(held.bytes);
    std::string text(held.bytes, '\0');
    text.resize(read_at(held.fd.get(), text, 0, "memory that holds the input"));
    return text;
  }

  // Nobody knows how long the input is, and nothing may be written if that is too long.
  std::uint64_t write_held_back(int input) {
    const std::uint64_t most = room() + 1;
    const Held held = hold(input, most);
    if (!held.is_all) refuse_length(region_, options_, fmt::format("{} bytes or more", most));
    make_room(held.bytes);
    return write({held.fd.get(), 0}, held.bytes);
  }

  std::uint64_t write(int input, std::uint64_t length) { return write({input, std::nullopt}, length); }

  std::uint64_t write(TransferEnd from, std::uint64_t length) {
    ProgressLine progress{output_, length, ProgressLine::Screen::free};
    const Transferred result =
        transfer(from, region_.at(offset()), length, [&progress](std::uint64_t bytes) { progress.update(bytes); });
    switch (result.end) {
      case Transferred::End::complete: return result.bytes;
      case Transferred::End::input_ended:
        if (length == unknown) return result.bytes;
        throw Error{Exit::failed, name_of_input(options_),
                    fmt::format("ended after {} of {} bytes; those were written", result.bytes, length)};
      case Transferred::End::write_failed: fail_to_write(result.code, result.bytes);
      default: fail_to_read(result, result.bytes);
    }
  }

  [[noreturn]] void fail_to_read(const Transferred& result, std::uint64_t written) const {
    if (result.end == Transferred::End::stopped) fail_to_write(EINTR, written);
    throw Error{result.code, "read", name_of_input(options_),
                fmt::format("{}; {} bytes were written", std::strerror(result.code), written)};
  }

  [[noreturn]] void fail_to_write(int code, std::uint64_t written) const {
    if (code == EINTR) {
      if (written > 0) {
        output_.complain(fmt::format("{}: a signal came; {} bytes were written", printable(region_.name()), written));
      }
      throw Error{code, "pwrite", region_.name()};
    }
    std::string why = region_.why_not(code);
    if (why.empty()) why = std::strerror(code);
    throw Error{code, "pwrite", region_.name(), fmt::format("{}; {} bytes were written", why, written)};
  }

  Region& region_;
  const RegionWriteOptions& options_;
  const Output& output_;
};

}  // namespace

void validate(const RegionWriteOptions& options) {
  require_decoding(options.decoding);
  if (!options.data) return;
  if (!options.file.empty()) throw UsageError("data comes from an argument or from --file, not both");
  if (options.length) throw UsageError("--length is about input: an argument is as long as it is");
}

std::uint64_t write_input(Region& region, const RegionWriteOptions& options, const Output& output) {
  return Writer{region, options, output}.run();
}

Exit write_region(Region& region, const RegionWriteOptions& options, const Output& output) {
  return until_stopped([&] {
    const std::uint64_t written = write_input(region, options, output);
    if (output.json) {
      output.write(fmt::format("{{\"mechanism\":{},{},\"offset\":{},\"written\":{}}}\n",
                               json_string(region.mechanism()), json_name(region.name()), options.offset.bytes,
                               written));
    }
    return Exit::ok;
  });
}

}  // namespace ipctl
