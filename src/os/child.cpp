// Child: posix_spawn(3) with clean signals, and a pidfd to wait on.
#include "os/child.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "os/error.hpp"
#include "os/signals.hpp"

namespace ipctl {
namespace {

// posix_spawn's functions return the errno.
void require(int code, std::string_view object) {
  if (code != 0) throw Error{Exit::cannot_run, object, std::strerror(code)};
}

class Attributes {
 public:
  explicit Attributes(const std::string& object) {
    require(::posix_spawnattr_init(&attributes_), object);
    sigset_t none;
    ::sigemptyset(&none);
    const sigset_t defaults = default_signals();
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &defaults);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  // What is ignored here was ignored when ipctl started and stays so (nohup(1)), but for those of a failing write: that
  // was us.
  static sigset_t default_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGPIPE);
    ::sigaddset(&set, SIGXFSZ);
    for (const int signal : stop_signals) {
      struct sigaction action {};
      if (::sigaction(signal, nullptr, &action) == 0 && action.sa_handler != SIG_IGN) ::sigaddset(&set, signal);
    }
    return set;
  }

  posix_spawnattr_t attributes_;
};

class FileActions {
 public:
  FileActions(const Streams& streams, const std::string& object) {
    require(::posix_spawn_file_actions_init(&actions_), object);
    if (streams.input >= 0) add(streams.input, STDIN_FILENO);
    if (streams.output >= 0) add(streams.output, STDOUT_FILENO);
    for (const int fd : streams.passed) add(fd, fd);
  }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  // A number that stays itself is no longer close-on-exec then (glibc 2.29 and later, POSIX.1-2024).
  void add(int fd, int number) {
    if (code_ == 0) code_ = ::posix_spawn_file_actions_adddup2(&actions_, fd, number);
  }

  posix_spawn_file_actions_t actions_;
  int code_ = 0;
};

bool is_replaced(std::string_view entry, const Environment& environment) {
  const std::string_view name = entry.substr(0, entry.find('='));
  return std::any_of(environment.begin(), environment.end(), [name](const auto& pair) { return pair.first == name; });
}

// `texts` receives what the result points to, beyond environ's own.
std::vector<char*> environment_block(const Environment& environment, std::vector<std::string>& texts) {
  texts.reserve(environment.size());
  for (const auto& [name, value] : environment) texts.push_back(name + '=' + value);
  std::vector<char*> block;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    if (!is_replaced(*entry, environment)) block.push_back(*entry);
  }
  for (std::string& text : texts) block.push_back(text.data());
  block.push_back(nullptr);
  return block;
}

// exec*(3) promises not to change the strings, but takes them as char*.
std::vector<char*> argument_block(const std::vector<std::string>& arguments) {
  std::vector<char*> block;
  for (const std::string& argument : arguments) block.push_back(const_cast<char*>(argument.c_str()));
  block.push_back(nullptr);
  return block;
}

// A script without "#!": as execvp(3) does.
std::vector<std::string> for_shell(const std::string& path, const std::vector<std::string>& arguments) {
  std::vector<std::string> shell{"/bin/sh", path};
  if (!arguments.empty()) shell.insert(shell.end(), arguments.begin() + 1, arguments.end());
  return shell;
}

bool is_absent(int code) {
  return code == ENOENT || code == ENOTDIR;
}

// 0 where `path` is a file that this process may execute, else the reason as an errno.
int refusal(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno;
  if (S_ISDIR(status.st_mode)) return EISDIR;
  if (!S_ISREG(status.st_mode)) return EACCES;
  return ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0 ? 0 : errno;
}

[[noreturn]] void fail(int code, const std::string& path) {
  switch (code) {
    case EAGAIN:
    case EBADF:
    case EMFILE:
    case ENFILE:
    case ENOMEM: throw Error{Exit::cannot_run, path, std::string{"cannot be started: "} + std::strerror(code)};
    case ENOENT:
      if (::access(path.c_str(), F_OK) != 0) throw Error{Exit::not_found, path, "command not found"};
      throw Error{Exit::not_executable, path, "its interpreter is missing (see its first line)"};
    case ENOTDIR: throw Error{Exit::not_found, path, "command not found"};
    default: throw Error{Exit::not_executable, path, std::string{"cannot be executed: "} + std::strerror(code)};
  }
}

}  // namespace

