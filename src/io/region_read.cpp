// region: reading; nothing is written before the range is known to be there.
#include "io/region.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <span>
#include <vector>

#include "io/deliver.hpp"
#include "io/progress.hpp"
#include "os/error.hpp"
#include "os/transfer.hpp"

namespace ipctl {
namespace {

class Reader {
 public:
  Reader(const Region& region, const RegionReadOptions& options, const Output& output)
      : region_(region), options_(options), output_(output), offset_(options.offset.bytes) {
    const std::uint64_t size = region.size();
    if (offset_ > size) refuse(fmt::format("offset {} is", offset_), size);
    length_ = options.length ? options.length->bytes : size - offset_;
    if (length_ > size - offset_) refuse(fmt::format("{} bytes at offset {} are", length_, offset_), size);
  }

  void run() {
    const bool is_record = output_.json || !options_.format.empty() || options_.framing.kind != FramingKind::unset;
    if (is_record) write_record();
    else if (options_.encoding != Encoding::raw) write_encoded();
    else write_bytes();
  }

 private:
  [[noreturn]] void refuse(const std::string& what, std::uint64_t size) const {
    throw Error{Exit::failed, region_.name(), fmt::format("{} beyond the end: it has {} bytes", what, size)};
  }

  [[noreturn]] void fail_shrunk(std::uint64_t bytes) const {
    throw Error{Exit::failed, region_.name(),
                fmt::format("was shrunk by another process while it was read: after {} of {} bytes", bytes, length_)};
  }

  void write_bytes() const {
    ProgressLine progress{output_, length_, ProgressLine::Screen::has_data};
    const Transferred result = transfer(region_.at(offset_), {STDOUT_FILENO, std::nullopt}, length_,
                                        [&progress](std::uint64_t bytes) { progress.update(bytes); });
    switch (result.end) {
      case Transferred::End::complete: return;
      case Transferred::End::input_ended: fail_shrunk(result.bytes);
      case Transferred::End::read_failed:
        throw Error{result.code, "pread", region_.name(), region_.why_not(result.code)};
      case Transferred::End::stopped:
      case Transferred::End::write_failed: throw Error{result.code, "write", "standard output"};
    }
  }

  void read(std::uint64_t done, std::span<char> data) const {
    const std::size_t count = region_.read(offset_ + done, data);
    if (count < data.size()) fail_shrunk(done + count);
  }

  void write_encoded() const {
    ProgressLine progress{output_, length_, ProgressLine::Screen::has_data};
    Encoder encoder{options_.encoding, offset_};
    std::vector<char> chunk(std::min<std::uint64_t>(length_, 1U << 16U));
    std::string text;
    for (std::uint64_t done = 0; done < length_;) {
      const std::size_t count = std::min<std::uint64_t>(chunk.size(), length_ - done);
      read(done, std::span{chunk}.first(count));
      encoder.add({chunk.data(), count}, text);
      done += count;
      if (text.size() < chunk.size()) continue;
      output_.write(text);
      text.clear();
      progress.update(done);
    }
    encoder.finish(text);
    if (!options_.no_newline) text += '\n';
    output_.write(text);
  }

  // As one message of other mechanisms.
  void write_record() const {
    std::vector<char> data(length_);
    read(0, data);
    Message message;
    message.mechanism = region_.mechanism();
    message.name = region_.name();
    message.data = {data.data(), data.size()};
    message.sequence = 1;
    ::clock_gettime(CLOCK_REALTIME, &message.time);
    Recorder recorder{{options_.framing, options_.encoding, options_.format, output_.json, options_.no_newline}};
    if (const int code = recorder.write(STDOUT_FILENO, message); code != 0) {
      throw Error{code, "write", "standard output"};
    }
  }

  const Region& region_;
  const RegionReadOptions& options_;
  const Output& output_;
  std::uint64_t offset_;
  std::uint64_t length_ = 0;
};

}  // namespace

void validate(const RegionReadOptions& options) {
  if (options.no_newline && options.framing.kind != FramingKind::unset) {
    throw UsageError("--no-newline excludes what else stands behind the data");
  }
}

Exit read_region(const Region& region, const RegionReadOptions& options, const Output& output) {
  static_cast<void>(::signal(SIGXFSZ, SIG_IGN));  // the write fails all the same, and says why
  Reader{region, options, output}.run();
  return Exit::ok;
}

}  // namespace ipctl
