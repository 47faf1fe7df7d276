// Journal: slots in mapped files, mmap(2).
#include "io/journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>

#include "io/save.hpp"
#include "os/error.hpp"

namespace ipctl {
namespace {

constexpr std::size_t page = 4096;
constexpr std::uint32_t no_attribute = 0xffffffff;  // no mechanism has such a priority
constexpr std::string_view magic = "ipctlj01";

std::size_t whole_pages(std::size_t bytes) {
  return (bytes + page - 1) / page * page;
}

std::size_t file_size(std::size_t capacity) {
  return page + 2 * whole_pages(capacity);
}

// Bytes that stand in no UTF-8 text: the end of a text is where they begin.
void fill_sentinel(std::span<char> out) {
  static constexpr std::array<unsigned char, 13> bytes{0xc0, 0xc1, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9,
                                                       0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff};
  std::array<unsigned char, 256> random{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % random.size() == 0) check(::getrandom(random.data(), random.size(), 0), "getrandom");
    out[i] = static_cast<char>(bytes[random[i % random.size()] % bytes.size()]);
  }
}

std::size_t copy_text(std::span<char> to, std::string_view text) {
  const std::size_t length = std::min(to.size(), text.size());
  std::copy_n(text.begin(), length, to.begin());
  return length;
}

}  // namespace

// One page at the start of the file, its last bytes are the type that the kernel writes; the data follows, then as many
// bytes of sentinel.
struct Slot::Header {
  char magic[8];
  std::uint32_t state;      // free, receiving, held: 0, 1, 2
  std::uint32_t attribute;  // the kernel's: written in the same call as the data
  std::uint64_t capacity;
  std::uint64_t length;
  std::int64_t type;
  std::uint32_t has_priority;
  std::uint32_t has_type;
  std::uint32_t mechanism_length;
  std::uint32_t name_length;
  char mechanism[32];
  char name[1024];
};

namespace {

enum : std::uint32_t { state_free, state_receiving, state_held };

// The compiler must not move the change of state before what it vouches for. Another process reads it, if any.
void set_state(std::uint32_t& state, std::uint32_t value) {
  std::atomic_ref(state).store(value, std::memory_order_seq_cst);
}

}  // namespace

Slot::Slot(const std::string& path, std::size_t capacity, std::string_view mechanism, std::string_view name) {
  static_assert(sizeof(Header) <= page - sizeof(long));
  if (reopen(path) && state() != State::free) return;
  create(path, capacity, mechanism, name);
}

// False where there is no such file.
bool Slot::reopen(const std::string& path) {
  const Fd fd{::open(path.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC)};
  if (!fd && errno == ENOENT) return false;
  check(fd.get(), "open", path);
  struct stat status {};
  check(::fstat(fd.get(), &status), "fstat", path);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const auto refuse = [&path] { throw Error{Exit::failed, path, "is not a journal of this program"}; };
  if (!S_ISREG(status.st_mode) || size < page) refuse();
  const Mapping first{fd.get(), page, PROT_READ, MAP_SHARED, path};
  const auto& old = *reinterpret_cast<const Header*>(first.bytes().data());
  if (std::string_view(old.magic, sizeof old.magic) != magic) refuse();
  if (old.capacity > size || size != file_size(old.capacity)) refuse();
  capacity_ = dirty_ = old.capacity;
  file_ = Mapping{fd.get(), size, PROT_READ | PROT_WRITE, MAP_SHARED, path};
  return true;
}

// Under another name until it is complete: whenever we are killed, `path` is a whole slot or none.
void Slot::create(const std::string& path, std::size_t capacity, std::string_view mechanism, std::string_view name) {
  const std::string fresh = path + ".new";
  ::unlink(fresh.c_str());  // of a run that was killed
  const Fd fd{check(::open(fresh.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600), "open", fresh)};
  const std::size_t size = file_size(capacity);
  // A full disk is an error now, and no SIGBUS later.
  int code = EINTR;
  while (code == EINTR) code = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(size));
  if (code != 0) {
    ::unlink(fresh.c_str());
    throw Error{code, "posix_fallocate", fresh};
  }
  file_ = Mapping{fd.get(), size, PROT_READ | PROT_WRITE, MAP_SHARED, fresh};
  capacity_ = capacity;
  dirty_ = 0;
  Header& to = header();
  copy_text(to.magic, magic);
  to.capacity = capacity;
  to.mechanism_length = static_cast<std::uint32_t>(copy_text(to.mechanism, mechanism));
  to.name_length = static_cast<std::uint32_t>(copy_text(to.name, name));
  fill_sentinel(sentinel());
  std::memcpy(data().data(), sentinel().data(), capacity_);
  check(::rename(fresh.c_str(), path.c_str()), "rename", path);
}

