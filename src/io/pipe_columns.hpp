// pipe_columns: columns that pipes and FIFOs have.
#pragma once

#include "io/columns.hpp"
#include "ipc/pipe_objects.hpp"

namespace ipctl::pipe_columns {

using pipes::PipeObject;

[[nodiscard]] Value readers_of(const Object& object);
[[nodiscard]] Value writers_of(const Object& object);
[[nodiscard]] Value descriptors_of(const Object& object);
[[nodiscard]] Value packets_of(const Object& object);
[[nodiscard]] Value state_of(const Object& object);

inline constexpr Column address{"NAME", "address of an end, as other commands name the pipe", object_columns::name_of,
                                true};
inline constexpr Column path{"NAME", "path", object_columns::name_of, true};
inline constexpr Column readers{"READERS", "processes that have it open for reading: pid, command", readers_of, true};
inline constexpr Column writers{"WRITERS", "processes that have it open for writing: pid, command", writers_of, true};
inline constexpr Column bytes{"BYTES", "bytes waiting in it", object_columns::bytes<PipeObject, &PipeObject::bytes>,
                              true, true};
inline constexpr Column capacity{"CAPACITY", "the most bytes it holds; of a FIFO, once it is open",
                                 object_columns::bytes<PipeObject, &PipeObject::capacity>, true, true};
inline constexpr Column blocked{"BLOCKED", "threads that wait in a call on it: pid, command, call, for what from whom",
                                object_columns::blocked_of, true};
inline constexpr Column packets{"PACKETS", "yes: what is written is read in packets, O_DIRECT", packets_of};
inline constexpr Column descriptors{"DESCRIPTORS", "how many descriptors it is open as", descriptors_of, false, true};
inline constexpr Column holders{"HOLDERS", "who has it open, for each descriptor: pid, command, direction",
                                object_columns::holders_of};
inline constexpr Column state{"STATE", "linked, or deleted: its name was removed, and it is still open", state_of};

}  // namespace ipctl::pipe_columns
