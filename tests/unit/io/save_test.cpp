// save: files for what could not be delivered, and what is said when even that fails.
#include "io/save.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>

#include "os/error.hpp"
#include "tests/unit/io/memory.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

// An environment variable for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* const former = std::getenv(name)) former_ = former;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { former_ ? ::setenv(name_, former_->c_str(), 1) : ::unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> former_;
};

Message message_of(std::string_view data, std::string_view name) {
  Message message;
  message.mechanism = "mq";
  message.name = name;
  message.data = data;
  return message;
}

TEST(Save, WhereFilesGo) {
  const test::TemporaryDirectory home;
  const Variable state{"XDG_STATE_HOME", "/some/state"};
  EXPECT_EQ(save_directories().front(), "/some/state/ipctl");
  for (const char* unusable : {static_cast<const char*>(nullptr), "", "relative"}) {
    const Variable none{"XDG_STATE_HOME", unusable};
    const Variable with_home{"HOME", home.path().c_str()};
    EXPECT_EQ(save_directories().front(), home.path() + "/.local/state/ipctl");
    for (const char* nowhere : {static_cast<const char*>(nullptr), "", "relative"}) {
      const Variable without_home{"HOME", nowhere};
      EXPECT_EQ(save_directories().front(), "/var/tmp");
    }
  }
}

TEST(Save, ExactlyTheBytesInAFileOfOurOwn) {
  const test::TemporaryDirectory directory;
  const std::string below = directory.path() + "/a/b";
  const std::string data = test::all_bytes();
  const std::string first = save_bytes(below, "prefix", data);
  const std::string second = save_bytes(below, "prefix", "");
  EXPECT_EQ(test::all_of(first), data);
  EXPECT_EQ(test::all_of(second), "");
  EXPECT_NE(first, second);
  EXPECT_TRUE(first.starts_with(below + "/prefix-"));
  struct stat status {};
  ASSERT_EQ(::stat(first.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  ASSERT_EQ(::stat(below.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
}

TEST(Save, NamesOfFilesMisleadNobody) {
  const test::TemporaryDirectory directory;
  const std::string path = save_bytes(directory.path(), "../$(x) \x1b[0m/é", "x");
  EXPECT_EQ(path.substr(0, path.size() - 7), directory.path() + "/..__x____0m__");
  EXPECT_EQ(std::filesystem::path(path).parent_path(), directory.path());
}

TEST(Save, AMessageIsNamedByWhatItIs) {
  const test::TemporaryDirectory directory;
  Message message = message_of("data", "/jobs");
  const auto stem = [&] {
    const std::string path = save_bytes(directory.path(), file_prefix(message), message.data);
    EXPECT_EQ(test::all_of(path), message.data);
    return path.substr(directory.path().size() + 1, path.size() - directory.path().size() - 8);
  };
  EXPECT_EQ(stem(), "mq-jobs");
  message.priority = 32767;
  EXPECT_EQ(stem(), "mq-jobs-p32767");
  message.type = 9;
  EXPECT_EQ(stem(), "mq-jobs-p32767-t9");
  const std::string longest = "/" + std::string(255, 'x');
  message.name = longest;
  EXPECT_EQ(stem(), "mq-" + std::string(63, 'x') + "-p32767-t9") << "the priority is still there";
}

TEST(Save, Failures) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.file("file", "");
  EXPECT_THROW(static_cast<void>(save_bytes(file, "x", "x")), Error);
  EXPECT_THROW(static_cast<void>(save_bytes(file + "/below", "x", "x")), Error);
}

TEST(Keep, GoesBackWhereItCan) {
  test::MemorySource source;
  const Kept kept = keep(source, message_of("data", "/a\x1b"));
  EXPECT_TRUE(kept.went_back);
  EXPECT_TRUE(kept.safe);
  EXPECT_EQ(kept.where, "went back to /a\\x1b");
  EXPECT_EQ(source.given_back, std::vector<std::string>{"data"});
}

TEST(Keep, IsSavedElse) {
  const test::TemporaryDirectory directory;
  const Variable state{"XDG_STATE_HOME", directory.path().c_str()};
  test::MemorySource source;
  source.takes_back = false;
  const Kept kept = keep(source, message_of("data", "/jobs"));
  EXPECT_FALSE(kept.went_back);
  EXPECT_TRUE(kept.safe);
  const auto files = test::names_in(directory.path() + "/ipctl");
  ASSERT_EQ(files.size(), 1U);
  const std::string path = directory.path() + "/ipctl/" + files[0];
  EXPECT_EQ(kept.where, "could not go back and is in " + path);
  EXPECT_EQ(test::all_of(path), "data");
}

TEST(Keep, IsToldInTheEnd) {
  const test::TemporaryDirectory directory;
  const std::string file = directory.file("file", "");
  const Variable state{"XDG_STATE_HOME", file.c_str()};
  test::MemorySource source;
  source.takes_back = false;
  // No file of ours may have a byte, wherever it is.
  rlimit former{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &former), 0);
  const rlimit none{.rlim_cur = 0, .rlim_max = former.rlim_max};
  const auto former_action = ::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  const Kept kept = keep(source, message_of("\xff\x00", "/jobs"));
  ::setrlimit(RLIMIT_FSIZE, &former);
  static_cast<void>(::signal(SIGXFSZ, former_action));
  EXPECT_FALSE(kept.went_back);
  EXPECT_FALSE(kept.safe);
  EXPECT_TRUE(kept.where.starts_with("could neither go back nor be saved (")) << kept.where;
  EXPECT_TRUE(kept.where.ends_with("; in base64 it is /w==")) << kept.where;
}

}  // namespace
}  // namespace ipctl
