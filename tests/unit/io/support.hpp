// What the tests of the io floor share: all byte values, and what a child process wrote.
#pragma once

#include <fcntl.h>
#include <sys/mman.h>

#include <random>
#include <string>
#include <string_view>

#include "tests/unit/os/support.hpp"

namespace ipctl::test {

/// Bytes 0 to 255.
inline std::string all_bytes() {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) out += static_cast<char>(byte);
  return out;
}

/// The same in every run.
inline std::string random_bytes(std::mt19937& random, std::size_t size) {
  std::string out(size, '\0');
  for (char& each : out) each = static_cast<char>(random() & 0xffU);
  return out;
}

inline void put(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    ASSERT_GT(written, 0);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A regular file without a name that holds `text` and stands at its start.
inline Fd memory_file(std::string_view text = {}) {
  Fd file{::memfd_create("test", MFD_CLOEXEC)};
  put(file.get(), text);
  ::lseek(file.get(), 0, SEEK_SET);
  return file;
}

/// All that can be read from `fd`, from where it stands.
inline std::string rest_of(int fd) {
  std::string out;
  std::array<char, 65536> piece{};
  for (ssize_t count = 1; count > 0;) {
    count = ::read(fd, piece.data(), piece.size());
    if (count > 0) out.append(piece.data(), static_cast<std::size_t>(count));
  }
  return out;
}

/// All of a regular file.
inline std::string all_of(const Fd& file) {
  ::lseek(file.get(), 0, SEEK_SET);
  return rest_of(file.get());
}

inline std::string all_of(const std::string& path) {
  const Fd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  EXPECT_TRUE(file) << path;
  return rest_of(file.get());
}

/// Names in a directory, sorted.
inline std::vector<std::string> names_in(const std::string& path) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(path)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

/// How a child process ended, and what it wrote to its standard output and error.
struct Ended {
  int status = -1;  // as waitpid(2)
  std::string out;
  std::string err;
  [[nodiscard]] int exit() const { return WIFEXITED(status) ? WEXITSTATUS(status) : -1; }
  [[nodiscard]] int signal() const { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
};

/// Runs `body`, which returns an exit status, in a child process. out: its standard output, -1: a file that is shown in
/// the result. in: its standard input, -1: inherited.
template <class Body>
Ended run_child(Body body, int out = -1, int in = -1) {
  const Fd shown = memory_file();
  const Fd said = memory_file();
  // Several processes write to them, and the offset of a memory file has no lock.
  for (const Fd* file : {&shown, &said}) ::fcntl(file->get(), F_SETFL, O_APPEND);
  Ended ended;
  ended.status = in_child([&] {
    ::dup2(out >= 0 ? out : shown.get(), STDOUT_FILENO);
    ::dup2(said.get(), STDERR_FILENO);
    if (in >= 0) ::dup2(in, STDIN_FILENO);
    return static_cast<int>(body());
  });
  ended.out = all_of(shown);
  ended.err = all_of(said);
  return ended;
}

}  // namespace ipctl::test