Slot::Header& Slot::header() const {
  return *reinterpret_cast<Header*>(file_.bytes().data());
}

long& Slot::kernel_type() const {
  return *reinterpret_cast<long*>(file_.bytes().data() + page - sizeof(long));
}

std::span<char> Slot::data() const {
  return file_.bytes().subspan(page, capacity_);
}

std::span<char> Slot::sentinel() const {
  return file_.bytes().subspan(page + whole_pages(capacity_), capacity_);
}

std::size_t Slot::touched() const {
  std::size_t length = capacity_;
  while (length > 0 && data()[length - 1] == sentinel()[length - 1]) --length;
  return length;
}

bool Slot::is_touched() const {
  return header().attribute != no_attribute || kernel_type() != 0 || touched() > 0;
}

Slot::State Slot::state() const {
  switch (header().state) {
    case state_held: return State::held;
    case state_receiving: return is_touched() ? State::in_doubt : State::free;
    default: return State::free;
  }
}

Message Slot::message() const {
  const Header& from = header();
  const bool held = from.state == state_held;
  Message message;
  message.mechanism = {from.mechanism, std::min<std::size_t>(from.mechanism_length, sizeof from.mechanism)};
  message.name = {from.name, std::min<std::size_t>(from.name_length, sizeof from.name)};
  message.data = {data().data(), held ? std::min<std::size_t>(from.length, capacity_) : touched()};
  message.in_doubt = !held;
  if (held ? from.has_priority != 0 : from.attribute != no_attribute) message.priority = from.attribute;
  if (held && from.has_type != 0) message.type = from.type;
  if (!held && kernel_type() != 0) message.type = kernel_type();  // types are from 1, msgop(2)
  return message;
}

Buffer Slot::prepare() {
  Header& to = header();
  std::memcpy(data().data(), sentinel().data(), dirty_);
  dirty_ = 0;
  // Write to every page: one that was written back meanwhile would fault in the middle of the kernel's copy, and a
  // fault that SIGKILL interrupts loses the message.
  for (std::size_t at = 0; at < capacity_; at += page) {
    const_cast<volatile char&>(data()[at]) = sentinel()[at];
  }
  to.attribute = no_attribute;
  kernel_type() = 0;
  set_state(to.state, state_receiving);
  return {.data = data(), .attribute = &to.attribute, .type = &kernel_type()};
}

void Slot::hold(const Message& message) {
  Header& to = header();
  dirty_ = message.data.size();
  to.length = message.data.size();
  to.has_priority = message.priority ? 1 : 0;
  if (message.priority) to.attribute = *message.priority;
  to.has_type = message.type ? 1 : 0;
  to.type = message.type.value_or(0);
  set_state(to.state, state_held);
}

void Slot::release() {
  if (header().state == state_receiving) dirty_ = touched();  // by what was given up
  set_state(header().state, state_free);
}

// A child that a killed run was about to start holds its lock until it executes the command.
void Journal::lock() const {
  constexpr int tries = 50;
  constexpr timespec moment{.tv_sec = 0, .tv_nsec = 10'000'000};
  for (int i = 0; ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0; ++i) {
    if (errno != EWOULDBLOCK) throw Error{errno, "flock", directory_};
    if (i == tries) throw Error{Exit::failed, directory_, "another process uses this journal"};
    ::nanosleep(&moment, nullptr);
  }
}

Journal::Journal(const std::string& directory, std::size_t slots, std::size_t capacity, std::string_view mechanism,
                 std::string_view name)
    : directory_(directory) {
  make_private_directory(directory);
  lock_ = Fd{check(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open", directory)};
  lock();
  // Slots of an earlier run with more jobs are looked at too.
  for (std::size_t i = 0;; ++i) {
    const std::string path = fmt::format("{}/slot-{}", directory, i);
    if (i >= slots && ::access(path.c_str(), F_OK) != 0) break;
    slots_.emplace_back(path, capacity, mechanism, name);
  }
}

std::size_t Journal::undelivered() const {
  return static_cast<std::size_t>(
      std::count_if(slots_.begin(), slots_.end(), [](const Slot& slot) { return slot.state() != Slot::State::free; }));
}

}  // namespace ipctl
