// sysv_sem: texts of operations and values, lines of /proc/sysvipc/sem, and what the kernel makes of operations. The
// peer is the plain API.
#include "ipc/sysv_sem.hpp"

#include <gtest/gtest.h>
#include <sys/sem.h>

#include <array>
#include <chrono>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "os/error.hpp"

namespace ipctl {
namespace {

using sysv_sem::Operation;
using sysv_sem::parse_operation;
using sysv_sem::parse_values;

// A set of this test alone, made and removed with semget(2) and semctl(2).
class SysvSemUse : public testing::Test {
 public:
  SysvSemUse() : id(::semget(IPC_PRIVATE, 2, IPC_CREAT | 0600)), set{id, std::to_string(id), "it"} {}
  ~SysvSemUse() override { remove(); }
  SysvSemUse(const SysvSemUse&) = delete;
  SysvSemUse& operator=(const SysvSemUse&) = delete;

 protected:
  void SetUp() override { ASSERT_GE(id, 0); }
  void remove() const { static_cast<void>(::semctl(id, 0, IPC_RMID)); }
  [[nodiscard]] int value(int number) const { return ::semctl(id, number, GETVAL); }
  [[nodiscard]] Outcome perform(std::initializer_list<Operation> operations,
                                Deadline deadline = Deadline::now()) const {
    return sysv_sem::perform(set, std::span{operations.begin(), operations.size()}, {.deadline = deadline});
  }

  int id;
  sysv::Found set;
};

Exit status_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.status();
  }
  return Exit::ok;
}

TEST(SysvSemOperation, IsRead) {
  EXPECT_EQ(parse_operation("0:-1"), (Operation{.number = 0, .change = -1}));
  EXPECT_EQ(parse_operation("12:+32767u"), (Operation{.number = 12, .change = 32767, .undo = true}));
  EXPECT_EQ(parse_operation("3:=0"), (Operation{.number = 3}));
  EXPECT_EQ(parse_operation("70000:+1").number, 70000U);  // whether the set has it, the kernel says
}

TEST(SysvSemOperation, IsWrittenAsItIsRead) {
  for (const char* const text : {"0:-1", "12:+32767u", "3:=0", "1:-5u"})
    EXPECT_EQ(sysv_sem::to_string(parse_operation(text)), text);
}

bool is_operation(std::string_view text) {
  try {
    static_cast<void>(parse_operation(text));
    return true;
  } catch (const UsageError&) {
    return false;
  }
}

bool are_values(std::string_view text) {
  try {
    static_cast<void>(parse_values(text));
    return true;
  } catch (const UsageError&) {
    return false;
  }
}

TEST(SysvSemOperation, GarbageIsRefused) {
  using namespace std::string_view_literals;
  for (const std::string_view text : {""sv,
                                      ":"sv,
                                      "0"sv,
                                      "0:"sv,
                                      ":+1"sv,
                                      "0:1"sv,
                                      "0:+"sv,
                                      "0:-u"sv,
                                      "0:u"sv,
                                      "0:+0"sv,
                                      "0:-0"sv,
                                      "0:=1"sv,
                                      "0:=0u"sv,
                                      "0:=0 "sv,
                                      " 0:+1"sv,
                                      "0:+ 1"sv,
                                      "0:+-1"sv,
                                      "0:+32768"sv,
                                      "0:+1uu"sv,
                                      "0x1:+1"sv,
                                      "-1:+1"sv,
                                      "0:+99999999999999999999"sv,
                                      "99999999999999999999:+1"sv,
                                      "0:+1\0"sv,
                                      "0:\xff"sv}) {
    EXPECT_FALSE(is_operation(text)) << text;
  }
}

TEST(SysvSemValues, AreRead) {
  EXPECT_EQ(parse_values("0"), std::vector<std::uint16_t>{0});
  EXPECT_EQ(parse_values("1,32767,0"), (std::vector<std::uint16_t>{1, 32767, 0}));
}

TEST(SysvSemValues, GarbageIsRefused) {
  for (const char* const text : {"", ",", "1,", ",1", "1,,2", "32768", "-1", "1 2", "0x1", "99999999999999999999"})
    EXPECT_FALSE(are_values(text)) << text;
}

TEST(SysvSemRow, IsRead) {
  constexpr std::array<std::int64_t, 10> row{77, 32769, 0640, 3, 1, 2, 3, 4, 1700000000, 1600000000};
  const auto object = sysv_sem::read_row(row);
  ASSERT_TRUE(object);
  EXPECT_EQ(object->mechanism, "sysv-sem");
  EXPECT_EQ(object->name, "32769");
  EXPECT_EQ(object->key, 77);
  EXPECT_EQ(object->mode, 0640U);
  EXPECT_EQ(object->size, 3U);
  EXPECT_EQ(object->uid, 1U);
  EXPECT_EQ(object->creator_group, 4U);
  EXPECT_EQ(object->operated->tv_sec, 1700000000);
  EXPECT_EQ(object->changed->tv_sec, 1600000000);
  EXPECT_FALSE(object->semaphores);
}

