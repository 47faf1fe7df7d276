// Delivery: records for standard output, and commands.
#include "io/deliver.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <iterator>

#include "io/json.hpp"
#include "os/error.hpp"
#include "os/file.hpp"

namespace ipctl {
namespace {

std::string variable_of(std::string_view key) {
  std::string name = "IPCTL_";
  std::transform(key.begin(), key.end(), std::back_inserter(name),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return name;
}

}  // namespace

Recorder::Recorder(RecordStyle style) : style_(std::move(style)) {
  if (style_.framing.kind == FramingKind::unset) style_.framing.kind = FramingKind::lines;
  if (style_.no_newline) style_.framing.kind = FramingKind::whole;
}

std::string_view Recorder::body(const Message& message) {
  if (style_.json) return text_ = message_json(message);
  if (!style_.format.empty()) {
    text_.clear();
    style_.format.apply(message, text_);
    return text_;
  }
  if (style_.encoding != Encoding::raw) return text_ = encode(style_.encoding, message.data);
  return message.data;
}

int Recorder::write(int fd, const Message& message) {
  const std::string_view record = body(message);
  const bool prefixed = style_.framing.kind == FramingKind::length_prefix;
  if (prefixed) prefix_ = length_prefix(record.size());
  const std::string_view before = prefixed ? std::string_view{prefix_} : std::string_view{};
  const std::string_view after = style_.framing.terminator();
  constexpr std::size_t worth_copying = 4096;
  if (before.size() + record.size() + after.size() <= worth_copying) {
    record_.assign(before).append(record).append(after);
    return record_.empty() ? 0 : write_all(fd, record_);
  }
  std::array pieces{piece_of(before), piece_of(record), piece_of(after)};
  return write_all(fd, pieces);
}

Environment environment_of(const Message& message) {
  Environment out{{"IPCTL_MECHANISM", std::string(message.mechanism)},
                  {"IPCTL_NAME", std::string(message.name)},
                  {"IPCTL_SEQ", std::to_string(message.sequence)},
                  {"IPCTL_LENGTH", std::to_string(message.data.size())}};
  const auto add = [&out](const char* name, const auto& value) {
    out.emplace_back(name, value ? std::to_string(*value) : "");
  };
  add("IPCTL_PRIORITY", message.priority);
  add("IPCTL_TYPE", message.type);
  add("IPCTL_SENDER_PID", message.sender_pid);
  add("IPCTL_SENDER_UID", message.sender_uid);
  for (const MessageField& field : message.fields) out.emplace_back(variable_of(field.key), text_of(field));
  out.emplace_back("IPCTL_IN_DOUBT", message.in_doubt ? "1" : "");
  return out;
}

Child start_command(const std::string& path, const std::vector<std::string>& command, std::string_view body,
                    const Message& message) {
  const Fd input{::memfd_create("ipctl-message", MFD_CLOEXEC)};
  const int code = input ? write_regardless(input.get(), body) : errno;
  if (code != 0 || ::lseek(input.get(), 0, SEEK_SET) != 0) {
    throw Error{Exit::cannot_run, path,
                fmt::format("cannot be started: no memory for its input: {}", std::strerror(code))};
  }
  return Child{path, command, {.input = input.get()}, environment_of(message)};
}

}  // namespace ipctl
