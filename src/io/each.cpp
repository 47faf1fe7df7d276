// each: several objects, one status.
#include "io/each.hpp"

#include "io/json.hpp"
#include "os/error.hpp"

namespace ipctl {
namespace {

void append_item(std::string& list, const std::string& item) {
  list.append(list.empty() ? "" : ",").append(item);
}

}  // namespace

Exit with_failure(Exit so_far, Exit failure) {
  return so_far == Exit::ok || so_far == failure ? failure : Exit::failed;
}

Exit for_each_name(const std::vector<std::string>& names, const Output& output,
                   const std::function<void(const std::string& name)>& action) {
  Exit status = Exit::ok;
  for (const std::string& name : names) {
    try {
      action(name);
    } catch (const Error& error) {
      output.complain(error.what());
      status = with_failure(status, error.status());
    }
  }
  return status;
}

std::vector<std::string> checked(const std::vector<std::string>& names, std::string (*check)(std::string_view name)) {
  std::vector<std::string> all;
  for (const std::string& name : names) all.push_back(check(name));
  return all;
}

Exit remove_each(const std::vector<std::string>& names, Missing missing, const Output& output,
                 const std::function<void(const std::string& name)>& remove) {
  std::string removed;
  std::string errors;
  const Exit status = for_each_name(names, output, [&](const std::string& name) {
    try {
      remove(name);
      append_item(removed, "{" + json_name(name) + "}");
    } catch (const Error& error) {
      if (missing == Missing::is_fine && error.status() == Exit::missing) return;
      append_item(errors, error_json(name, error.what()));
      throw;
    }
  });
  if (output.json) output.write("{\"schema\":1,\"removed\":[" + removed + "],\"errors\":[" + errors + "]}\n");
  return status;
}

}  // namespace ipctl
