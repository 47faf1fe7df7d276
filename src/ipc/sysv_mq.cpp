// sysv_mq: making, changing, finding and removing System V message queues, msgget(2), msgctl(2).
#include "ipc/sysv_mq.hpp"

#include <fmt/format.h>
#include <sys/msg.h>

#include <array>

#include "ipc/sysv_mq_calls.hpp"
#include "os/error.hpp"
#include "os/trace.hpp"

namespace ipctl::sysv_mq {
namespace {

std::string why_not_created(int code) {
  switch (code) {
    case ENOSPC:
      return fmt::format(
          "this IPC namespace has as many queues as it may: {} of kernel.msgmni = {}; remove some (ipctl sysv-mq ls), "
          "or "
          "raise it: sysctl kernel.msgmni=N",
          queues_in_use(), limits().msgmni);
    case EEXIST: return "a queue with this key exists already (--if-missing accepts it)";
    default: return {};
  }
}

std::string why_not_changed(int code, const sysv::Found& queue) {
  return sysv::why_not_changed(code, [&] { return inspect(queue, Holders::skip); });
}

std::string why_not_set(int code, const Change& change, const sysv::Found& queue) {
  const auto most = static_cast<std::uint64_t>(limits().msgmnb);
  if (code != EPERM || change.bytes.value_or(0) <= most) return why_not_changed(code, queue);
  return fmt::format("--bytes {} is beyond kernel.msgmnb = {}: that needs CAP_SYS_RESOURCE, or sysctl kernel.msgmnb={}",
                     *change.bytes, most, *change.bytes);
}

void set(int id, const msqid_ds& status, const Change& change, const std::string& name) {
  msqid_ds wanted = status;
  sysv::apply(change, wanted.msg_perm);
  if (change.bytes) wanted.msg_qbytes = *change.bytes;
  const int result = ::msgctl(id, IPC_SET, &wanted);
  trace::call(result, "msgctl", "{}, IPC_SET, {{uid={}, gid={}, mode={:04o}, msg_qbytes={}}}", id, wanted.msg_perm.uid,
              wanted.msg_perm.gid, wanted.msg_perm.mode & 0777U, wanted.msg_qbytes);
  if (result == 0) return;
  if (is_gone(errno)) fail_missing(name);
  const int code = errno;
  throw Error{code, "msgctl", name, why_not_set(code, change, {id, std::to_string(id), name})};
}

}  // namespace

msginfo limits() {
  msginfo info{};
  static_cast<void>(::msgctl(0, IPC_INFO, reinterpret_cast<msqid_ds*>(&info)));
  return info;
}

int queues_in_use() {
  msginfo info{};
  static_cast<void>(::msgctl(0, MSG_INFO, reinterpret_cast<msqid_ds*>(&info)));
  return info.msgpool;
}

void fail_missing(std::string_view name) {
  throw Error{Exit::missing, name, errno == EIDRM ? "the queue was removed while ipctl waited" : missing_hint};
}

int create(key_t key, const Change& attributes, const std::string& text) {
  const std::string name = text.empty() ? sysv::key_text(key) : text;
  const mode_t mode = attributes.mode.value_or(Mode{}).bits;
  // With an owner or a size to come, nobody else gets in before everything is as asked for.
  const bool is_more = attributes.bytes || attributes.owner.user || attributes.owner.group;
  const mode_t first = is_more ? 0600 : mode;
  const int id = trace::call(::msgget(key, IPC_CREAT | IPC_EXCL | static_cast<int>(first)), "msgget",
                             "{}, IPC_CREAT|IPC_EXCL|{:04o}", sysv::key_text(key), first);
  if (id < 0) throw ObjectError{errno, "msgget", name, why_not_created(errno)};
  if (!is_more) return id;
  try {
    msqid_ds status{};
    check(::msgctl(id, IPC_STAT, &status), "msgctl", name);
    Change all = attributes;
    all.mode = Mode{mode};
    set(id, status, all, name);
  } catch (const Error&) {
    trace::call(::msgctl(id, IPC_RMID, nullptr), "msgctl", "{}, IPC_RMID", id);
    throw;
  }
  return id;
}

sysv::Found find(const sysv::Selector& selector) {
  if (selector.id) return {*selector.id, std::to_string(*selector.id), selector.text};
  const int id = trace::call(::msgget(selector.key, 0), "msgget", "{}, 0", sysv::key_text(selector.key));
  if (id >= 0) return {id, std::to_string(id), selector.text};
  if (errno == ENOENT) throw ObjectError{errno, "msgget", selector.text, missing_hint};
  throw Error{errno, "msgget", selector.text};
}

void change(const sysv::Found& queue, const Change& change) {
  msqid_ds status{};
  if (trace::call(::msgctl(queue.id, IPC_STAT, &status), "msgctl", "{}, IPC_STAT", queue.id) == 0) {
    return set(queue.id, status, change, queue.text);
  }
  if (is_gone(errno)) fail_missing(queue.text);
  if (errno != EACCES) throw Error{errno, "msgctl", queue.text};
  // Its owner need not be able to read it. What is not to change is known all the same.
  const auto by_index = stat_any(queue.id);
  if (!by_index) sysv::deny(inspect(queue, Holders::skip), queue, "msgctl", "look at its attributes");
  set(queue.id, *by_index, change, queue.text);
}

void remove(const sysv::Found& queue) {
  if (trace::call(::msgctl(queue.id, IPC_RMID, nullptr), "msgctl", "{}, IPC_RMID", queue.id) == 0) return;
  if (is_gone(errno)) fail_missing(queue.text);
  const int code = errno;
  throw Error{code, "msgctl", queue.text, why_not_changed(code, queue)};
}

std::string differences(const QueueObject& queue, const Change& wanted) {
  std::string out;
  if (wanted.bytes && queue.capacity != wanted.bytes) {
    out = fmt::format("--bytes is {}, not {}", queue.capacity ? std::to_string(*queue.capacity) : "unknown",
                      *wanted.bytes);
  }
  const std::string more = ipctl::differences(queue, wanted.mode, wanted.owner);
  if (!more.empty()) out.append(out.empty() ? "" : ", ").append(more);
  return out;
}

}  // namespace ipctl::sysv_mq
