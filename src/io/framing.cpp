// framing: splitting what read(2) gives into messages, without losing what was read ahead.
#include "io/framing.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>

#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl {
namespace {

constexpr std::size_t chunk = 65536;  // bytes for one read(2): what a pipe holds

// Bytes that a regular file still has; nullopt for anything else.
std::optional<std::uint64_t> left_in_file(int fd) {
  struct stat status {};
  const off_t at = ::lseek(fd, 0, SEEK_CUR);
  if (at < 0 || ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size < at) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size - at);
}

std::uint32_t little_endian(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = prefix_size; i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

// Where `needle` begins in `text` at or after `from`; npos when it does not. memchr(3) and memmem(3) are
// vectorised.
std::size_t find(std::string_view text, std::string_view needle, std::size_t from) {
  const char* const start = text.data() + from;
  const std::size_t size = text.size() - from;
  const void* const found =
      needle.size() == 1 ? std::memchr(start, needle[0], size) : ::memmem(start, size, needle.data(), needle.size());
  return found == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

std::string_view Framing::terminator() const {
  switch (kind) {
    case FramingKind::lines: return "\n";
    case FramingKind::null: return {"\0", 1};
    case FramingKind::delimiter: return delimiter;
    case FramingKind::unset:
    case FramingKind::whole:
    case FramingKind::length_prefix: break;
  }
  return {};
}

std::string length_prefix(std::size_t length) {
  if (length > std::numeric_limits<std::uint32_t>::max()) {
    throw Error{Exit::failed, "message", fmt::format("{} bytes are more than a length prefix can tell", length)};
  }
  std::string out(prefix_size, '\0');
  for (std::size_t i = 0; i < prefix_size; ++i) out[i] = static_cast<char>(length >> (8 * i) & 0xffU);
  return out;
}

std::optional<Extent> find_terminated(std::string_view text, std::string_view terminator, std::size_t& searched) {
  const std::size_t length = find(text, terminator, searched);
  if (length != std::string_view::npos) return Extent{.data = length, .after = terminator.size()};
  searched = text.size() - std::min(text.size(), terminator.size() - 1);
  return std::nullopt;
}

std::optional<Extent> find_prefixed(std::string_view text) {
  if (text.size() < prefix_size) return std::nullopt;
  return Extent{.before = prefix_size, .data = little_endian(text)};
}

Splitter::Splitter(int fd, Framing framing, std::size_t limit)
    : fd_(fd), framing_(std::move(framing)), limit_(limit), buffer_(2 * chunk), pollable_(!is_regular_file(fd)) {}

std::string_view Splitter::available() const {
  return {buffer_.data() + begin_, end_ - begin_};
}

std::string_view Splitter::unread() const {
  return {buffer_.data() + accepted_, end_ - accepted_};
}

void Splitter::accept() {
  accepted_ = begin_;
}

// Room for one more read(2). The buffer grows by half, so that a long message is not copied for each of its reads.
void Splitter::make_room() {
  if (buffer_.size() - end_ >= chunk) return;
  if (accepted_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + accepted_, end_ - accepted_);
    begin_ -= accepted_;
    end_ -= accepted_;
    accepted_ = 0;
  }
  if (buffer_.size() - end_ >= chunk) return;
  buffer_.reserve(end_ + chunk + end_ / 2);  // exactly, where resize() alone would double it
  buffer_.resize(end_ + chunk + end_ / 2);
}

Splitter::Fill Splitter::wait_for_input(const Wait& wait) const {
  if (!pollable_) return wait.stop != nullptr && StopSignals::requested() != 0 ? Fill::stopped : Fill::more;
  switch (wait_for(fd_, POLLIN, wait)) {
    case Waited::timed_out: return Fill::timed_out;
    case Waited::stopped: return Fill::stopped;
    case Waited::woken: return Fill::woken;
    case Waited::ready: break;
  }
  return Fill::more;
}

Splitter::Fill Splitter::fill(const Wait& wait) {
  if (at_end_) return Fill::end;
  make_room();
  for (;;) {
    if (const Fill waited = wait_for_input(wait); waited != Fill::more) return waited;
    const ssize_t count = ::read(fd_, buffer_.data() + end_, chunk);
    if (count > 0) {
      end_ += static_cast<std::size_t>(count);
      return Fill::more;
    }
    if (count == 0) {
      at_end_ = true;
      return Fill::end;
    }
    if (errno != EINTR && errno != EAGAIN) throw Error{errno, "read", "input"};
  }
}

Splitter::Step Splitter::take(std::string_view& record, std::size_t length, std::size_t consumed) {
  record = available().substr(0, length);
  begin_ += consumed;
  return Step::record;
}

Splitter::Step Splitter::next(std::string_view& record, const Wait& wait) {
  too_long_size_.reset();
  if (framing_.kind == FramingKind::length_prefix) return next_prefixed(record, wait);
  if (framing_.terminator().empty()) return next_whole(record, wait);
  return next_terminated(record, wait);
}

namespace {

// What ends next() when fill() gave neither bytes nor the end of input.
template <class Step, class Fill>
Step interrupted(Fill fill) {
  switch (fill) {
    case Fill::timed_out: return Step::timed_out;
    case Fill::woken: return Step::woken;
    default: return Step::stopped;
  }
}

}  // namespace

Splitter::Step Splitter::next_whole(std::string_view& record, const Wait& wait) {
  if (gave_whole_) return Step::end;
  while (available().size() <= limit_) {
    const Fill filled = fill(wait);
    if (filled == Fill::more) continue;
    if (filled != Fill::end) return interrupted<Step>(filled);
    gave_whole_ = true;
    return take(record, available().size(), available().size());
  }
  if (const auto left = left_in_file(fd_)) too_long_size_ = available().size() + *left;
  return Step::too_long;
}

Splitter::Step Splitter::next_prefixed(std::string_view& record, const Wait& wait) {
  for (;;) {
    const std::string_view text = available();
    const auto extent = find_prefixed(text);
    if (extent && extent->data > limit_) {
      too_long_size_ = extent->data;
      return Step::too_long;
    }
    const std::size_t wanted = extent ? extent->size() : prefix_size;
    if (extent && text.size() >= wanted) {
      begin_ += prefix_size;
      return take(record, extent->data, extent->data);
    }
    const Fill filled = fill(wait);
    if (filled == Fill::more) continue;
    if (filled != Fill::end) return interrupted<Step>(filled);
    if (available().empty()) return Step::end;
    throw Error{Exit::failed, "input",
                fmt::format("ends inside a message: {} of the {} bytes of its length and data are there",
                            available().size(), wanted)};
  }
}

Splitter::Step Splitter::next_terminated(std::string_view& record, const Wait& wait) {
  const std::string_view terminator = framing_.terminator();
  std::size_t searched = 0;  // no terminator begins before this
  for (;;) {
    const std::string_view text = available();
    if (const auto extent = find_terminated(text, terminator, searched)) {
      if (extent->data <= limit_) return take(record, extent->data, extent->size());
      too_long_size_ = extent->data;
      return Step::too_long;
    }
    if (searched > limit_) return Step::too_long;
    const Fill filled = fill(wait);
    if (filled == Fill::more) continue;
    if (filled != Fill::end) return interrupted<Step>(filled);
    if (text.empty()) return Step::end;
    if (text.size() <= limit_) return take(record, text.size(), text.size());
    too_long_size_ = text.size();
    return Step::too_long;
  }
}

bool Splitter::seek_back() {
  const std::size_t left = unread().size();
  if (left == 0) return true;
  if (pollable_ || ::lseek(fd_, -static_cast<off_t>(left), SEEK_CUR) < 0) return false;
  accepted_ = begin_ = end_ = 0;
  return true;
}

}  // namespace ipctl
