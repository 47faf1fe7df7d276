// What the fuzz targets share: values made of the input's bytes, and the check of a property.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace ipctl::fuzz {

/// Ends the target when a property does not hold; libFuzzer keeps the input.
inline void require(bool holds, std::string_view property) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(property.size()), property.data());
  std::abort();
}

/// Takes values from the front of the input; zeros when it is used up.
class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  std::uint8_t byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  /// 0 to `most`.
  std::size_t up_to(std::size_t most) { return (byte() | std::size_t{byte()} << 8U) % (most + 1); }
  std::string_view text(std::size_t length) {
    const std::string_view taken = rest_.substr(0, length);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  /// Up to the next newline, which is taken too.
  std::string_view line() {
    const std::string_view taken = rest_.substr(0, rest_.find('\n'));
    rest_.remove_prefix(taken.size() < rest_.size() ? taken.size() + 1 : taken.size());
    return taken;
  }
  std::string_view rest() { return text(rest_.size()); }

 private:
  std::string_view rest_;
};

/// Safe to print: no control character of ASCII.
inline bool is_shown(std::string_view text) {
  for (const char each : text) {
    if (static_cast<unsigned char>(each) < 0x20 || each == 0x7f) return false;
  }
  return true;
}

}  // namespace ipctl::fuzz
