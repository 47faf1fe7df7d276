// receive: what is delivered and when receiving ends; and that each message taken is delivered, back, or in a file.
#include "io/receive.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "io/journal.hpp"
#include "os/error.hpp"
#include "tests/unit/io/memory.hpp"

namespace ipctl {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using Kind = OnFailure::Kind;

class ReceiveTest : public testing::Test {
 protected:
  // Receives in a child process. An Error is its last line on standard error. out: its standard output.
  test::Ended receive(int out = -1) {
    source_.log = log_.get();
    return test::run_child(
        [&] {
          ::setenv("XDG_STATE_HOME", state_.c_str(), 1);
          ::setenv("PATH", "/usr/bin:/bin", 1);  // one that everybody may read
          if (in_child_) in_child_();
          try {
            return receive_messages(source_, options_, output_);
          } catch (const Error& error) {
            output_.complain(error.what());
            return error.status();
          }
        },
        out);
  }
  void give(std::initializer_list<const char*> messages) {
    for (const char* data : messages) source_.messages.push_back({data, 7});
  }
  void run_command(std::string script) { options_.command = {"sh", "-c", std::move(script)}; }
  [[nodiscard]] std::string log() const { return test::all_of(log_); }
  [[nodiscard]] std::string path(const std::string& name) const { return directory_.path() + "/" + name; }
  // What is in the one file of `directory`.
  static std::string saved_in(const std::string& directory, const test::Ended& ended) {
    const auto files = test::names_in(directory);
    EXPECT_EQ(files.size(), 1U);
    EXPECT_TRUE(files.at(0).starts_with("mq-memory-p7-")) << files.at(0);
    EXPECT_NE(ended.err.find(files.at(0)), std::string::npos) << ended.err;
    return test::all_of(directory + "/" + files.at(0));
  }

  test::TemporaryDirectory directory_;
  std::string state_ = path("state");
  Fd log_ = test::memory_file();
  test::MemorySource source_;
  ReceiveOptions options_;
  Output output_{.command = "mq recv"};
  std::function<void()> in_child_;
};

TEST_F(ReceiveTest, AsManyAsAskedFor) {
  give({"one", "two", "three"});
  options_.count = 2;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "one\ntwo\n");
  EXPECT_EQ(ended.err, "");
  EXPECT_EQ(log(), "took one\ntook two\n");
}

TEST_F(ReceiveTest, InAnyFraming) {
  give({"one", "", "three"});
  options_.count = 3;
  options_.framing = FramingKind::length_prefix;
  EXPECT_EQ(receive().out, "\3\0\0\0one\0\0\0\0\5\0\0\0three"s);
  options_.framing = FramingKind::unset;
  options_.no_newline = true;
  EXPECT_EQ(receive().out, "onethree");
  options_.no_newline = false;
  options_.format = Format{"%c %p %n %l"};
  EXPECT_EQ(receive().out, "1 7 /memory 3\n2 7 /memory 0\n3 7 /memory 5\n");
}

TEST_F(ReceiveTest, AnyBytes) {
  source_.messages.push_back({test::all_bytes(), 0});
  options_.count = 1;
  options_.no_newline = true;
  EXPECT_EQ(receive().out, test::all_bytes());
}

TEST_F(ReceiveTest, AllThatIsThere) {
  give({"one", "two"});
  options_.all = true;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "one\ntwo\n");
}

TEST_F(ReceiveTest, AllIsWhatWasThereAtTheStart) {
  give({"one", "two"});
  options_.all = true;
  source_.before_receive = [this] { source_.messages.push_back({"more", 0}); };
  EXPECT_EQ(receive().out, "one\ntwo\n");
}

TEST_F(ReceiveTest, AllOfNothing) {
  options_.all = true;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::no));
  EXPECT_EQ(ended.out, "");
}

TEST_F(ReceiveTest, NonblockDoesNotWait) {
  give({"one"});
  options_.count = 2;
  options_.nonblock = true;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::no));
  EXPECT_EQ(ended.out, "one\n");
}

TEST_F(ReceiveTest, ATimeoutIsForAllOfIt) {
  give({"one"});
  options_.timeout = 20ms;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::timed_out));
  EXPECT_EQ(ended.out, "one\n");
}

