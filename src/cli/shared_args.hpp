// shared_args: the options that the shared loops of src/io have, declared once for all mechanisms.
#pragma once

#include <array>
#include <optional>

#include "cli/spec.hpp"
#include "io/list.hpp"
#include "io/receive.hpp"
#include "io/records.hpp"
#include "io/send.hpp"
#include "os/error.hpp"
#include "os/units.hpp"

namespace ipctl {

/// For an options struct that derives from ReceiveOptions, or has its members of that name.
template <class Options>
constexpr std::array format_args = {
    option<Options, &Options::format>('F', "format", "FMT", "write each message as FMT tells, as in '%p %s'",
                                      Group::output),
};

template <class Options>
constexpr std::array encode_args = {
    option<Options, &Options::encoding>(0, "encode", "CODEC", "write data encoded", Group::output)
        .with_choices("raw hex base64 quoted hexdump"),
};

template <class Options>
constexpr std::array framing_args = {
    flag<Options, &Options::framing, FramingKind::lines>('l', "lines", "a newline after each message", Group::output),
    flag<Options, &Options::framing, FramingKind::null>('0', "null", "a NUL after each message", Group::output),
    option<Options, &Options::framing>('d', "delimiter", "STR", "STR after each message (escapes: \\n \\t \\0 \\xNN)",
                                       Group::output),
    flag<Options, &Options::framing, FramingKind::length_prefix>(
        0, "length-prefix", "its length before each message (u32 LE)", Group::output),
    flag<Options, &Options::no_newline>('N', "no-newline", "nothing between messages: the bytes exactly",
                                        Group::output),
};

template <class Options>
constexpr std::array output_args = join(format_args<Options>, encode_args<Options>, framing_args<Options>);

template <class Options>
constexpr std::array count_args = {
    option<Options, &Options::count>('c', "count", "N", "stop after N messages", Group::waiting)};

template <class Options>
constexpr std::array waiting_args = {
    option<Options, &Options::timeout>('w', "timeout", "DURATION", "give up after DURATION (5, 500ms, 2m): status 124",
                                       Group::waiting),
    flag<Options, &Options::nonblock>('n', "nonblock", "do not wait: status 3 instead", Group::waiting),
};

template <class Options>
constexpr std::array ready_args = {
    option<Options, &Options::ready_fd>(0, "ready-fd", "FD",
                                        "write a newline to FD when nothing can be missed any more", Group::waiting),
};

template <class Options>
constexpr std::array journal_args = {
    option<Options, &Options::journal>(0, "journal", "DIR", "keep what is taken in DIR until it is delivered",
                                       Group::output),
    flag<Options, &Options::replay>(0, "replay", "deliver first what an earlier run left in the journal",
                                    Group::output),
};

template <class Options>
constexpr std::array all_args = {
    flag<Options, &Options::all>('a', "all", "take what is there now, then stop", Group::waiting)};

template <class Options>
constexpr std::array command_args = {
    command<Options, &Options::command>("run CMD for each message, its data on standard input"),
    option<Options, &Options::jobs>('j', "jobs", "N", "run up to N commands at once (default 1)", Group::command),
};

template <class Options>
constexpr Arg failure_arg = option<Options, &Options::on_failure>(0, "on-failure", "ACTION",
                                                                  "what to do with a message whose CMD failed",
                                                                  Group::command);

template <class Options>
constexpr std::array failure_args = {failure_arg<Options>.with_choices("stop drop requeue save:DIR")};

template <class Options>
constexpr std::array receive_args = join(count_args<Options>, output_args<Options>, waiting_args<Options>,
                                         ready_args<Options>, journal_args<Options>);

template <class Options>
constexpr std::array recv_args_of = join(receive_args<Options>, all_args<Options>);

template <class Options>
constexpr std::array listen_args_of = join(receive_args<Options>, command_args<Options>, failure_args<Options>);

/// For an options struct that derives from SendOptions.
template <class Options>
constexpr std::array send_args_of = join(
    std::array{
        operand<Options, &Options::messages>("MSG", "each is one message; without any, standard input is").optional(),
        option<Options, &Options::file>('f', "file", "FILE", "FILE is one message (-: standard input)", Group::input),
        flag<Options, &Options::framing, FramingKind::lines>('l', "lines", "each line of the input is one message",
                                                             Group::input),
        flag<Options, &Options::framing, FramingKind::null>('0', "null", "input messages end with a NUL", Group::input),
        option<Options, &Options::framing>('d', "delimiter", "STR",
                                           "input messages end with STR (escapes: \\n \\t \\0 \\xNN)", Group::input),
        flag<Options, &Options::framing, FramingKind::length_prefix>(0, "length-prefix",
                                                                     "each input message follows its length (u32 LE)",
                                                                     Group::input),
        option<Options, &Options::decoding>(0, "decode", "CODEC", "messages are given encoded", Group::input)
            .with_choices("raw hex base64 quoted"),
    },
    waiting_args<Options>);

/// What frames a message in a stream of bytes, outside ipctl and in it.
template <class Options>
constexpr std::array stream_framing_args = {
    flag<Options, &Options::framing, FramingKind::lines>('l', "lines", "a newline ends each message (default)",
                                                         Group::object),
    flag<Options, &Options::framing, FramingKind::null>('0', "null", "a NUL ends each message", Group::object),
    option<Options, &Options::framing>('d', "delimiter", "STR", "STR ends each message (escapes: \\n \\t \\0 \\xNN)",
                                       Group::object),
    flag<Options, &Options::framing, FramingKind::length_prefix>(
        0, "length-prefix", "each message follows its length (u32 LE)", Group::object),
    flag<Options, &Options::content, Content::packets>(0, "packet", "each message is a packet, O_DIRECT of pipe(2)",
                                                       Group::object),
    flag<Options, &Options::content, Content::bytes>(0, "stream", "no messages: all bytes as they are", Group::object),
};

/// For an options struct that derives from RecordSendOptions.
template <class Options>
constexpr std::array record_send_args = join(
    std::array{
        operand<Options, &Options::messages>("MSG", "each is one message; without any, standard input is sent")
            .optional(),
        option<Options, &Options::file>('f', "file", "FILE", "send what is in FILE (-: standard input)", Group::input),
        option<Options, &Options::decoding>(0, "decode", "CODEC", "messages are given encoded", Group::input)
            .with_choices("raw hex base64 quoted"),
    },
    stream_framing_args<Options>,
    std::array{
        flag<Options, &Options::long_messages, LongMessages::locked>(
            0, "lock", "write messages of more than PIPE_BUF bytes under a lock", Group::object),
        flag<Options, &Options::drain>(0, "drain", "wait until all has been read", Group::waiting),
    },
    waiting_args<Options>);

/// For an options struct that derives from RecordReceiveOptions.
template <class Options>
constexpr std::array record_receive_args =
    join(count_args<Options>, format_args<Options>, encode_args<Options>, stream_framing_args<Options>,
         std::array{
             flag<Options, &Options::no_newline>('N', "no-newline", "write nothing between messages: the bytes exactly",
                                                 Group::output),
             option<Options, &Options::longest>(0, "max-size", "SIZE", "longest message to take (default 1M)",
                                                Group::object),
         },
         waiting_args<Options>, ready_args<Options>, journal_args<Options>);

template <class Options>
constexpr std::array record_recv_args = join(record_receive_args<Options>, all_args<Options>);

template <class Options>
constexpr std::array record_listen_args = join(record_receive_args<Options>, command_args<Options>,
                                               std::array{failure_arg<Options>.with_choices("stop drop save:DIR")});

/// Names of columns, for completion.
template <const auto& columns>
void emit_columns(const Emit& emit) {
  for (const Column& column : columns) emit(column.name, column.help);
}

/// For an options struct that derives from ListOptions. columns: the mechanism's.
template <class Options, const auto& columns>
constexpr std::array list_args_of = {
    option<Options, &Options::columns>('o', "output", "COLS", "show these columns; +COL,... adds to the default",
                                       Group::output)
        .with_candidates(emit_columns<columns>),
    flag<Options, &Options::no_headings>(0, "noheadings", "no headings", Group::output),
    flag<Options, &Options::raw>(0, "raw", "columns separated by one space, unsafe bytes as \\xNN", Group::output),
    flag<Options, &Options::bytes>('b', "bytes", "sizes as plain numbers of bytes", Group::output),
    option<Options, &Options::filters>(0, "filter", "KEY=VALUE", "only objects that match (may be repeated)",
                                       Group::output),
};

/// For an options struct with a member `std::string ns`.
template <class Options>
constexpr std::array namespace_args = {
    option<Options, &Options::ns>(0, "ns", "PID|PATH", "in the IPC namespace of a process or file", Group::object),
};

/// The same for mechanisms whose objects are in /dev/shm.
template <class Options>
constexpr std::array mount_namespace_args = {
    option<Options, &Options::ns>(0, "ns", "PID|PATH", "in /dev/shm as a process or a mount namespace sees it",
                                  Group::object),
};

/// What create means in every mechanism.
struct CreateOptions {
  std::optional<Mode> mode;  // exact; 0600 when nullopt
  Owner owner;
  bool exclusive = false, if_missing = false;
};

/// Throws UsageError for options that exclude each other.
inline void validate(const CreateOptions& options) {
  if (options.exclusive && options.if_missing) throw UsageError("--exclusive and --if-missing exclude each other");
}

/// For an options struct that derives from CreateOptions.
template <class Options>
constexpr std::array create_args_of = {
    option<Options, &Options::mode>('m', "mode", "OCTAL", "permissions, whatever the umask (default 0600)",
                                    Group::object),
    option<Options, &Options::owner>(0, "owner", "USER[:GROUP]", "who owns it", Group::object),
    flag<Options, &Options::exclusive>('x', "exclusive", "fail if it exists: status 5 (default)", Group::object),
    flag<Options, &Options::if_missing>(0, "if-missing", "accept one that exists with the same attributes",
                                        Group::object),
};

}  // namespace ipctl
