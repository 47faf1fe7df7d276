// RecordSink: data, and what frames it, in one write.
#include "io/record_sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <climits>

#include "io/codec.hpp"
#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl {
namespace {

constexpr std::size_t longest = std::size_t{1} << 30U;  // 1 GiB: beyond that it is a stream, not a message

std::size_t overhead_of(const Framing& framing) {
  return framing.kind == FramingKind::length_prefix ? prefix_size : framing.terminator().size();
}

// Whoever reads it would take it for two messages, or see the end before it comes: the last bytes of `data` may begin
// it.
bool ends_early(std::string_view data, std::string_view terminator) {
  if (terminator.empty()) return false;
  if (data.find(terminator) != std::string_view::npos) return true;
  if (terminator.size() == 1) return false;
  const std::size_t overlap = std::min(data.size(), terminator.size() - 1);
  const std::string end = std::string(data.substr(data.size() - overlap)).append(terminator);
  return end.find(terminator) < overlap;
}

}  // namespace

std::size_t RecordShape::capacity() const {
  return long_messages == LongMessages::locked ? longest : PIPE_BUF - overhead_of(framing);
}

void RecordShape::check(std::string_view data) const {
  if (data.size() > capacity()) refuse_length(data.size());
  if (framing.kind == FramingKind::whole && data.empty()) {
    throw Error{Exit::failed, name, "a packet cannot be empty: pipe(2)"};
  }
  if (!ends_early(data, framing.terminator())) return;
  throw Error{
      Exit::failed, name,
      fmt::format("the message holds {}, which ends a message: use --null, --delimiter or --length-prefix, and "
                  "so where it is received",
                  framing.kind == FramingKind::lines ? "a newline" : encode(Encoding::quoted, framing.terminator()))};
}

void RecordShape::refuse_length(std::optional<std::uint64_t> bytes) const {
  const std::size_t most = capacity();
  const std::string length = bytes ? fmt::format("{} bytes", *bytes) : fmt::format("more than {} bytes", most);
  if (most == longest) throw Error{Exit::failed, name, fmt::format("message is {}: use --stream", length)};
  if (framing.kind == FramingKind::whole) {
    throw Error{Exit::failed, name, fmt::format("message is {}, a packet has at most {} (PIPE_BUF)", length, PIPE_BUF)};
  }
  throw Error{
      Exit::failed, name,
      fmt::format("message is {}, and only {} are written whole (PIPE_BUF {}, with what ends the message): other "
                  "writers could mix with it; --lock keeps those out that are ipctl too",
                  length, most, PIPE_BUF)};
}

RecordSink::RecordSink(PipeEnd end, std::string_view mechanism, RecordShape shape)
    : writer_(std::move(end)), mechanism_(mechanism), shape_(std::move(shape)), capacity_(shape_.capacity()) {}

Outcome RecordSink::send(std::string_view data, const Wait& wait) {
  shape_.check(data);
  const bool prefixed = shape_.framing.kind == FramingKind::length_prefix;
  const std::string before = prefixed ? length_prefix(data.size()) : std::string{};
  std::array pieces{piece_of(before), piece_of(data), piece_of(shape_.framing.terminator())};
  return writer_.write(pieces, wait);
}

}  // namespace ipctl
