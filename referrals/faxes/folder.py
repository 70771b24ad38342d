"""The folder as the disk has it: which files lie there, which of them are whole, and what is no file. No database.

A name is kept as PostgreSQL can hold it: a byte that is no letter stands as its escape.
"""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TAKEN = "taken"
TEMPORARY = (".tmp", ".part", ".partial", ".filepart", ".crdownload")
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # what systems leave in any folder that they show
FORGOTTEN_AFTER = 3600  # seconds under a temporary name
CHUNK = 256 * 1024
LONGEST_NAME = 255  # bytes


class Changed(Exception):
    """The file is still being written, or is not the one that was looked at."""


@dataclass(frozen=True)
class Found:
    """A file that lies in the folder, as it was when it was looked at."""

    place: Path
    size: int
    modified_ns: int
    inode: int

    @property
    def name(self) -> str:
        return shown(self.place.name)

    @property
    def age(self) -> float:
        """Seconds since it was written last; a clock that goes ahead counts like one that is behind."""
        return abs(time.time() - self.modified_ns / 1e9)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes. Raises Changed where it does not stay as it was, OSError where it cannot be read."""
        handle = os.open(self.place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            self._same(os.fstat(handle))
            while chunk := file.read(CHUNK):
                yield chunk
            self._same(os.fstat(handle))

    def is_there(self) -> bool:
        """Whether this very file still lies in its place."""
        try:
            self._same(self.place.lstat())
        except (FileNotFoundError, Changed):
            return False
        return True

    def _same(self, seen: os.stat_result) -> None:
        if (seen.st_size, seen.st_mtime_ns, seen.st_ino) != (self.size, self.modified_ns, self.inode):
            raise Changed


@dataclass(frozen=True)
class Contents:
    """The files of the folder, the oldest first; and what is none, as pairs of kind of trouble and name."""

    files: tuple[Found, ...]
    troubles: frozenset[tuple[str, str]]


def shown(name: str) -> str:
    """A file's name in letters alone."""
    said = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in said)


def look(folder: Path) -> Contents:
    """What lies in the folder now. Raises OSError where it cannot be read."""
    files, troubles = [], set()
    with os.scandir(folder) as entries:
        for entry in entries:
            kind = _kind(entry)
            if kind == "whole":
                files.append(_found(entry))
            elif kind:
                troubles.add((kind, shown(entry.name)))
    return Contents(tuple(sorted(files, key=lambda each: each.modified_ns)), frozenset(troubles))


def _found(entry: os.DirEntry[str]) -> Found:
    about = entry.stat(follow_symlinks=False)
    return Found(Path(entry.path), about.st_size, about.st_mtime_ns, about.st_ino)


def _kind(entry: os.DirEntry[str]) -> str:
    """ "whole" for a file to take in, empty for what is left alone, or the kind of trouble."""
    if entry.name in LITTER or (entry.name == TAKEN and entry.is_dir(follow_symlinks=False)):
        return ""
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except FileNotFoundError:  # it was renamed or taken meanwhile
        return ""
    if stat.S_ISLNK(mode):
        return "link"
    if stat.S_ISDIR(mode):
        return "" if entry.name.startswith(".") else "inside"
    if not stat.S_ISREG(mode):
        return "no_file"
    if is_temporary(entry.name):
        return "unfinished" if _found(entry).age > FORGOTTEN_AFTER else ""
    return "whole"


def is_temporary(name: str) -> bool:
    """Whether a program that still writes the file would name it so."""
    return name.startswith((".", "~")) or name.lower().endswith(TEMPORARY)


def settled(folder: Path, pause: float) -> Contents:
    """What lies there and is the same after `pause` seconds. Raises OSError where the folder cannot be read."""
    before = look(folder)
    if not before.files:
        return before
    time.sleep(pause)
    after = look(folder)
    return Contents(tuple(file for file in after.files if file in before.files), after.troubles)


def put_away(found: Found, number: int) -> None:
    """Move a file to the folder "taken", under its name with the fax's number: what lies there is never overwritten.

    A file that came under the same name meanwhile is another one, and stays. Raises OSError where it cannot be moved.
    """
    if not found.is_there():
        return
    taken = found.place.parent / TAKEN
    taken.mkdir(mode=0o700, exist_ok=True)
    beginning = f"{number}-"
    name = os.fsencode(found.place.name)[-(LONGEST_NAME - len(beginning)) :]
    found.place.rename(taken / (beginning + os.fsdecode(name)))
