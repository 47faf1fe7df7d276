// fifo: made, found, opened and removed, and what is none.
#include "ipc/fifo.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/ipc/support.hpp"

namespace ipctl {
namespace {

using fifo::Existing;
using test::expect_error;

const Wait no_wait{.deadline = Deadline::now()};

class FifoTest : public testing::Test {
 protected:
  [[nodiscard]] mode_t mode() const {
    struct stat status {};
    EXPECT_EQ(::lstat(path_.c_str(), &status), 0);
    return status.st_mode;
  }

  const StopSignals stop_;
  const test::TemporaryDirectory directory_;
  const std::string path_ = directory_.path() + "/fifo";
};

TEST_F(FifoTest, IsMadeWithItsModeWhateverTheUmask) {
  const mode_t former = ::umask(077);
  EXPECT_TRUE(fifo::create(path_, {Mode{0622}, {}}, Existing::refuse));
  EXPECT_EQ(mode(), S_IFIFO | 0622U);
  EXPECT_EQ(::umask(former), 077U) << "the umask is what it was";
}

TEST_F(FifoTest, IsMadeOnce) {
  EXPECT_TRUE(fifo::create(path_, {}, Existing::accept));
  EXPECT_FALSE(fifo::create(path_, {Mode{0600}, {}}, Existing::accept));
  expect_error(Exit::exists, 0, "--mode is 0600, not 0640", [this] {
    fifo::create(path_, {Mode{0640}, {}}, Existing::accept);
  });
  expect_error(Exit::exists, 0, "exists already", [this] { fifo::create(path_, {}, Existing::refuse); });
  const std::string file = directory_.file("file", "text");
  expect_error(Exit::exists, 0, "is a regular file, not a FIFO", [&file] { fifo::create(file, {}, Existing::accept); });
}

TEST_F(FifoTest, RemovesFifosAlone) {
  const std::string file = directory_.file("file", "text");
  expect_error(Exit::failed, 0, "is a regular file, not a FIFO", [&file] { fifo::remove(file); });
  expect_error(Exit::missing, ENOENT, "there is no such FIFO", [this] { fifo::remove(path_); });
  fifo::create(path_, {}, Existing::refuse);
  fifo::remove(path_);
  EXPECT_NE(::access(path_.c_str(), F_OK), 0);
}

TEST_F(FifoTest, MadeIsRemovedWithItsMaker) {
  fifo::create(path_, {}, Existing::refuse);
  { const fifo::Made made{path_}; }
  EXPECT_NE(::access(path_.c_str(), F_OK), 0);
  fifo::create(path_, {}, Existing::refuse);
  {
    const fifo::Made made{path_};
    ASSERT_EQ(::rename(path_.c_str(), (path_ + ".moved").c_str()), 0);
    fifo::create(path_, {}, Existing::refuse);
  }
  EXPECT_EQ(::access(path_.c_str(), F_OK), 0) << "it is another one";
}

TEST_F(FifoTest, OpensAWriterOnlyForAReader) {
  fifo::create(path_, {}, Existing::refuse);
  Waited waited = Waited::ready;
  EXPECT_FALSE(fifo::open_writer(path_, no_wait, waited));
  EXPECT_EQ(waited, Waited::timed_out);
  const PipeEnd reader = fifo::open_reader(path_);
  const auto writer = fifo::open_writer(path_, no_wait, waited, O_DIRECT);
  ASSERT_TRUE(writer);
  EXPECT_EQ(::fcntl(writer->fd(), F_GETFL) & (O_NONBLOCK | O_DIRECT), O_NONBLOCK | O_DIRECT);
  EXPECT_EQ(::fcntl(reader.fd(), F_GETFL) & (O_NONBLOCK | O_DIRECT), O_NONBLOCK);
}

TEST_F(FifoTest, WaitsForAReader) {
  fifo::create(path_, {}, Existing::refuse);
  Fd reader;
  std::thread opener = test::once_asleep([&] { reader = Fd{::open(path_.c_str(), O_RDONLY | O_CLOEXEC)}; });
  Waited waited = Waited::timed_out;
  EXPECT_TRUE(fifo::open_writer(path_, {.stop = &stop_}, waited));
  opener.join();
}

TEST_F(FifoTest, IsNothingElse) {
  expect_error(Exit::missing, ENOENT, "there is no such FIFO", [this] { static_cast<void>(fifo::open_reader(path_)); });
  expect_error(Exit::failed, 0, "is a directory, not a FIFO",
               [this] { static_cast<void>(fifo::open_reader(directory_.path())); });
}

}  // namespace
}  // namespace ipctl
