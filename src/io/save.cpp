// save: files for what could not be delivered.
#include "io/save.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "io/codec.hpp"
#include "os/error.hpp"
#include "os/fd.hpp"
#include "os/file.hpp"
#include "os/text.hpp"

namespace ipctl {
namespace {

// Part of a file's name: anything that could mislead a shell or a person becomes "_".
std::string harmless(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    if (plain) out += c;
    else if (c != '/') out += '_';
  }
  return out;
}

}  // namespace

std::vector<std::string> save_directories() {
  const auto variable = [](const char* name) {
    const char* const value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  std::vector<std::string> found;
  const std::string_view state = variable("XDG_STATE_HOME");
  const std::string_view home = variable("HOME");
  if (state.starts_with('/')) found.push_back(std::string(state) + "/ipctl");
  else if (home.starts_with('/')) found.push_back(std::string(home) + "/.local/state/ipctl");
  found.emplace_back("/var/tmp");
  return found;
}

void make_private_directory(const std::string& directory) {
  std::error_code failure;
  if (std::filesystem::create_directories(directory, failure)) ::chmod(directory.c_str(), 0700);
  if (failure) throw Error{failure.value(), "mkdir", directory};
}

std::string save_bytes(const std::string& directory, std::string_view prefix, std::string_view data) {
  make_private_directory(directory);
  constexpr std::size_t longest = 200;  // NAME_MAX is 255
  std::string path = directory + "/" + harmless(prefix.substr(0, longest)) + "-XXXXXX";
  const Fd fd{check(::mkostemp(path.data(), O_CLOEXEC), "mkostemp", path)};
  if (const int code = write_regardless(fd.get(), data); code != 0) {
    ::unlink(path.c_str());
    throw Error{code, "write", path};
  }
  return path;
}

std::string save_anywhere(std::string_view prefix, std::string_view data) {
  const std::vector<std::string> directories = save_directories();
  for (const std::string& directory : directories) {
    try {
      return save_bytes(directory, prefix, data);
    } catch (const Error&) {
      if (directory == directories.back()) throw;
    }
  }
  return {};
}

void save_somehow(const Output& output, const std::string& what, std::string_view prefix, std::string_view data) {
  try {
    output.complain(fmt::format("{}; they are in {}", what, printable(save_anywhere(prefix, data))));
  } catch (const Error& error) {
    output.complain(fmt::format("{}, and could not be saved ({}); in base64 {}", what, error.what(),
                                encode(Encoding::base64, data)));
  }
}

std::string file_prefix(const Message& message) {
  constexpr std::size_t longest = 64;
  std::string prefix = std::string(message.mechanism) + "-" + harmless(message.name.substr(0, longest));
  if (message.priority) prefix += "-p" + std::to_string(*message.priority);
  if (message.type) prefix += "-t" + std::to_string(*message.type);
  return prefix;
}

Kept keep(Source& source, const Message& message) {
  if (!source.takes()) return {true, true, "was not taken from " + printable(message.name)};
  if (source.give_back(message)) return {true, true, "went back to " + printable(message.name)};
  try {
    return {false, true, "could not go back and is in " + printable(save_anywhere(file_prefix(message), message.data))};
  } catch (const Error& error) {
    return {false, false,
            fmt::format("could neither go back nor be saved ({}); in base64 it is {}", error.what(),
                        encode(Encoding::base64, message.data))};
  }
}

}  // namespace ipctl
