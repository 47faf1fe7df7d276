// mq: opening, creating and removing POSIX message queues, mq_open(3), mq_unlink(3).
#include "ipc/mq.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <limits>

#include "ipc/posix_name.hpp"
#include "os/error.hpp"
#include "os/file.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"
#include "os/users.hpp"

namespace ipctl::mq {
namespace {

constexpr std::uint64_t hard_max_messages = 65536;     // HARD_MSGMAX, the kernel's own ceiling, mq_overview(7)
constexpr std::uint64_t hard_message_size = 16777216;  // HARD_MSGSIZEMAX

std::uint64_t limit(const char* name, std::uint64_t otherwise) {
  return read_number_file(std::string("/proc/sys/fs/mqueue/") + name).value_or(otherwise);
}

struct Dimensions {
  std::uint64_t max_messages;
  std::uint64_t message_size;
};

// What a queue gets: the system's defaults where nothing was asked for.
Dimensions dimensions(const Attributes& wanted) {
  const auto least = [](const char* preset, const char* most, std::uint64_t otherwise) {
    return std::min(limit(preset, otherwise), limit(most, otherwise));
  };
  return {wanted.max_messages ? *wanted.max_messages : least("msg_default", "msg_max", 10),
          wanted.message_size ? *wanted.message_size : least("msgsize_default", "msgsize_max", 8192)};
}

// EINVAL from mq_open(3) names neither the attribute nor the limit.
std::string why_invalid(const Dimensions& asked) {
  if (asked.max_messages == 0) return "a queue takes at least 1 message (--max-messages)";
  if (asked.message_size == 0) return "messages of at least 1 byte must fit (--message-size)";
  const auto beyond = [](std::string_view what, std::uint64_t value, std::string_view sysctl, std::uint64_t most,
                         std::uint64_t ceiling) {
    if (value > ceiling) return fmt::format("{} {} is beyond the kernel's maximum of {}", what, value, ceiling);
    return fmt::format("{0} {1} is beyond {2} = {3}; ask for less, or raise it: sysctl {2}={1}", what, value, sysctl,
                       most);
  };
  const std::uint64_t most_messages = limit("msg_max", 10);
  if (asked.max_messages > most_messages) {
    return beyond("--max-messages", asked.max_messages, "fs.mqueue.msg_max", most_messages, hard_max_messages);
  }
  const std::uint64_t most_bytes = limit("msgsize_max", 8192);
  if (asked.message_size > most_bytes) {
    return beyond("--message-size", asked.message_size, "fs.mqueue.msgsize_max", most_bytes, hard_message_size);
  }
  return {};
}

// EMFILE from mq_open(3) is the user's share of queue memory far more often than a lack of descriptors.
std::string why_too_many(const Dimensions& asked) {
  if (const Fd probe{::open("/dev/null", O_RDONLY | O_CLOEXEC)}; !probe && errno == EMFILE) {
    return "too many open descriptors (RLIMIT_NOFILE; ulimit -n)";
  }
  rlimit most{};
  ::getrlimit(RLIMIT_MSGQUEUE, &most);
  return fmt::format(
      "the queue counts {} bytes, and with those of your other queues that is beyond RLIMIT_MSGQUEUE = {}; remove some "
      "(ipctl mq ls), ask for fewer or smaller messages, or raise the limit (ulimit -q)",
      accounted_bytes(asked.max_messages, asked.message_size), most.rlim_cur);
}

std::string why_not_created(int code, const Dimensions& asked) {
  switch (code) {
    case EINVAL:
    case EOVERFLOW: return why_invalid(asked);
    case EMFILE: return why_too_many(asked);
    case ENOSPC:
      return fmt::format(
          "this IPC namespace has as many queues as it may, fs.mqueue.queues_max = {}; remove some (ipctl mq ls), or "
          "raise "
          "it: sysctl fs.mqueue.queues_max=N",
          limit("queues_max", 256));
    case EEXIST: return "the queue exists already (--if-missing accepts it)";
    default: return {};
  }
}

[[noreturn]] void refuse_open(int code, const std::string& name, std::string_view purpose) {
  if (code == ENOENT) throw ObjectError{code, "mq_open", name, "no such queue (ipctl mq ls lists them)"};
  if (code == EACCES) deny(inspect(name, Holders::skip), "mq_open", purpose);
  throw Error{code, "mq_open", name};
}

Fd open_existing(const std::string& name, int access, std::string_view access_name) {
  return Fd{trace::call(::mq_open(name.c_str(), access | O_NONBLOCK | O_CLOEXEC), "mq_open",
                        "{}, {}|O_NONBLOCK|O_CLOEXEC", trace::quoted(name), access_name)};
}

}  // namespace

std::string canonical_name(std::string_view name) {
  return posix_name(name, {.what = "a queue name"});
}

std::uint64_t accounted_bytes(std::uint64_t max_messages, std::uint64_t message_size) {
  // ipc/mqueue.c: struct msg_msg and struct posix_msg_tree_node, 48 bytes each on 64-bit machines; getrlimit(2).
  constexpr std::uint64_t message_overhead = 6 * sizeof(void*);
  constexpr std::uint64_t node_size = 6 * sizeof(void*);
  constexpr std::uint64_t most_nodes = max_priority + 1;
  const auto total =
      static_cast<__uint128_t>(max_messages) * (static_cast<__uint128_t>(message_size) + message_overhead) +
      static_cast<__uint128_t>(std::min(max_messages, most_nodes)) * node_size;
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return total > most ? most : static_cast<std::uint64_t>(total);
}

Queue Queue::open(std::string_view name, Access access) {
  std::string canonical = canonical_name(name);
  struct Way {
    int flags;
    std::string_view text, purpose;
  };
  static constexpr Way ways[] = {{O_RDONLY, "O_RDONLY", "receive"}, {O_WRONLY, "O_WRONLY", "send"}};
  const Way& way = ways[static_cast<std::size_t>(access)];
  Fd fd = open_existing(canonical, way.flags, way.text);
  if (!fd) refuse_open(errno, canonical, way.purpose);
  return {std::move(canonical), std::move(fd)};
}

Queue Queue::create(std::string_view name, const Attributes& attributes) {
  std::string canonical = canonical_name(name);
  const Dimensions asked = dimensions(attributes);
  constexpr std::uint64_t most = std::numeric_limits<long>::max();
  if (asked.max_messages > most || asked.message_size > most)
    throw Error{EINVAL, "mq_open", canonical, why_invalid(asked)};
  mq_attr attr{};
  attr.mq_maxmsg = static_cast<long>(asked.max_messages);
  attr.mq_msgsize = static_cast<long>(asked.message_size);
  // With another owner to come, nobody else gets in before everything is as asked for.
  const mode_t mode = attributes.mode.value_or(Mode{}).bits;
  const mode_t first = attributes.owner.user || attributes.owner.group ? 0600 : mode;
  Fd fd{trace::call(::mq_open(canonical.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NONBLOCK | O_CLOEXEC, first, &attr),
                    "mq_open",
                    "{}, O_RDWR|O_CREAT|O_EXCL|O_NONBLOCK|O_CLOEXEC, {:04o}, {{mq_maxmsg={}, mq_msgsize={}}}",
                    trace::quoted(canonical), first, attr.mq_maxmsg, attr.mq_msgsize)};
  if (!fd) throw ObjectError{errno, "mq_open", canonical, why_not_created(errno, asked)};
  try {
    change_owner(fd.get(), attributes.owner, canonical);
    change_mode(fd.get(), mode, canonical);  // mq_open(3) takes the umask's bits away
  } catch (const Error&) {
    trace::call(::mq_unlink(canonical.c_str()), "mq_unlink", "{}", trace::quoted(canonical));
    throw;
  }
  return {std::move(canonical), std::move(fd)};
}

mq_attr attributes_of(const Fd& fd, std::string_view name) {
  mq_attr attr{};
  const int result = ::mq_getattr(fd.get(), &attr);
  trace::call(result, "mq_getattr", "{}, {{mq_maxmsg={}, mq_msgsize={}, mq_curmsgs={}}}", fd.get(), attr.mq_maxmsg,
              attr.mq_msgsize, attr.mq_curmsgs);
  check(result, "mq_getattr", name);
  return attr;
}

void Queue::set_blocking(bool blocking) {
  if (blocking == blocking_) return;
  mq_attr attr{};
  attr.mq_flags = blocking ? 0 : O_NONBLOCK;
  check(trace::call(::mq_setattr(fd_.get(), &attr, nullptr), "mq_setattr", "{}, {{mq_flags={}}}", fd_.get(),
                    blocking ? "0" : "O_NONBLOCK"),
        "mq_setattr", name_);
  blocking_ = blocking;
}

std::string differences(const QueueObject& queue, const Attributes& wanted) {
  std::string out;
  const auto differ = [&](std::string_view what, const auto& has, const auto& asked, const auto& show) {
    if (!asked || has == asked) return;
    if (!has) deny(queue, "mq_open", "look at its attributes");
    out += fmt::format("{}{} is {}, not {}", out.empty() ? "" : ", ", what, show(*has), show(*asked));
  };
  const auto number = [](std::uint64_t value) { return value; };
  differ("--max-messages", queue.capacity, wanted.max_messages, number);
  differ("--message-size", queue.message_size, wanted.message_size, number);
  const std::string more = ipctl::differences(queue, wanted.mode, wanted.owner);
  if (!more.empty()) out.append(out.empty() ? "" : ", ").append(more);
  return out;
}

void remove(std::string_view name) {
  const std::string canonical = canonical_name(name);
  if (trace::call(::mq_unlink(canonical.c_str()), "mq_unlink", "{}", trace::quoted(canonical)) == 0) return;
  const int code = errno;
  if (code == ENOENT) throw ObjectError{code, "mq_unlink", canonical, "no such queue (ipctl mq ls lists them)"};
  if (code == EACCES || code == EPERM) {
    throw Error{code, "mq_unlink", canonical,
                "permission denied: only its owner or root may remove a queue (mqueue is sticky)"};
  }
  throw Error{code, "mq_unlink", canonical};
}

}  // namespace ipctl::mq
