#!/bin/sh
# shm copy keeps what is sparse sparse, takes no more memory than the original, and copies a gigabyte of holes at once.
. "$(dirname "$0")/lib.sh"

ipctl shm create --sparse /here 1G
shm-put /here 0 start
shm-put /here 500000000 middle
shm-put /here 1073741821 end
for destination in /copy ./copy; do
    expect_output '' ipctl shm copy /here $destination
done
python3 - <<'PY'
import os
here = os.stat("/dev/shm/here")
for path in "/dev/shm/copy", "copy":
    status = os.stat(path)
    assert status.st_size == 1 << 30, status
    assert status.st_blocks * 512 < 1 << 20, (path, status)
    with open(path, "rb") as file:
        for offset, text in (0, b"start"), (500000000, b"middle"), (1073741821, b"end"), (1 << 29, b"\0\0"):
            file.seek(offset)
            assert file.read(len(text)) == text, (path, offset)
assert os.stat("/dev/shm/copy").st_blocks == here.st_blocks
PY
ipctl shm create --sparse /hole 10M
ipctl shm copy /hole /hole2
expect_output '10485760 0' sh -c 'stat -c "%s %b" /dev/shm/hole2'
ipctl shm rm /here /copy /hole /hole2
