// signals: names, numbers, lists and sets.
#include "ipc/signal_names.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "os/error.hpp"

namespace ipctl::signals {
namespace {

using Names = std::vector<std::string>;

TEST(SignalNames, AreReadInAnySpelling) {
  for (const char* text : {"TERM", "SIGTERM", "term", "SigTerm", "15", "015"}) EXPECT_EQ(find(text), SIGTERM) << text;
  EXPECT_EQ(find("IOT"), SIGABRT);
  EXPECT_EQ(find("SIGCLD"), SIGCHLD);
  EXPECT_EQ(find("POLL"), find("IO"));
  EXPECT_EQ(find("RTMIN"), SIGRTMIN);
  EXPECT_EQ(find("RTMIN+0"), SIGRTMIN);
  EXPECT_EQ(find("sigrtmin+3"), SIGRTMIN + 3);
  EXPECT_EQ(find("RTMAX-1"), SIGRTMAX - 1);
  EXPECT_EQ(find("RTMIN+30"), SIGRTMAX);
}

TEST(SignalNames, OfWhatIsNoneAreRefused) {
  for (const char* text : {"", "0", "SIG", "SIGSIGTERM", "TERM ", "32", "33", "65", "-1", "+15", "RTMIN+31", "RTMIN-1",
                           "RTMAX+1", "RTMAX-31", "RTMIN+", "RTMIN+x", "99999999999999999999", "TERM,HUP"}) {
    EXPECT_EQ(find(text), std::nullopt) << text;
    EXPECT_THROW(static_cast<void>(parse(text)), UsageError) << text;
  }
  EXPECT_EQ(parse_or_zero("0"), 0);
  EXPECT_THROW(static_cast<void>(parse_or_zero("00")), UsageError);
}

TEST(SignalNames, EachIsReadAsItIsWritten) {
  EXPECT_EQ(all().size(), 62U);
  for (const int number : all()) EXPECT_EQ(find(name_of(number)), number);
  EXPECT_EQ(name_of(SIGRTMIN + 15), "RTMIN+15");
  EXPECT_EQ(name_of(SIGRTMIN + 16), "RTMAX-14");
  EXPECT_EQ(name_of(33), "33");
}

TEST(SignalNames, EachHasADescription) {
  for (const int number : all()) EXPECT_FALSE(description_of(number).empty()) << number;
}

TEST(SignalNames, SetsAreNames) {
  EXPECT_EQ(names_of(0), Names{});
  EXPECT_EQ(names_of(bit(SIGHUP) | bit(SIGRTMAX) | bit(32)), (Names{"HUP", "32", "RTMAX"}));
  EXPECT_EQ(names_of(~Mask{0}).size(), 64U);
}

TEST(SignalNames, ListsHaveCommas) {
  const List list = parse_list({"USR1,term", "RTMIN"});
  EXPECT_EQ(names_of(list.named), (Names{"USR1", "TERM", "RTMIN"}));
  EXPECT_FALSE(list.all);
  EXPECT_TRUE(parse_list({"all,HUP"}).all);
  for (const char* text : {"", ",", "TERM,", ",TERM", "TERM HUP"}) {
    EXPECT_THROW(static_cast<void>(parse_list({text})), UsageError) << text;
  }
}

}  // namespace
}  // namespace ipctl::signals
