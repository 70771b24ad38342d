"""Parts of a file, as players ask for them (RFC 9110, 14): an iPhone plays no film that it cannot have in parts."""

import re

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})\Z")  # no file is larger
MOST = 4 * 1024 * 1024  # bytes in one answer; the player asks for the next


def asked(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the part that a Range header asks for; None where the whole file is the answer.

    A part that begins behind the end is (size, size - 1): nothing.
    """
    found = ONE_RANGE.match(header.strip())
    if found is None or found[0] == "bytes=-":
        return None
    first, last = found.groups()
    if not first:
        return max(size - min(int(last), MOST), 0), size - 1
    start = min(int(first), size)
    end = int(last) if last else size - 1
    return (start, min(end, size - 1, start + MOST - 1)) if end >= start or start == size else None