std::string find_command(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    if (const int code = refusal(name); code != 0) fail(code, name);
    return name;
  }
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable != nullptr ? variable : "/bin:/usr/bin";  // confstr(3), _CS_PATH
  bool denied = false;
  for (bool more = !name.empty(); more;) {
    const std::size_t colon = path.find(':');
    more = colon != std::string_view::npos;
    std::string candidate{colon == 0 || path.empty() ? "." : path.substr(0, colon)};
    candidate.append("/").append(name);
    if (more) path.remove_prefix(colon + 1);
    const int code = refusal(candidate);
    if (code == 0) return candidate;
    denied = denied || !is_absent(code);
  }
  if (denied) throw Error{Exit::not_executable, name, "found in PATH, but it cannot be executed"};
  throw Error{Exit::not_found, name, "command not found"};
}

int pass_on(Fd fd) {
  constexpr int lowest = 3;
  constexpr int highest = 9;
  const int number = fd.get() >= lowest && fd.get() <= highest ? fd.release() : ::fcntl(fd.get(), F_DUPFD, lowest);
  if (number < 0 || number > highest) {
    if (number > highest) ::close(number);
    throw Error{Exit::cannot_run, {}, "none of the descriptors 3 to 9 is free for the command"};
  }
  if (::fcntl(number, F_SETFD, 0) != 0) throw Error{Exit::cannot_run, {}, "a descriptor cannot be passed on"};
  return number;
}

void replace_process(const std::string& path, const std::vector<std::string>& arguments,
                     const Environment& environment) {
  std::vector<std::string> texts;
  const std::vector<char*> variables = environment_block(environment, texts);
  ::execve(path.c_str(), argument_block(arguments).data(), variables.data());
  if (errno == ENOEXEC) ::execve("/bin/sh", argument_block(for_shell(path, arguments)).data(), variables.data());
  fail(errno, path);
}

Child::Child(const std::string& path, const std::vector<std::string>& arguments, const Streams& streams,
             const Environment& environment) {
  // Where our parent ignored SIGCHLD, the kernel would throw the exit status away: waitpid(2), NOTES.
  struct sigaction action {};
  if (::sigaction(SIGCHLD, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) {
    static_cast<void>(::signal(SIGCHLD, SIG_DFL));
  }
  const Attributes attributes{path};
  const FileActions actions{streams, path};
  require(actions.code(), path);
  std::vector<std::string> texts;
  const std::vector<char*> variables = environment_block(environment, texts);
  int code = ::posix_spawn(&pid_, path.c_str(), actions.get(), attributes.get(), argument_block(arguments).data(),
                           variables.data());
  if (code == ENOEXEC) {
    code = ::posix_spawn(&pid_, "/bin/sh", actions.get(), attributes.get(),
                         argument_block(for_shell(path, arguments)).data(), variables.data());
  }
  if (code != 0) fail(code, path);
  // It cannot be another process: nobody has waited for ours yet. On failure (a kernel before 5.3, a seccomp
  // filter) fd() stays -1.
  pidfd_.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
}

int Child::wait() {
  int status = 0;
  while (!end_) {
    if (::waitpid(pid_, &status, 0) == pid_) {
      end_ = command_end(status);
    } else if (errno != EINTR) {
      throw Error{errno, "waitpid", {}};
    }
  }
  return end_->status;
}

std::optional<int> Child::poll() {
  int status = 0;
  if (!end_ && check(::waitpid(pid_, &status, WNOHANG), "waitpid") == pid_) end_ = command_end(status);
  return end_ ? std::optional{end_->status} : std::nullopt;
}

// Without a pidfd the number will do as well: it is not another process's before we have waited for ours.
void Child::signal(int number) noexcept {
  if (end_) return;
  if (pidfd_) {
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), number, nullptr, 0);
  } else {
    ::kill(pid_, number);
  }
}

}  // namespace ipctl
