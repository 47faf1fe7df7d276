// transfer: stub for now.
#include "os/transfer.hpp"
#include <unistd.h>
#include <algorithm>
#include <cerrno>
namespace ipctl {
Transferred transfer(TransferEnd in, TransferEnd out, std::uint64_t length, const Progress& progress) {
  std::uint64_t done = 0;
  static char b[65536];
  while (done < length) {
    auto n = std::min<std::uint64_t>(sizeof b, length - done);
    ssize_t r = in.offset ? ::pread(in.fd, b, n, (off_t)(*in.offset + done)) : ::read(in.fd, b, n);
    if (r < 0) return {done, Transferred::End::read_failed, errno};
    if (r == 0) return {done, length == UINT64_MAX ? Transferred::End::complete : Transferred::End::input_ended, 0};
    ssize_t w =
        out.offset ? ::pwrite(out.fd, b, (size_t)r, (off_t)(*out.offset + done)) : ::write(out.fd, b, (size_t)r);
    if (w < 0) return {done, Transferred::End::write_failed, errno};
    done += (std::uint64_t)w;
    progress(done);
  }
  return {done, Transferred::End::complete, 0};
}
}  // namespace ipctl
