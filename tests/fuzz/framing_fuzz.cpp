// Fuzz target: Splitter gives what a naive splitter gives, however its input is cut into reads, and loses no byte.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "io/framing.hpp"
#include "os/error.hpp"
#include "os/fd.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace ipctl::fuzz {
namespace {

struct Naive {
  enum class Last { end, too_long, truncated } last = Last::end;
  struct Record {
    std::string_view data;
    std::size_t end = 0;  // in the input, with its terminator
  };
  std::vector<Record> records;
  std::uint64_t too_long_size = 0;
};

Naive split_prefixed(std::string_view input, std::size_t limit) {
  Naive out;
  std::size_t at = 0;
  while (at < input.size()) {
    if (input.size() - at < 4) return out.last = Naive::Last::truncated, out;
    std::size_t length = 0;
    for (std::size_t i = 0; i < 4; ++i) length += std::size_t{static_cast<std::uint8_t>(input[at + i])} << (8 * i);
    out.too_long_size = length;
    if (length > limit) return out.last = Naive::Last::too_long, out;
    if (input.size() - at - 4 < length) return out.last = Naive::Last::truncated, out;
    at += 4 + length;
    out.records.push_back({input.substr(at - length, length), at});
  }
  return out;
}

Naive split(std::string_view input, const Framing& framing, std::size_t limit) {
  if (framing.kind == FramingKind::length_prefix) return split_prefixed(input, limit);
  Naive out;
  const std::string_view terminator = framing.terminator();
  std::size_t at = 0;
  while (at < input.size() || (terminator.empty() && out.records.empty())) {
    const std::size_t end = terminator.empty() ? input.size() : std::min(input.find(terminator, at), input.size());
    out.too_long_size = end - at;
    if (end - at > limit) return out.last = Naive::Last::too_long, out;
    const std::size_t next = end == input.size() ? end : end + terminator.size();
    out.records.push_back({input.substr(at, end - at), next});
    at = next;
  }
  return out;
}

// Both ends of one input for a Splitter: what it may read is written bit by bit, from the same thread.
class Feed {
 public:
  Feed(std::string_view input, bool regular) : input_(input) {
    if (regular) {
      reader_ = Fd{::memfd_create("input", MFD_CLOEXEC)};
      give(input.size());
      ::lseek(reader_.get(), 0, SEEK_SET);
    } else {
      int ends[2];
      require(::pipe2(ends, O_CLOEXEC) == 0, "a pipe can be made");
      reader_ = Fd{ends[0]};
      writer_ = Fd{ends[1]};
    }
  }
  [[nodiscard]] int fd() const { return reader_.get(); }
  [[nodiscard]] std::size_t given() const { return given_; }
  /// Zero, or nothing left: the end of input.
  void give(std::size_t size) {
    const std::string_view piece = input_.substr(given_, size);
    if (piece.empty()) return writer_.reset();
    const int fd = writer_ ? writer_.get() : reader_.get();
    require(::write(fd, piece.data(), piece.size()) == static_cast<ssize_t>(piece.size()), "a pipe takes this much");
    given_ += piece.size();
  }

 private:
  std::string_view input_;
  std::size_t given_ = 0;
  Fd reader_;
  Fd writer_;
};

struct Case {
  Framing framing;
  std::size_t limit = 0;
  bool regular = false;
  std::uint8_t piece = 0;      // bytes for a read
  std::uint8_t delivered = 0;  // a bit for each of eight records, then again
  std::string input;
};

Case read_case(Input& input) {
  constexpr FramingKind kinds[] = {FramingKind::unset, FramingKind::whole,     FramingKind::lines,
                                   FramingKind::null,  FramingKind::delimiter, FramingKind::length_prefix};
  Case out;
  const std::uint8_t kind = input.byte();
  out.framing.kind = kinds[kind % 6];
  out.regular = kind >= 128;
  out.limit = input.byte();
  if (out.limit >= 250) out.limit = out.limit == 255 ? SIZE_MAX : (out.limit - 249) * 4096;
  out.piece = input.byte();
  out.delivered = input.byte();
  if (out.framing.kind == FramingKind::delimiter) out.framing.delimiter = input.text(1 + input.byte() % 4U);
  if (out.framing.kind == FramingKind::delimiter && out.framing.delimiter.empty()) out.framing.delimiter = "x";
  const std::string_view text = input.rest().substr(0, 60000);
  // A file may be longer than a read and the buffer: in it, '~' stands for much.
  for (const char each : text)
    out.input.append(out.regular && each == '~' && out.input.size() < 300000 ? 1000 : 1, each);
  return out;
}

// next() until it has something else to say than that there is nothing to read yet.
std::optional<Splitter::Step> step(Splitter& splitter, Feed& feed, const Case& one, std::size_t accepted,
                                   std::string_view& record) {
  for (std::size_t piece = one.piece;; piece = piece * 7 % 251 + 1) {
    try {
      const auto result = splitter.next(record, {.deadline = Deadline::now()});
      if (result != Splitter::Step::timed_out) return result;
    } catch (const Error& error) {
      require(is_shown(error.what()), "an error can be shown");
      return std::nullopt;
    }
    require(splitter.unread() == std::string_view(one.input).substr(accepted, feed.given() - accepted),
            "what was read is accepted or unread");
    feed.give(one.piece == 0 ? one.input.size() : piece);
  }
}

void check_left(Splitter& splitter, const Case& one, std::size_t accepted, int fd) {
  const std::string_view unread = splitter.unread();
  require(std::string_view(one.input).substr(accepted).starts_with(unread), "what is unread follows what is accepted");
  if (!splitter.seek_back()) {
    require(!one.regular && !unread.empty(), "a file can seek");
  } else if (one.regular) {
    require(::lseek(fd, 0, SEEK_CUR) == static_cast<off_t>(accepted), "the next reader begins where we stopped");
  }
}

void run(const Case& one) {
  const Naive naive = split(one.input, one.framing, one.limit);
  Feed feed{one.input, one.regular};
  Splitter splitter{feed.fd(), one.framing, one.limit};
  std::size_t accepted = 0;
  std::string_view record;
  for (std::size_t i = 0; i < naive.records.size(); ++i) {
    require(step(splitter, feed, one, accepted, record) == Splitter::Step::record, "there is one more message");
    require(record == naive.records[i].data, "the message is the naive one");
    if ((one.delivered >> i % 8 & 1) == 0) continue;
    splitter.accept();
    accepted = naive.records[i].end;
  }
  const auto last = step(splitter, feed, one, accepted, record);
  switch (naive.last) {
    case Naive::Last::end:
      require(last == Splitter::Step::end, "input ends with the last message");
      require(step(splitter, feed, one, accepted, record) == Splitter::Step::end, "and has ended for good");
      break;
    case Naive::Last::too_long:
      require(last == Splitter::Step::too_long, "the next message is too long");
      require(splitter.too_long_size().value_or(naive.too_long_size) == naive.too_long_size, "its size is right");
      break;
    case Naive::Last::truncated: require(!last, "an unfinished message is an error");
  }
  check_left(splitter, one, accepted, feed.fd());
}

}  // namespace
}  // namespace ipctl::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ipctl::fuzz::Input input{data, size};
  ipctl::fuzz::run(ipctl::fuzz::read_case(input));
  return 0;
}
