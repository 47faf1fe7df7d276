// RecordSource: finds the end of a message in what is ahead, then takes exactly that.
#include "io/record_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstring>

#include "io/save.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

constexpr std::size_t first_room = 4096;

}  // namespace

RecordSource::RecordSource(PipeReader reader, RecordSourceOptions options, const Output& output)
    : reader_(std::move(reader)), options_(std::move(options)), output_(output) {}

std::size_t RecordSource::first_capacity() const {
  return std::min(options_.longest, first_room);
}

Outcome RecordSource::receive(const Buffer& buffer, Message& message, const Wait& wait) {
  message.mechanism = options_.mechanism;
  message.name = reader_.name();
  if (ended_) return Outcome::ended;
  if (options_.scope == Scope::as_it_is && is_beyond_scope()) return none(PipeReader::Look::timed_out);
  return options_.framing.kind == FramingKind::whole ? receive_packet(buffer, message, wait)
                                                     : receive_record(buffer, message, wait);
}

// A writer that never rests would never let it end.
bool RecordSource::is_beyond_scope() {
  if (!wanted_) wanted_ = reader_.taken() + reader_.unread();
  return reader_.taken() > 0 && reader_.taken() >= *wanted_;
}

Outcome RecordSource::receive_record(const Buffer& buffer, Message& message, const Wait& wait) {
  show_parts(buffer);
  for (bool is_last = false;;) {
    if (const auto extent = find_record(buffer, is_last)) {
      take(buffer, message, *extent);
      return Outcome::done;
    }
    switch (const PipeReader::Look look = reader_.look(wait); look) {
      case PipeReader::Look::more: break;
      case PipeReader::Look::full:
        // Who does not wait would not get the rest.
        if (wait.deadline.is_now() && parts_.empty()) return none(look);
        take_part(buffer, reader_.ahead().size());
        break;
      case PipeReader::Look::ended:
        if (!parts_.empty() || !reader_.ahead().empty()) is_last = true;
        else if (options_.at_end == AtEnd::stop) return none(look);
        else reader_.expect_writer();
        break;
      default: return none(look);
    }
  }
}

std::optional<Extent> RecordSource::find_record(const Buffer& buffer, bool is_last) {
  const bool prefixed = prefix_length() > 0;
  const std::size_t there = parts_.size() + reader_.ahead().size();
  const auto extent = prefixed ? look_for_prefix() : look_for_terminator();
  if (extent && extent->data > options_.longest) refuse_length(extent->data);
  if (extent && extent->size() <= there) return extent;
  const std::size_t begun = options_.framing.terminator().size();  // of which all but one byte may be the last there
  if (!prefixed && !is_last && there >= options_.longest + begun) refuse_length(std::nullopt);
  if (!is_last) return std::nullopt;
  if (!prefixed && there > options_.longest) refuse_length(there);
  if (!prefixed) return Extent{.data = there};
  take_part(buffer, reader_.ahead().size());
  throw Error{Exit::failed, name(),
              fmt::format("the writers left in the middle of a message: {} bytes of it are there", there)};
}

std::optional<Extent> RecordSource::look_for_prefix() const {
  const std::size_t taken = std::min(parts_.size(), prefix_size);
  std::string head(parts_.data(), taken);
  head.append(reader_.ahead().substr(0, prefix_size - taken));
  return find_prefixed(head);
}

// What ends a message may begin in what is taken, and end in what is ahead.
std::optional<Extent> RecordSource::look_for_terminator() const {
  const std::string_view terminator = options_.framing.terminator();
  const std::size_t kept = std::min(parts_.size(), terminator.size() - 1);
  std::string joined;
  std::size_t searched = 0;
  if (kept > 0) joined.assign(parts_.data() + parts_.size() - kept, kept).append(reader_.ahead());
  auto extent = find_terminated(kept > 0 ? joined : reader_.ahead(), terminator, searched);
  if (extent) extent->data += parts_.size() - kept;
  return extent;
}

void RecordSource::take(const Buffer& buffer, Message& message, const Extent& extent) {
  const std::span<char> data = room(buffer, extent.data);
  if (!parts_.empty()) {
    take_part(buffer, extent.size() - parts_.size());
    std::memcpy(data.data(), parts_.data() + extent.before, data.size());
    parts_.clear();
  } else {
    std::array<char, prefix_size> prefix{};
    std::string terminator(extent.after, '\0');
    const std::array pieces{piece_of(std::span{prefix}.first(extent.before)), piece_of(data),
                            piece_of(std::span{terminator})};
    const std::size_t taken = reader_.take(pieces);
    if (reader_.is_disturbed()) {
      const std::size_t of_data = taken - std::min(taken, extent.before);
      parts_.assign(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(std::min(of_data, data.size())));
      fail_disturbed();
    }
  }
  message.data = {data.data(), data.size()};
  why_none_.clear();
}