TEST(SysvSemRow, NeverOperatedOnIsUnknown) {
  constexpr std::array<std::int64_t, 10> row{0, 0, 0600, 1, 0, 0, 0, 0, 0, 1600000000};
  EXPECT_FALSE(sysv_sem::read_row(row)->operated);
}

TEST(SysvSemRow, GarbageIsLeftOut) {
  constexpr std::array<std::int64_t, 10> row{77, 1, 0640, 3, 1, 2, 3, 4, 5, 6};
  for (std::size_t size = 0; size < row.size(); ++size) EXPECT_FALSE(sysv_sem::read_row(std::span{row}.first(size)));
  for (const std::size_t column : {1U, 3U}) {
    auto bad = row;
    bad[column] = -1;
    EXPECT_FALSE(sysv_sem::read_row(bad));
  }
  auto beyond = row;
  beyond[1] = std::int64_t{1} << 31U;
  EXPECT_FALSE(sysv_sem::read_row(beyond));
}

TEST_F(SysvSemUse, AllOrNothing) {
  EXPECT_EQ(perform({{.number = 0, .change = 2}, {.number = 1, .change = -1}}), Outcome::timed_out);
  EXPECT_EQ(value(0), 0);
  EXPECT_EQ(perform({{.number = 1, .change = 1}, {.number = 0, .change = 2}, {.number = 1, .change = -1}}),
            Outcome::done);
  EXPECT_EQ(value(0), 2);
  EXPECT_EQ(value(1), 0);
}

TEST_F(SysvSemUse, DeadlinePasses) {
  const auto start = Deadline::Clock::now();
  EXPECT_EQ(perform({{.number = 0, .change = -1}}, Deadline::after(std::chrono::milliseconds{50})), Outcome::timed_out);
  EXPECT_GE(Deadline::Clock::now() - start, std::chrono::milliseconds{50});
}

TEST_F(SysvSemUse, ErrorsNameTheOperation) {
  const auto text_of = [this](std::initializer_list<Operation> operations) {
    try {
      static_cast<void>(perform(operations));
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string{};
  };
  EXPECT_EQ(text_of({{.number = 0, .change = 1}, {.number = 2, .change = 1}}),
            "it: 2:+1: the set has 2 semaphores, 0 to 1");
  EXPECT_EQ(text_of({{.number = 70000, .change = 1}}), "it: 70000:+1: the set has 2 semaphores, 0 to 1");
  EXPECT_EQ(text_of({{.number = 1, .change = 1}, {.number = 0, .change = 32767}, {.number = 0, .change = 1}}),
            "it: 0:+1: the value would exceed 32767 (SEMVMX)");
  EXPECT_EQ(value(1), 0);
}

TEST_F(SysvSemUse, GoneIsMissing) {
  remove();
  EXPECT_EQ(status_of([this] { static_cast<void>(perform({{.number = 0, .change = 1}})); }), Exit::missing);
  EXPECT_EQ(status_of([this] { sysv_sem::remove(set); }), Exit::missing);
  EXPECT_EQ(status_of([this] { sysv_sem::set_value(set, 0, 1); }), Exit::missing);
}

TEST_F(SysvSemUse, SourceTakesABatchAndGivesBackTheRest) {
  ASSERT_EQ(::semctl(id, 1, SETVAL, 5), 0);
  {
    const auto source = sysv_sem::source(set, 1, 3);
    EXPECT_EQ(source->waiting(), 5U);
    Message message;
    ASSERT_EQ(source->receive({.data = {}}, message, {.deadline = Deadline::now()}), Outcome::done);
    EXPECT_EQ(message.name, set.name);
    EXPECT_TRUE(source->is_divided());
    EXPECT_EQ(value(1), 2);
  }
  EXPECT_EQ(value(1), 4);
}

TEST_F(SysvSemUse, CountOfValuesIsTheSets) {
  EXPECT_THROW(sysv_sem::set_values(set, {1}), UsageError);
  EXPECT_THROW(sysv_sem::set_values(set, {1, 2, 3}), UsageError);
  sysv_sem::set_values(set, {1, 2});
  EXPECT_EQ(value(1), 2);
}

TEST(SysvSemCreate, NewSetIsReady) {
  for (const std::vector<std::uint16_t>& values : {std::vector<std::uint16_t>{}, std::vector<std::uint16_t>{4, 0}}) {
    const auto created = sysv_sem::create({.text = "private", .count = 2, .values = values, .mode = {}, .owner = {}},
                                          sysv::Existing::refuse);
    const auto object = sysv_sem::inspect(created.object, Holders::skip, sysv_sem::Values::read);
    sysv_sem::remove(created.object);
    EXPECT_TRUE(created.is_new);
    EXPECT_TRUE(object.operated);
    EXPECT_EQ(object.mode, 0600U);
    EXPECT_EQ(object.semaphores->at(0).value, values.empty() ? 0U : 4U);
  }
}

}  // namespace
}  // namespace ipctl
