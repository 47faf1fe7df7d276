// journal: the life of a slot, and what a later run finds after this one was killed at any point of it.
#include "io/journal.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <limits>

#include "os/error.hpp"
#include "tests/unit/io/support.hpp"

namespace ipctl {
namespace {

using namespace std::string_literals;
using State = Slot::State;

constexpr std::size_t capacity = 10000;

class JournalTest : public testing::Test {
 protected:
  [[nodiscard]] std::string path() const { return directory_.path() + "/slot-0"; }
  [[nodiscard]] Slot slot(std::size_t size = capacity) const { return Slot{path(), size, "mq", "/jobs"}; }

  test::TemporaryDirectory directory_;
};

// As receive() does: the data, and the attribute in the same call.
Message arrive(const Buffer& buffer, std::string_view data, std::uint32_t priority) {
  std::copy(data.begin(), data.end(), buffer.data.begin());
  *buffer.attribute = priority;
  Message message;
  message.mechanism = "mq";
  message.name = "/jobs";
  message.data = {buffer.data.data(), data.size()};
  message.priority = priority;
  return message;
}

TEST_F(JournalTest, ANewSlotIsFree) {
  EXPECT_EQ(slot().state(), State::free);
  EXPECT_EQ(test::names_in(directory_.path()), std::vector<std::string>{"slot-0"});
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
  EXPECT_GE(status.st_blocks * 512, static_cast<blkcnt_t>(2 * capacity)) << "the space is reserved";
}

TEST_F(JournalTest, OneThatWaitsForAMessageHoldsNone) {
  Slot first = slot();
  const Buffer buffer = first.prepare();
  EXPECT_EQ(buffer.data.size(), capacity);
  EXPECT_EQ(first.state(), State::free);
  EXPECT_EQ(slot().state(), State::free);
}

TEST_F(JournalTest, APartThatWasGivenUpLeavesNoTrace) {
  Slot first = slot();
  const Buffer buffer = first.prepare();
  std::fill_n(buffer.data.begin(), 10, 'x');
  EXPECT_EQ(first.state(), State::in_doubt);
  first.release();
  EXPECT_EQ(first.state(), State::free);
  static_cast<void>(first.prepare());
  EXPECT_EQ(first.state(), State::free) << "nothing came";
}

TEST_F(JournalTest, HeldUntilReleased) {
  Slot first = slot();
  const std::string data = test::all_bytes() + std::string(3, '\xff');
  first.hold(arrive(first.prepare(), data, 7));
  EXPECT_EQ(first.state(), State::held);
  const Slot later = slot();
  ASSERT_EQ(later.state(), State::held);
  const Message message = later.message();
  EXPECT_EQ(message.mechanism, "mq");
  EXPECT_EQ(message.name, "/jobs");
  EXPECT_EQ(message.data, data);
  EXPECT_EQ(message.priority, 7U);
  EXPECT_EQ(message.type, std::nullopt);
  EXPECT_FALSE(message.in_doubt);
  first.release();
  EXPECT_EQ(first.state(), State::free);
  EXPECT_EQ(slot().state(), State::free);
}

TEST_F(JournalTest, TypeInsteadOfPriority) {
  Slot first = slot();
  Message message = arrive(first.prepare(), "x", 0);
  message.priority.reset();
  message.type = -12345678901;
  first.hold(message);
  EXPECT_EQ(slot().message().priority, std::nullopt);
  EXPECT_EQ(slot().message().type, -12345678901);
}

// As msgrcv(2) does: the type, then the data right behind it, and no priority.
Message arrive_typed(const Buffer& buffer, std::string_view data, long type) {
  *buffer.type = type;
  std::copy(data.begin(), data.end(), buffer.data.begin());
  Message message;
  message.mechanism = "sysv-mq";
  message.name = "17";
  message.data = {buffer.data.data(), data.size()};
  message.type = type;
  return message;
}

TEST_F(JournalTest, TheTypeStandsRightBeforeTheData) {
  for (const std::size_t size : {0UL, 1UL, 4096UL, capacity}) {
    Slot first{path() + std::to_string(size), size, "sysv-mq", "17"};
    const Buffer buffer = first.prepare();
    ASSERT_NE(buffer.type, nullptr);
    EXPECT_EQ(reinterpret_cast<char*>(buffer.type + 1), buffer.data.data());
    EXPECT_EQ(*buffer.type, 0) << "which is no type";
  }
}

TEST_F(JournalTest, ATypeIsKept) {
  for (const long type : {1L, 7L, std::numeric_limits<long>::max()}) {
    for (const bool held : {true, false}) {
      for (const std::string& data : {"text"s, ""s, std::string(capacity, 'x')}) {
        const int status = test::in_child([&] {
          Slot first = slot();
          const Message message = arrive_typed(first.prepare(), data, type);
          if (held) first.hold(message);
          return ::raise(SIGKILL);
        });
        ASSERT_TRUE(WIFSIGNALED(status));
        Slot later = slot();
        ASSERT_EQ(later.state(), held ? State::held : State::in_doubt) << "an empty message is known by its type";
        const Message message = later.message();
        EXPECT_EQ(message.type, type);
        EXPECT_EQ(message.priority, std::nullopt);
        EXPECT_EQ(message.data, data);
        EXPECT_EQ(message.in_doubt, !held);
        later.release();
        EXPECT_EQ(slot().state(), State::free);
      }
    }
  }
}

TEST_F(JournalTest, TheTypeOfAnEarlierMessageIsForgotten) {
  Slot first = slot();
  first.hold(arrive_typed(first.prepare(), "one", 9));
  first.release();
  static_cast<void>(first.prepare());
  EXPECT_EQ(first.state(), State::free);
  arrive(first.prepare(), "two", 3);
  ASSERT_EQ(slot().state(), State::in_doubt);
  EXPECT_EQ(slot().message().type, std::nullopt);
  EXPECT_EQ(slot().message().priority, 3U);
  first.release();
  first.hold(arrive_typed(first.prepare(), "three", 8));
  EXPECT_EQ(slot().message().type, 8);
  EXPECT_EQ(slot().message().priority, std::nullopt);
}

TEST_F(JournalTest, WhatArrivedButWasNotHeldIsInDoubt) {
  for (const std::string& data :
       {"hello"s, "x"s, "grüße, κόσμε 🙂"s, std::string(capacity, 'y'), "zeros\0\0\0"s}) {
    Slot first = slot();
    arrive(first.prepare(), data, 3);
    EXPECT_EQ(first.state(), State::in_doubt);
    Slot later = slot();
    ASSERT_EQ(later.state(), State::in_doubt);
    EXPECT_EQ(later.message().data, data) << "a text's length is exact";
    EXPECT_EQ(later.message().priority, 3U);
    EXPECT_TRUE(later.message().in_doubt);
    later.release();
  }
}

TEST_F(JournalTest, AnEmptyMessageIsKnownByItsPriority) {
  Slot first = slot();
  arrive(first.prepare(), "", 0);
  ASSERT_EQ(slot().state(), State::in_doubt);
  EXPECT_EQ(slot().message().data, "");
  EXPECT_EQ(slot().message().priority, 0U);
}

TEST_F(JournalTest, AMessageWithoutAttributeIsKnownByItsBytes) {
  Slot first = slot();
  const Buffer buffer = first.prepare();
  buffer.data[0] = 'x';
  ASSERT_EQ(slot().state(), State::in_doubt);
  EXPECT_EQ(slot().message().data, "x");
  EXPECT_EQ(slot().message().priority, std::nullopt);
}

// The bytes of an earlier and longer message are no part of a later one.
TEST_F(JournalTest, ASlotIsUsedAgain) {
  Slot first = slot();
  for (const std::size_t size : {10000UL, 0UL, 5000UL, 1UL, 9999UL, 2UL}) {
    const std::string data(size, static_cast<char>('a' + size % 26));
    const Message message = arrive(first.prepare(), data, 1);
    EXPECT_EQ(first.state(), State::in_doubt);
    EXPECT_EQ(first.message().data, data);
    first.hold(message);
    EXPECT_EQ(slot().message().data, data);
    first.release();
    static_cast<void>(first.prepare());
    EXPECT_EQ(first.state(), State::free);
    first.release();
  }
}

TEST_F(JournalTest, AReopenedSlotIsUsedAgain) {
  {
    Slot first = slot();
    first.hold(arrive(first.prepare(), std::string(500, 'x'), 1));
  }
  Slot later = slot();
  later.release();
  arrive(later.prepare(), "ab", 1);
  EXPECT_EQ(later.message().data, "ab");
}

TEST_F(JournalTest, AKilledProcessLeavesItsMessage) {
  for (const bool held : {false, true}) {
    const int status = test::in_child([&] {
      Slot first = slot();
      const Message message = arrive(first.prepare(), "survives", 5);
      if (held) first.hold(message);
      return ::raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    Slot later = slot();
    ASSERT_EQ(later.state(), held ? State::held : State::in_doubt);
    EXPECT_EQ(later.message().data, "survives");
    EXPECT_EQ(later.message().priority, 5U);
    EXPECT_EQ(later.message().in_doubt, !held);
    later.release();
  }
}

TEST_F(JournalTest, ACopyInterruptedByAKillLeavesItsStart) {
  Slot first = slot();
  const Buffer buffer = first.prepare();
  std::fill_n(buffer.data.begin(), 4096, 'x');
  EXPECT_EQ(slot().message().data, std::string(4096, 'x'));
  EXPECT_TRUE(slot().message().in_doubt);
}

TEST_F(JournalTest, WhatIsHeldKeepsItsSizeAndName) {
  {
    Slot first = slot();
    first.hold(arrive(first.prepare(), std::string(capacity, 'x'), 1));
  }
  Slot smaller{path(), 10, "mq", "/other"};
  EXPECT_EQ(smaller.message().data.size(), capacity);
  EXPECT_EQ(smaller.message().name, "/jobs");
  smaller.release();
  Slot again{path(), 10, "mq", "/other"};
  EXPECT_EQ(again.prepare().data.size(), 10U);
  again.hold(arrive(again.prepare(), "y", 1));
  EXPECT_EQ(again.message().name, "/other");
}

TEST_F(JournalTest, LongNamesAndNoCapacity) {
  const std::string name(5000, 'n');
  Slot slot{path(), 0, std::string(100, 'm'), name};
  const Buffer buffer = slot.prepare();
  EXPECT_TRUE(buffer.data.empty());
  *buffer.attribute = 1;
  EXPECT_EQ(slot.state(), State::in_doubt);
  EXPECT_TRUE(name.starts_with(slot.message().name));
}

TEST_F(JournalTest, AForeignFileIsRefusedAndKept) {
  std::string foreign(20480, '\0');
  for (const std::string& text : {""s, "notes"s, std::string(4096, 'x'), foreign}) {
    const std::string file = directory_.file("slot-0", text);
    EXPECT_THROW(static_cast<void>(slot()), Error);
    EXPECT_EQ(test::all_of(file), text);
    std::filesystem::remove(file);
  }
}

TEST_F(JournalTest, ADamagedSlotIsRefused) {
  {
    Slot first = slot();
    first.hold(arrive(first.prepare(), "x", 1));
  }
  const std::string good = test::all_of(path());
  const auto refused = [&](std::string text) {
    std::filesystem::remove(path());
    static_cast<void>(directory_.file("slot-0", text));
    EXPECT_THROW(static_cast<void>(slot()), Error);
  };
  refused(good.substr(0, good.size() - 1));
  refused(good.substr(0, 4096));
  refused(good + "x");
  std::string huge = good.substr(0, 4096);  // a capacity of 2^63 bytes: twice that is none
  huge.replace(16, 8, "\0\0\0\0\0\0\0\x80"s);
  refused(huge);
}

TEST_F(JournalTest, WhatWasLeftHalfMadeIsNoSlot) {
  static_cast<void>(directory_.file("slot-0.new", "half"));
  EXPECT_EQ(slot().state(), State::free);
  EXPECT_EQ(test::names_in(directory_.path()), std::vector<std::string>{"slot-0"});
}

TEST_F(JournalTest, ADirectoryOfSlots) {
  const std::string directory = directory_.path() + "/a/b";
  {
    Journal journal{directory, 3, capacity, "mq", "/jobs"};
    EXPECT_EQ(journal.slots().size(), 3U);
    EXPECT_EQ(journal.undelivered(), 0U);
    EXPECT_EQ(journal.directory(), directory);
    Slot& last = journal.slots()[2];
    last.hold(arrive(last.prepare(), "x", 1));
    arrive(journal.slots()[0].prepare(), "y", 1);
    static_cast<void>(journal.slots()[1].prepare());
    EXPECT_EQ(journal.undelivered(), 2U);
  }
  struct stat status {};
  ASSERT_EQ(::stat(directory.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
  Journal fewer{directory, 1, capacity, "mq", "/jobs"};
  EXPECT_EQ(fewer.slots().size(), 3U) << "those of an earlier run with more jobs";
  EXPECT_EQ(fewer.undelivered(), 2U);
  EXPECT_EQ(fewer.slots()[2].message().data, "x");
}

TEST_F(JournalTest, OneProcessAtATime) {
  const Journal journal{directory_.path(), 1, capacity, "mq", "/jobs"};
  try {
    const Journal second{directory_.path(), 1, capacity, "mq", "/jobs"};
    FAIL() << "used twice";
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), directory_.path() + ": another process uses this journal");
    EXPECT_EQ(error.status(), Exit::failed);
  }
}

TEST_F(JournalTest, AKilledProcessLeavesNoLock) {
  const int status = test::in_child([&] {
    const Journal journal{directory_.path(), 1, capacity, "mq", "/jobs"};
    return ::raise(SIGKILL);
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_NO_THROW((Journal{directory_.path(), 1, capacity, "mq", "/jobs"}));
}

TEST_F(JournalTest, WhereNoDirectoryCanBe) {
  const std::string file = directory_.file("file", "");
  EXPECT_THROW((Journal{file, 1, capacity, "mq", "/jobs"}), Error);
  EXPECT_THROW((Journal{file + "/below", 1, capacity, "mq", "/jobs"}), Error);
}

}  // namespace
}  // namespace ipctl
