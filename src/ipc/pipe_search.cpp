// pipe_search: two scans of /proc, and pidfd_getfd(2) in between.
#include "ipc/pipe_search.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <tuple>

#include "os/file.hpp"
#include "os/holder.hpp"
#include "os/open_elsewhere.hpp"
#include "os/pipe.hpp"
#include "os/text.hpp"
#include "os/trace.hpp"

namespace ipctl::pipes {
namespace {

constexpr std::string_view deleted_mark = " (deleted)";

bool is_pipe_link(std::string_view target) {
  return target.starts_with("pipe:[");
}

bool may_be_fifo(std::string_view target) {
  return target.starts_with('/') && target != "/dev/null" && !target.starts_with("/memfd:");
}

// `path` leads us to the very file of `object`.
bool leads_to(const std::string& path, const PipeObject& object) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && status.st_dev == object.device && status.st_ino == object.inode;
}

// A FIFO has the names that its users see: the best is one that we see too.
void name_fifo(PipeObject& object, const std::string& target) {
  if (object.linked == true || (!object.name.empty() && !leads_to(target, object))) return;
  object.name = target;
  if (leads_to(target, object)) {
    object.linked = true;
  } else if (target.ends_with(deleted_mark)) {
    object.name.resize(target.size() - deleted_mark.size());
    object.linked = false;
  }
}

// A pipe is named by one of its ends: a holder's, which stays.
void name_pipe(PipeObject& object, const Descriptor& use, std::string_view command) {
  const auto is_held = [&object] {
    return std::any_of(object.holders.begin(), object.holders.end(),
                       [](const Holder& holder) { return holder.command == holder_command; });
  };
  if (!object.name.empty() && (command != holder_command || is_held())) return;
  object.name = DescriptorAddress{use.pid, use.fd}.text();
}

void add_process(std::vector<Process>& processes, pid_t pid, const std::string& command) {
  if (processes.empty() || processes.back().pid != pid) processes.push_back({pid, command});
}

// "bytes from 12 gen": from whom they have to come. `others`: all that could be seen who could.
std::string describe(std::string_view what, const std::vector<Process>& others, pid_t pid, std::string_view who) {
  const auto is_other = [pid](const Process& process) { return process.pid != pid; };
  const auto first = std::find_if(others.begin(), others.end(), is_other);
  if (first == others.end()) return fmt::format("{}, and no other {} is seen", what, who);
  const std::string& command = first->command;
  std::string text = fmt::format("{} from {} {}", what, first->pid, is_utf8(command) ? command : printable(command));
  const auto count = std::count_if(others.begin(), others.end(), is_other);
  if (count > 1) text += fmt::format(" or {} more", count - 1);
  return text;
}

std::string in_words(Wants wants, const PipeObject& object, pid_t pid) {
  switch (wants) {
    case Wants::bytes: return describe("bytes", object.writers, pid, "writer");
    case Wants::room: return describe("room", object.readers, pid, "reader");
    case Wants::either: return "bytes or room";
    case Wants::end: break;
  }
  return "the end";
}

// A descriptor that is for one of both can only wait for that.
Wants narrowed(Wants wants, const PipeObject& object, pid_t pid, int fd) {
  if (wants != Wants::either) return wants;
  const auto found = std::find_if(object.holders.begin(), object.holders.end(),
                                  [&](const Holder& holder) { return holder.pid == pid && holder.fd == fd; });
  if (found == object.holders.end() || !found->direction || *found->direction == Direction::both) return wants;
  return *found->direction == Direction::read ? Wants::bytes : Wants::room;
}

// Addresses by their numbers, paths as text.
auto sort_key(const PipeObject& object) {
  const auto address = object.kind == Kind::pipe ? parse_descriptor_address(object.name).value_or(DescriptorAddress{})
                                                 : DescriptorAddress{};
  return std::tuple{address.pid.value_or(0), address.fd, object.name};
}

}  // namespace

void set_contents(PipeObject& object, int fd) {
  const auto shown = [](const auto& number) { return number ? static_cast<long>(*number) : -1L; };
  object.capacity = pipe_capacity(fd);
  trace::call(shown(object.capacity), "fcntl", "{}, F_GETPIPE_SZ", fd);
  object.bytes = unread_bytes(fd);
  trace::call(shown(object.bytes), "ioctl", "{}, FIONREAD", fd);
}

void PipeSearch::expect(PipeObject object) {
  const Identity identity{*object.device, *object.inode};
  objects_.emplace(identity, std::move(object));
}

PipeObject* PipeSearch::object_of(const Identity& identity) {
  const auto found = objects_.find(identity);
  if (found != objects_.end()) return &found->second;
  if (scope_ == Scope::expected) return nullptr;
  PipeObject object;
  object.kind = kind_;
  object.mechanism = to_string(kind_);
  object.device = identity.first;
  object.inode = identity.second;
  return &objects_.emplace(identity, std::move(object)).first->second;
}

void PipeSearch::find_all() {
  find_ends();
  find_contents();
  find_waiters();
}

void PipeSearch::find_ends() {
  ends_ = scan_descriptors(kind_ == Kind::pipe ? is_pipe_link : may_be_fifo,
                           [this](const Descriptor& use) { add_end(use); });
}

