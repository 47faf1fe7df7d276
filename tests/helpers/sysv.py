#!/usr/bin/env python3
# sysv.py: Python's sysv_ipc (Debian package python3-sysv-ipc) at the other end of System V objects.
#   mq-send SEL TYPE TEXT...    mq-recv SEL TYPE [COUNT]: "TYPE TEXT" a line
#   shm-write SEL OFFSET TEXT   shm-read SEL OFFSET LENGTH
#   sem-op SEL 0:OP[u]...: as sysv-sem-op does, but one after the other   sem-values SEL: the value of number 0
#   stat msg|shm|sem SEL: "FIELD VALUE" lines; the mode is octal   remove msg|shm|sem SEL   ftok PATH PROJ: PROJ is a number
# SEL: 0xKEY, or an id. sysv_ipc finds objects by key only: /proc/sysvipc tells the key of an id, and an object that is private
# is refused, save by shm-read, shm-write and remove. Of a set it knows the semaphore 0 alone. It attaches memory to look at it:
# "stat shm" changes the times and the last pid.
# Status 77 when sysv_ipc is missing; 2 for a usage error.
import inspect
import re
import sys

try:
    import sysv_ipc
except ImportError:
    sys.exit(print("sysv_ipc is missing: package python3-sysv-ipc", file=sys.stderr) or 77)


def usage(text="see the head of sysv.py"):
    print(f"usage: {text}", file=sys.stderr)
    sys.exit(2)


def listed(kind):
    with open(f"/proc/sysvipc/{kind}") as table:
        return [[int(word) for word in line.split()[:2]] for line in table.readlines()[1:]]


def key_of(kind, selector):
    if selector.startswith("0x"):
        return int(selector, 16)
    keys = [key & 0xFFFFFFFF for key, number in listed(kind) if number == int(selector)]
    if not keys:
        sys.exit(f"no {kind} {selector}")
    return keys[0] or usage(f"{kind} {selector} is private: sysv_ipc finds objects by key only")


def signed(key):
    return key - (1 << 32) if key >= 1 << 31 else key


def queue(selector):
    return sysv_ipc.MessageQueue(signed(key_of("msg", selector)), max_message_size=65536)


def semaphore(selector):
    return sysv_ipc.Semaphore(signed(key_of("sem", selector)))


def memory(selector):
    if selector.startswith("0x"):
        return sysv_ipc.SharedMemory(signed(int(selector, 16)), size=0)
    return sysv_ipc.attach(int(selector))


def mq_send(selector, kind, *texts):
    for text in texts:
        queue(selector).send(text.encode(), type=int(kind))


def mq_recv(selector, kind, count="1"):
    for _ in range(int(count)):
        body, got = queue(selector).receive(type=int(kind))
        sys.stdout.buffer.write(b"%d %s\n" % (got, body))
        sys.stdout.flush()


def shm_write(selector, offset, text):
    memory(selector).write(text.encode(), int(offset))


def shm_read(selector, offset, length):
    sys.stdout.buffer.write(memory(selector).read(int(length), int(offset)))


def sem_op(selector, *texts):
    for text in texts:
        parts = re.fullmatch(r"0:([-+=])(\d+)(u?)", text) or usage("sem-op SEL 0:OP[u]...")
        target = semaphore(selector)
        target.undo = bool(parts[3])
        if parts[1] == "=":
            target.Z()
        elif parts[1] == "-":
            target.acquire(None, int(parts[2]))
        else:
            target.release(int(parts[2]))


def sem_values(selector):
    print(semaphore(selector).value)


OWNERS = {"uid": "uid", "gid": "gid", "cuid": "cuid", "cgid": "cgid", "mode": "mode"}
FIELDS = {
    "msg": OWNERS | {"qnum": "current_messages", "qbytes": "max_size", "lspid": "last_send_pid", "lrpid": "last_receive_pid",
                     "stime": "last_send_time", "rtime": "last_receive_time", "ctime": "last_change_time"},
    "shm": OWNERS | {"segsz": "size", "lpid": "last_pid", "cpid": "creator_pid", "nattch": "number_attached",
                     "atime": "last_attach_time", "dtime": "last_detach_time", "ctime": "last_change_time"},
    "sem": OWNERS | {"otime": "o_time", "value": "value", "lpid": "last_pid", "ncnt": "waiting_for_nonzero",
                     "zcnt": "waiting_for_zero"},
}


def stat_of(kind, selector):
    key = signed(key_of(kind, selector))
    target = {"msg": sysv_ipc.MessageQueue, "sem": sysv_ipc.Semaphore}.get(kind)
    target = target(key) if target else sysv_ipc.SharedMemory(key, size=0)
    if kind == "shm":
        target.detach()
    for name, attribute in FIELDS[kind].items():
        value = getattr(target, attribute)
        print(name, f"{value:o}" if name == "mode" else value)


def remove(kind, selector):
    if selector.startswith("0x"):
        wanted = int(selector, 16)
        number = next((found for key, found in listed(kind) if key & 0xFFFFFFFF == wanted), None)
        if number is None:
            sys.exit(f"no {kind} {selector}")
    else:
        number = int(selector)
    {"msg": sysv_ipc.remove_message_queue, "shm": sysv_ipc.remove_shared_memory, "sem": sysv_ipc.remove_semaphore}[kind](number)


def ftok_of(path, project):
    print(f"0x{sysv_ipc.ftok(path, int(project), silence_warning=True) & 0xFFFFFFFF:08x}")


COMMANDS = {"mq-send": mq_send, "mq-recv": mq_recv, "shm-write": shm_write, "shm-read": shm_read, "sem-op": sem_op,
            "sem-values": sem_values, "stat": stat_of, "remove": remove, "ftok": ftok_of}
command = COMMANDS.get(sys.argv[1] if len(sys.argv) > 1 else "") or usage()
try:
    inspect.signature(command).bind(*sys.argv[2:])
except TypeError:
    usage()
try:
    command(*sys.argv[2:])
except (sysv_ipc.Error, OSError) as error:
    sys.exit(f"{sys.argv[1]}: {error}")
