// DescriptorAddress: two numbers, or the word fd and one.
#include "ipc/descriptor_address.hpp"

#include <climits>

#include "os/text.hpp"

namespace ipctl {
namespace {

std::optional<int> small_number(std::string_view text) {
  const auto number = to_number(text);
  if (!number || *number > INT_MAX) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

std::string DescriptorAddress::text() const {
  return (pid ? std::to_string(*pid) : "fd") + ":" + std::to_string(fd);
}

std::optional<DescriptorAddress> parse_descriptor_address(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto fd = small_number(text.substr(colon + 1));
  if (!fd) return std::nullopt;
  if (text.substr(0, colon) == "fd") return DescriptorAddress{std::nullopt, *fd};
  const auto pid = small_number(text.substr(0, colon));
  if (!pid || *pid == 0) return std::nullopt;
  return DescriptorAddress{*pid, *fd};
}

}  // namespace ipctl
