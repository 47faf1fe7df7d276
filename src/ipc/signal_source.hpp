// signals: what is sent to this process, one message each, signalfd(2).
#pragma once

#include <sys/signalfd.h>

#include <memory>
#include <string>
#include <vector>

#include "ipc/message.hpp"

namespace ipctl::signals {

/// Blocks `numbers` (not empty), for good: one that comes once nobody receives any more does nothing. From then on
/// none is missed. A message's data is the signal's name; its fields tell all else. Throws Error.
[[nodiscard]] std::unique_ptr<Source> source(const std::vector<int>& numbers);

/// Why it was sent, in words: "user" for kill(2), "queue" for sigqueue(3), ...; empty for what is not known.
[[nodiscard]] std::string_view code_in_words(int signal, int code);

/// Throws UsageError for those that nobody can wait for.
void require_receivable(int number);

}  // namespace ipctl::signals
