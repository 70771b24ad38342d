"""A program of its own: count the pages of the PDF on its standard input, within limits that the system holds.

`pages.py` starts it. A file that came from outside may be made to turn a reader in circles or to fill the memory; here
that ends this small process and nothing else. It answers with one line of JSON: {"pages": 3} or {"why": "damaged"}.
"""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject

CPU_SECONDS = 5
MEMORY = 1024 * 1024 * 1024
MOST_PAGES = 5_000


def limit_itself() -> None:
    """Have the system end this process before it costs anybody else anything."""
    for limit, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY)):
        with suppress(ValueError, OSError):  # a system that cannot limit this; the wall clock of pages.py still does
            resource.setrlimit(limit, (most, most))


def count(content: bytes) -> dict[str, int | str]:
    """The number of pages, or in one word why there is none."""
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"why": "encrypted"}
    number = 0
    for number, _ in enumerate(leaves(reader.root_object.raw_get("/Pages")), start=1):
        if number > MOST_PAGES:
            return {"why": "too_many_pages"}
    return {"pages": number} if number else {"why": "damaged"}


def leaves(root: PdfObject) -> Iterator[DictionaryObject]:
    """Every page of the tree once, however often its branches meet again (ISO 32000-1, 7.7.3)."""
    waiting, seen = [root], set()
    while waiting:
        branch = waiting.pop()
        if isinstance(branch, IndirectObject):
            if branch.idnum in seen:
                continue
            seen.add(branch.idnum)
        node = branch.get_object()
        if not isinstance(node, DictionaryObject):
            continue
        kids = node.get("/Kids")
        if isinstance(kids, ArrayObject):
            waiting += list(kids)
        else:
            yield node


def main() -> None:
    limit_itself()
    try:
        answer = count(sys.stdin.buffer.read())
    except Exception:  # whatever a reader of hostile files raises means the same: it cannot be read
        answer = {"why": "damaged"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