TEST_F(ReceiveTest, AMessageIsOutBeforeTheNextIsTaken) {
  give({"one", "two"});
  options_.count = 2;
  const Fd out = test::memory_file();
  source_.before_receive = [&] { test::log_line(log_.get(), "out", std::to_string(test::all_of(out).size())); };
  EXPECT_EQ(receive(out.get()).exit(), 0);
  EXPECT_EQ(log(), "out 0\ntook one\nout 4\ntook two\n");
}

TEST_F(ReceiveTest, ReadyBeforeTheFirst) {
  give({"one"});
  options_.count = 1;
  options_.ready_fd = log_.get();
  EXPECT_EQ(receive().exit(), 0);
  EXPECT_EQ(log(), "\ntook one\n");
}

TEST_F(ReceiveTest, AReaderThatIsGone) {
  give({"one", "two"});
  test::Pipe pipe = test::make_pipe();
  pipe.reader.reset();
  const test::Ended ended = receive(pipe.writer.get());
  EXPECT_EQ(ended.signal(), SIGPIPE);
  EXPECT_EQ(ended.err, "");
  EXPECT_EQ(log(), "took one\nback one\n");
}

TEST_F(ReceiveTest, AReaderThatIsGoneAndNoWayBack) {
  give({"one", "two"});
  source_.takes_back = false;
  test::Pipe pipe = test::make_pipe();
  pipe.reader.reset();
  const test::Ended ended = receive(pipe.writer.get());
  EXPECT_EQ(ended.signal(), SIGPIPE);
  EXPECT_EQ(log(), "took one\n");
  EXPECT_EQ(saved_in(state_ + "/ipctl", ended), "one");
}

TEST_F(ReceiveTest, AReaderThatLeavesMeanwhileIsNoticed) {
  test::Pipe pipe = test::make_pipe();
  in_child_ = [&] {
    std::thread{[&, receiver = ::gettid()] {
      if (test::wait_until_asleep(receiver)) pipe.reader.reset();
    }}.detach();
  };
  const pid_t child = test::start([&] {
    ::dup2(pipe.writer.get(), STDOUT_FILENO);
    in_child_();
    return static_cast<int>(receive_messages(source_, options_, output_));
  });
  pipe.reader.reset();
  const int status = test::wait_status(child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) << status;
}