void PipeSearch::add_end(const Descriptor& use) {
  if (!S_ISFIFO(use.mode) || use.pid == ::getpid()) return;
  const auto flags = descriptor_flags(use.pid, use.fd);
  if (flags && (*flags & O_PATH) != 0) return;  // it is no end: nothing is open
  PipeObject* const object = object_of({use.device, use.inode});
  if (object == nullptr) return;
  const std::string& command = commands_.of(use.pid);
  struct stat status {};
  if (!object->uid && ::stat(fmt::format("/proc/{}/fd/{}", use.pid, use.fd).c_str(), &status) == 0 &&
      status.st_ino == use.inode) {
    fill_status(*object, status);
  }
  const auto direction = flags ? std::optional{direction_of(*flags)} : std::nullopt;
  if (scope_ == Scope::all || object->name.empty()) {
    if (kind_ == Kind::fifo) name_fifo(*object, use.target);
    else name_pipe(*object, use, command);
  }
  object->holders.push_back({use.pid, command, use.fd, direction});
  descriptors_[use.pid].emplace(use.fd, object);
  if (direction && *direction != Direction::write) add_process(object->readers, use.pid, command);
  if (direction && *direction != Direction::read) {
    add_process(object->writers, use.pid, command);
    object->packets = object->packets.value_or(false) || (*flags & O_DIRECT) != 0;
  }
}

void PipeSearch::find_contents() {
  for (auto& [identity, object] : objects_) {
    pid_t refused = 0;
    for (const Holder& holder : object.holders) {
      if (object.capacity) break;
      if (holder.pid == refused) continue;
      const Fd end = same_descriptor_of(holder.pid, holder.fd);
      if (!end) refused = holder.pid;
      struct stat status {};
      const bool same = end && ::fstat(end.get(), &status) == 0 && Identity{status.st_dev, status.st_ino} == identity;
      if (same) set_contents(object, end.get());
    }
  }
}

void PipeSearch::find_waiters() {
  calls_ = scan_blocked_calls([this](pid_t pid, pid_t thread, const BlockedCall& call) {
    if (descriptors_.contains(pid)) add_call(pid, thread, call);
    if (kind_ == Kind::fifo) add_opener(pid, thread, call);
  });
}

PipeObject* PipeSearch::awaited(pid_t pid, const Awaited& what) {
  if (what.fd < 0) {
    const auto found = objects_.find({what.device, what.inode});
    return found == objects_.end() ? nullptr : &found->second;
  }
  const auto& of_process = descriptors_[pid];
  const auto found = of_process.find(what.fd);
  return found == of_process.end() ? nullptr : found->second;
}

void PipeSearch::add_call(pid_t pid, pid_t thread, const BlockedCall& call) {
  const auto pipe_call = pipes::pipe_call(pid, call);
  if (!pipe_call) return;
  // A call that moves bytes from one to another first waits for some, then for room.
  const bool moves = pipe_call->descriptors.size() == 2 && pipe_call->descriptors[0].wants == Wants::bytes &&
                     (pipe_call->name == "splice" || pipe_call->name == "tee" || pipe_call->name == "sendfile");
  for (const Awaited& what : pipe_call->descriptors) {
    PipeObject* const object = awaited(pid, what);
    if (object == nullptr) continue;
    const bool is_source = moves && what.wants == Wants::bytes;
    if (is_source && object->bytes.value_or(0) > 0) continue;
    const Wants wants = narrowed(what.wants, *object, pid, what.fd);
    add_waiter(*object, {pid, thread, commands_.of(pid), pipe_call->name, in_words(wants, *object, pid)});
    if (is_source) break;
  }
}

void PipeSearch::add_opener(pid_t pid, pid_t thread, const BlockedCall& call) {
  const auto open_call = pipes::open_call(pid, call);
  struct stat status {};
  if (!open_call || ::fstat(open_call->file.get(), &status) != 0 || !S_ISFIFO(status.st_mode)) return;
  PipeObject* const object = object_of({status.st_dev, status.st_ino});
  if (object == nullptr) return;
  if (!object->uid) fill_status(*object, status);
  if (object->name.empty()) {
    const auto path = read_link(AT_FDCWD, fmt::format("/proc/self/fd/{}", open_call->file.get()));
    name_fifo(*object, path.value_or(""));
  }
  const bool reads = open_call->direction == Direction::read;
  add_waiter(*object, {pid, thread, commands_.of(pid), "open", reads ? "a writer" : "a reader"});
}

void PipeSearch::add_waiter(PipeObject& object, const Waiter& waiter) {
  const auto& all = object.waiters;
  const bool is_known = !all.empty() && all.back().thread == waiter.thread && all.back().wants == waiter.wants;
  if (!is_known) object.waiters.push_back(waiter);  // poll(2) may name a pipe several times
}

std::vector<PipeObject> PipeSearch::take() {
  std::vector<PipeObject> out;
  const ScanReport report = calls_.seen == 0 ? ends_ : both(ends_, calls_);
  for (auto& [identity, object] : objects_) {
    set_usage(object, report);
    object.has_all_ends = ends_.complete();
    if (!object.waiters.empty()) object.usage = Usage::used;
    if (object.kind == Kind::fifo && object.holders.empty() && ends_.complete()) object.bytes = 0;
    out.push_back(std::move(object));
  }
  objects_.clear();
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return sort_key(a) < sort_key(b); });
  return out;
}

}  // namespace ipctl::pipes
