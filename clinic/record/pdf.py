"""Is this a PDF, is it whole, and is it only a document? Judged by its bytes, without opening it in a viewer.

A PDF has its header within the first 1,024 bytes, objects, and an end mark within the last ones (ISO 32000-1, 7.5 and
annex H). What runs a program, starts another one, or carries one along is named by a key: /JavaScript, /JS, /Launch,
/RichMedia, /EmbeddedFile (12.6.4, 13). The keys are looked for outside of streams and inside object streams, which
may be packed; the contents of other streams (pictures, page drawings) cannot hold them. An encrypted PDF is taken as
it is: its names stay readable by this standard, its text does not.
"""

import re
import zlib
from collections.abc import Iterator

HEADER = re.compile(rb"%PDF-[12]\.\d")
OBJECT = re.compile(rb"\b\d+\s+\d+\s+obj\b")
END = re.compile(rb"startxref\s+\d+\s+%%EOF")
HEADER_WITHIN, END_WITHIN = 1024, 4096
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PROGRAM = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|EmbeddedFile)(?![A-Za-z0-9_.#-])")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
UNPACKED_LIMIT = 32 * 1024 * 1024  # all object streams of one file together


def is_whole(content: bytes) -> bool:
    """Whether the bytes are a PDF from its header to its end mark."""
    return bool(HEADER.search(content[:HEADER_WITHIN]) and OBJECT.search(content) and END.search(content[-END_WITHIN:]))


def carries_a_program(content: bytes) -> bool:
    """Whether it names something that would run, start or carry a program; True too where it unpacks without end."""
    left = UNPACKED_LIMIT
    for objects, stream in _parts(content):
        about = _plain(objects[objects.rfind(b"obj") :])
        packed = b"/FlateDecode" in about
        inner = (_unpacked(stream, left) if packed else stream) if b"/ObjStm" in about else b""
        left -= len(inner)
        if left <= 0 or _names_one(objects) or _names_one(inner):
            return True
    return False


def _parts(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each stream, with that stream; at last what stands behind them all."""
    place = 0
    for stream in STREAM.finditer(content):
        if stream.start() < place:
            continue
        end = content.find(b"endstream", stream.end())
        end = len(content) if end < 0 else end
        yield content[place : stream.start()], content[stream.end() : end]
        place = end
    yield content[place:], b""


def _names_one(objects: bytes) -> bool:
    return PROGRAM.search(_plain(objects)) is not None


def _plain(objects: bytes) -> bytes:
    """With `#4a` in names written as the letter that it stands for (7.3.5)."""
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), objects)


def _unpacked(packed: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, limit)
    except zlib.error:
        return b""
