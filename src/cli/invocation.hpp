// Invocation: one command line of one verb.
#pragma once

#include <span>
#include <string>

#include "cli/spec.hpp"

namespace ipctl {

/// --help was asked for; unwinds to dispatch.
struct HelpRequested {};

class Invocation {
 public:
  /// arguments: what follows the verb.
  Invocation(const Mechanism& mechanism, const Verb& verb, std::span<const char* const> arguments)
      : verb_(verb), arguments_(arguments) {
    output_.command = std::string(mechanism.name) + " " + std::string(verb.name);
  }

  /// Parses into the verb's options struct. Throws UsageError, HelpRequested. cli/parser.cpp.
  void parse(void* options);
  [[nodiscard]] Output& output() { return output_; }

 private:
  const Verb& verb_;
  std::span<const char* const> arguments_;
  Output output_;
};

}  // namespace ipctl