// The next `size` bytes, which belong to a message that cannot be looked at whole. Its data goes straight into a
// journal: that has no other memory.
void RecordSource::take_part(const Buffer& buffer, std::size_t size) {
  const std::size_t had = parts_.size();
  parts_.resize(had + size);
  const std::span<char> part = std::span{parts_}.subspan(had);
  const std::size_t before = std::min(size, prefix_length() - std::min(had, prefix_length()));
  const std::size_t at = std::min(had + before - std::min(had + before, prefix_length()), buffer.data.size());
  const bool in_journal = buffer.memory == nullptr;
  const std::span<char> data =
      in_journal ? buffer.data.subspan(at, std::min(size - before, buffer.data.size() - at)) : part.subspan(before);
  const std::array pieces{piece_of(part.first(before)), piece_of(data), piece_of(part.subspan(before + data.size()))};
  const std::size_t taken = reader_.take(pieces);
  if (in_journal && !data.empty()) std::memcpy(part.data() + before, data.data(), data.size());
  parts_.resize(had + taken);
  if (reader_.is_disturbed()) fail_disturbed();
}

// A journal that was prepared anew has lost what was in it.
void RecordSource::show_parts(const Buffer& buffer) const {
  if (buffer.memory != nullptr || parts_.size() <= prefix_length()) return;
  const std::size_t size = std::min(parts_.size() - prefix_length(), buffer.data.size());
  std::memcpy(buffer.data.data(), parts_.data() + prefix_length(), size);
}

std::size_t RecordSource::prefix_length() const {
  return options_.framing.kind == FramingKind::length_prefix ? prefix_size : 0;
}

std::span<char> RecordSource::room(const Buffer& buffer, std::size_t size) const {
  if (size <= buffer.data.size()) return buffer.data.first(size);
  if (buffer.memory == nullptr) refuse_length(size);
  buffer.memory->resize(sizeof(long) + size);
  return std::span{*buffer.memory}.subspan(sizeof(long));
}

Outcome RecordSource::receive_packet(const Buffer& buffer, Message& message, const Wait& wait) {
  const std::span<char> data = room(buffer, PIPE_BUF);
  for (;;) {
    std::size_t length = 0;
    const PipeReader::Look look = reader_.take_packet(data, length, wait);
    if (look == PipeReader::Look::more) {
      message.data = {data.data(), length};
      why_none_.clear();
      return Outcome::done;
    }
    if (look != PipeReader::Look::ended || options_.at_end == AtEnd::stop) return none(look);
    reader_.expect_writer();
  }
}

Outcome RecordSource::none(PipeReader::Look look) {
  switch (look) {
    case PipeReader::Look::stopped: return Outcome::stopped;
    case PipeReader::Look::woken: return Outcome::woken;
    case PipeReader::Look::ended:
      ended_ = true;
      why_none_ = "the writers have gone";
      return Outcome::ended;
    default: break;
  }
  if (reader_.is_writer_expected()) why_none_ = "no writer has opened it yet";
  else if (!parts_.empty() || !reader_.ahead().empty()) why_none_ = "the end of a message has not come yet";
  else why_none_ = "nothing is in it";
  return Outcome::timed_out;
}

void RecordSource::finish() {
  if (std::exchange(finished_, true)) return;
  if (options_.finally) options_.finally();
  if (!parts_.empty()) {
    const std::string what = fmt::format("{} bytes of a message whose end did not come", parts_.size());
    save_somehow(output_, printable(name()) + ": " + what, fmt::format("{}-{}-unfinished", mechanism(), name()),
                 {parts_.data(), parts_.size()});
  }
  if (options_.rest == Rest::is_kept) return;
  const std::uint64_t left = reader_.unread();
  if (left > 0 && reader_.has_hung_up()) {
    output_.note(fmt::format("{}: {} bytes are left, and no writer: they are gone when the last reader is",
                             printable(name()), left));
  }
}

void RecordSource::refuse_length(std::optional<std::uint64_t> bytes) const {
  throw Error{Exit::failed, name(),
              fmt::format("a message is {} bytes, more than the {} that are taken (--max-size), or its end is not "
                          "marked as expected",
                          bytes ? std::to_string(*bytes) : "many", options_.longest)};
}

void RecordSource::fail_disturbed() const {
  throw Error{Exit::failed, name(), "another process reads from it too, and took a part of this message"};
}

}  // namespace ipctl