TEST_F(ReceiveTest, AFullOutput) {
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  give({"one", "two"});
  const test::Ended ended = receive(full.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(ended.err, "ipctl: mq recv: standard output: No space left on device; the message went back to /memory\n");
  EXPECT_EQ(log(), "took one\nback one\n");
}

TEST_F(ReceiveTest, AFullOutputAndNoWayBack) {
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  give({"one"});
  source_.takes_back = false;
  const test::Ended ended = receive(full.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(saved_in(state_ + "/ipctl", ended), "one");
}

TEST_F(ReceiveTest, ASourceThatFails) {
  give({"one"});
  source_.when_empty = [](const Wait&) -> Outcome { throw Error{EIDRM, "receive", "/memory"}; };
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(ended.out, "one\n");
  EXPECT_EQ(ended.err, "ipctl: mq recv: /memory: receive: Identifier removed\n");
}

TEST_F(ReceiveTest, AStopRequestEndsItByThatSignal) {
  for (const int signal : stop_signals) {
    source_.when_empty = [signal](const Wait& wait) {
      ::raise(signal);
      return wait_for(std::span<pollfd>{}, wait) == Waited::stopped ? Outcome::stopped : Outcome::ended;
    };
    EXPECT_EQ(receive().signal(), signal);
  }
}

TEST_F(ReceiveTest, AStopRequestWithAMessageInHand) {
  give({"one", "two"});
  source_.before_receive = [] { ::raise(SIGTERM); };
  const test::Ended ended = receive();
  EXPECT_EQ(ended.signal(), SIGTERM);
  EXPECT_EQ(ended.out, "one\n");
  EXPECT_EQ(log(), "took one\n");
}

TEST_F(ReceiveTest, ACommandForEachMessage) {
  give({"one", "two"});
  options_.count = 2;
  run_command("cat; echo \" $IPCTL_SEQ $IPCTL_NAME $IPCTL_LENGTH $IPCTL_PRIORITY\"");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "one 1 /memory 3 7\ntwo 2 /memory 3 7\n");
}

TEST_F(ReceiveTest, ACommandThatIsNotThere) {
  give({"one"});
  options_.command = {"no-such-command-anywhere"};
  EXPECT_EQ(receive().exit(), static_cast<int>(Exit::not_found));
  EXPECT_EQ(log(), "") << "nothing was taken";
  options_.command = {path("none")};
  EXPECT_EQ(receive().exit(), static_cast<int>(Exit::not_found));
  EXPECT_TRUE(log() == "" || log() == "took one\nback one\n") << log();
  options_.command = {directory_.file("data", "x")};
  EXPECT_EQ(receive().exit(), static_cast<int>(Exit::not_executable));
}

TEST_F(ReceiveTest, AFailureStopsAndGivesBack) {
  give({"one", "two", "three"});
  run_command("test $IPCTL_SEQ != 2");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_EQ(log(), "took one\ntook two\nback two\n");
  EXPECT_EQ(ended.err,
            "ipctl: mq recv: /memory: message 2: sh failed with status 1; the message went back to /memory\n");
}

TEST_F(ReceiveTest, AFailureDrops) {
  give({"one", "two", "three"});
  options_.on_failure = {Kind::drop, {}};
  options_.all = true;
  run_command("test $IPCTL_SEQ != 2");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_EQ(log(), "took one\ntook two\ntook three\n");
  EXPECT_NE(ended.err.find("the message is dropped"), std::string::npos) << ended.err;
}

TEST_F(ReceiveTest, AFailureRequeues) {
  give({"one", "two"});
  options_.on_failure = {Kind::requeue, {}};
  options_.count = 3;
  run_command("test $IPCTL_SEQ != 1");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_EQ(log(), "took one\nback one\ntook one\ntook two\n");
}

TEST_F(ReceiveTest, AFailureSaves) {
  give({"one", "two", "three"});
  options_.on_failure = {Kind::save, path("failed")};
  options_.all = true;
  run_command("test $IPCTL_SEQ != 2");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_EQ(log(), "took one\ntook two\ntook three\n");
  EXPECT_EQ(saved_in(path("failed"), ended), "two");
}

TEST_F(ReceiveTest, AFailureThatCannotBeSavedGivesBackAndStops) {
  give({"one", "two"});
  options_.on_failure = {Kind::save, directory_.file("no-directory", "")};
  run_command("false");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_EQ(log(), "took one\nback one\n");
}

TEST_F(ReceiveTest, ACommandThatASignalEnds) {
  give({"one"});
  run_command("kill -9 $$");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  EXPECT_NE(ended.err.find("status 137 (as signal 9 does)"), std::string::npos) << ended.err;
}

// Each command ends only once the other runs.
TEST_F(ReceiveTest, SeveralCommandsAtATime) {
  give({"one", "two", "three"});
  options_.count = 3;
  options_.jobs = 2;
  run_command(
      "cd " + directory_.path() +
      " && touch $IPCTL_SEQ && for i in $(seq 4000); do test -e 1 && test -e 2 && exit 0; sleep 0.005; done; exit 1");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0) << ended.err;
  EXPECT_EQ(test::names_in(directory_.path()), (std::vector<std::string>{"1", "2", "3"}));
}

TEST_F(ReceiveTest, NoMoreThanThatManyAtATime) {
  for (int i = 0; i < 20; ++i) give({"x"});
  options_.count = 20;
  options_.jobs = 3;
  run_command("cd " + directory_.path() + " && touch $IPCTL_SEQ; ls | wc -l; rm $IPCTL_SEQ");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out.size(), 40U);
  EXPECT_EQ(ended.out.find_first_not_of("123\n"), std::string::npos) << ended.out;
}

TEST_F(ReceiveTest, WhatOtherCommandsHaveInHandIsSeenToTheEnd) {
  give({"fails", "slow"});
  options_.jobs = 2;
  options_.on_failure = {Kind::stop, {}};
  run_command("cd " + directory_.path() +
              " && if test $IPCTL_SEQ = 2; then touch 2; sleep 0.1; exit 1; fi;"
              " for i in $(seq 4000); do test -e 2 && exit 1; sleep 0.005; done");
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed));
  const std::string logged = log();
  EXPECT_NE(logged.find("back fails\n"), std::string::npos) << logged;
  EXPECT_NE(logged.find("back slow\n"), std::string::npos) << logged;
}

TEST_F(ReceiveTest, AStopRequestLetsTheCommandFinish) {
  give({"one", "two"});
  options_.jobs = 2;
  run_command("kill -TERM $PPID; sleep 0.05; echo \"$(cat)\"");  // cat itself copies at an offset that others share
  const test::Ended ended = receive();
  EXPECT_EQ(ended.signal(), SIGTERM);
  const std::string logged = log();
  EXPECT_EQ(logged.find("back"), std::string::npos) << logged;
  EXPECT_EQ(ended.out.size(), static_cast<std::size_t>(std::count(logged.begin(), logged.end(), '\n')) * 4)
      << ended.out;
}

TEST_F(ReceiveTest, AFailureWhileTheSourceFailsIsStillGivenBack) {
  give({"one"});
  options_.jobs = 2;
  run_command("sleep 0.05; exit 1");
  source_.when_empty = [](const Wait&) -> Outcome { throw Error{EIDRM, "receive", "/memory"}; };
  EXPECT_EQ(receive().exit(), 1);
  EXPECT_EQ(log(), "took one\nback one\n");
}

TEST_F(ReceiveTest, WhatStaysInTheSourceIsAcceptedOnceItIsOut) {
  source_.is_safe = true;
  give({"one", "two"});
  options_.count = 2;
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "one\ntwo\n");
  EXPECT_EQ(log(), "took one\naccepted one\ntook two\naccepted two\n");
}

TEST_F(ReceiveTest, WhatStaysInTheSourceIsNotAcceptedByAFullOutput) {
  source_.is_safe = true;
  give({"one", "two"});
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  const test::Ended ended = receive(full.get());
  EXPECT_EQ(ended.exit(), static_cast<int>(Exit::failed));
  EXPECT_EQ(log(), "took one\n");
  EXPECT_NE(ended.err.find("the message was not taken from /memory"), std::string::npos) << ended.err;
}

TEST_F(ReceiveTest, WhatStaysInTheSourceIsAcceptedAsTheCommandEnds) {
  source_.is_safe = true;
  options_.count = 3;
  struct Case {
    OnFailure on_failure;
    const char* log;
  };
  for (const Case& each :
       {Case{{Kind::stop, {}}, "took one\naccepted one\ntook two\n"},
        {{Kind::requeue, {}}, "took one\naccepted one\ntook two\ntook two\naccepted two\n"},
        {{Kind::drop, {}}, "took one\naccepted one\ntook two\naccepted two\ntook three\naccepted three\n"},
        {{Kind::save, path("failed")},
         "took one\naccepted one\ntook two\naccepted two\ntook three\naccepted three\n"}}) {
    source_.messages.clear();
    give({"one", "two", "three"});
    log_ = test::memory_file();
    options_.on_failure = each.on_failure;
    run_command("test $IPCTL_SEQ != 2");
    const test::Ended ended = receive();
    EXPECT_EQ(ended.exit(), static_cast<int>(Exit::command_failed)) << ended.err;
    EXPECT_EQ(log(), each.log) << ended.err;
    if (each.on_failure.kind == Kind::save) {
      EXPECT_EQ(saved_in(path("failed"), ended), "two");
    }
  }
}

TEST_F(ReceiveTest, WhatAnotherTookMeanwhileIsAnError) {
  source_.is_safe = true;
  source_.is_interfered = true;
  give({"one", "two"});
  const test::Ended plain = receive();
  EXPECT_EQ(plain.exit(), static_cast<int>(Exit::failed));
  EXPECT_EQ(plain.out, "one\n");
  EXPECT_NE(plain.err.find("/memory: another took it"), std::string::npos) << plain.err;
  EXPECT_EQ(log(), "took one\n");
  options_.on_failure = {Kind::save, path("failed")};
  run_command("false");
  const test::Ended saved = receive();
  EXPECT_EQ(saved.exit(), static_cast<int>(Exit::failed));
  EXPECT_EQ(saved_in(path("failed"), saved), "one");
  EXPECT_EQ(saved.err.find("--on-failure save"), std::string::npos) << "that it is saved is no failure: " << saved.err;
  EXPECT_NE(saved.err.find("/memory: another took it"), std::string::npos) << saved.err;
}

TEST_F(ReceiveTest, TheJournalIsFreeAfterwards) {
  give({"one", "two"});
  options_.count = 2;
  options_.journal = path("journal");
  EXPECT_EQ(receive().out, "one\ntwo\n");
  EXPECT_EQ((Journal{path("journal"), 1, 8192, "mq", "/memory"}).undelivered(), 0U);
}

TEST_F(ReceiveTest, TheJournalIsFreeAfterAWaitForNothing) {
  options_.timeout = 20ms;
  options_.journal = path("journal");
  EXPECT_EQ(receive().exit(), static_cast<int>(Exit::timed_out));
  EXPECT_EQ((Journal{path("journal"), 1, 8192, "mq", "/memory"}).undelivered(), 0U);
}

// A run that is killed between taking and delivering.
TEST_F(ReceiveTest, WhatAKilledRunTookIsReplayed) {
  give({"one", "two"});
  options_.count = 2;
  options_.journal = path("journal");
  run_command("kill -9 $PPID; cat");
  EXPECT_EQ(receive().signal(), SIGKILL);
  options_.command.clear();
  const test::Ended refused = receive();
  EXPECT_EQ(refused.exit(), 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("deliver first with --replay"), std::string::npos) << refused.err;
  options_.replay = true;
  options_.format = Format{"%s %p %c"};
  const test::Ended ended = receive();
  EXPECT_EQ(ended.exit(), 0);
  EXPECT_EQ(ended.out, "one 7 1\none 7 2\n") << "the one in the journal, then one from the source";
  EXPECT_EQ(ended.err, "");
}

TEST_F(ReceiveTest, AReplayedMessageThatCannotBeDeliveredGoesBack) {
  {
    Journal journal{path("journal"), 1, 100, "mq", "/memory"};
    Slot& slot = journal.slots()[0];
    const Buffer buffer = slot.prepare();
    std::copy_n("doubt", 5, buffer.data.begin());
    *buffer.attribute = 7;
  }
  options_.journal = path("journal");
  options_.replay = true;
  const Fd full{::open("/dev/full", O_WRONLY | O_CLOEXEC)};
  const test::Ended ended = receive(full.get());
  EXPECT_EQ(ended.exit(), 1);
  EXPECT_EQ(log(), "back doubt\n");
  EXPECT_NE(ended.err.find("its last bytes may be missing"), std::string::npos) << ended.err;
  EXPECT_EQ((Journal{path("journal"), 1, 100, "mq", "/memory"}).undelivered(), 0U);
}

// Neither the source nor a file takes it: the journal is all that has it.
std::string refusal(const ReceiveOptions& options) {
  try {
    validate(options);
    return "taken";
  } catch (const UsageError& error) {
    return error.what();
  }
}

TEST(ReceiveOptions, WhatExcludesWhat) {
  ReceiveOptions options;
  EXPECT_EQ(refusal(options), "taken");
  options.timeout = 1s;
  options.nonblock = true;
  EXPECT_EQ(refusal(options), "--nonblock and --timeout exclude each other");
  options.nonblock = false;
  options.all = true;
  EXPECT_EQ(refusal(options), "--all and --timeout exclude each other");
  options = {};
  options.count = 0;
  EXPECT_EQ(refusal(options), "--count: at least 1 message");
  options = {};
  for (const std::uint64_t jobs : {0UL, 513UL}) {
    options.jobs = jobs;
    EXPECT_EQ(refusal(options), "--jobs: 1 to 512");
  }
  options = {};
  options.no_newline = true;
  EXPECT_EQ(refusal(options), "taken");
  options.framing = FramingKind::null;
  EXPECT_EQ(refusal(options), "--no-newline excludes what else stands between messages");
  options = {};
  options.replay = true;
  EXPECT_EQ(refusal(options), "--replay needs --journal DIR");
}

}  // namespace
}  // namespace ipctl
