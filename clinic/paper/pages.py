"""How many pages a PDF from outside has, or why it cannot be read."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Why = Literal["", "not_a_pdf", "encrypted", "damaged", "too_many_pages"]

PROGRAM = Path(__file__).with_name("counting.py")
SECONDS = 10
HEADER_WITHIN = 1024  # ISO 32000-1, annex H.3


@dataclass(frozen=True)
class Counted:
    """The number of pages, or None and why: no PDF, a password, damaged, or more pages than we handle (5,000)."""

    pages: int | None
    why: Why = ""

    @property
    def encrypted(self) -> bool:
        """Whether it opens only with a password; one that only forbids copying or printing is read."""
        return self.why == "encrypted"


def pages(content: bytes) -> Counted:
    """Count in a process of its own, for at most 10 seconds and 1 GB: nothing in the file can hold up this one."""
    if b"%PDF-" not in content[:HEADER_WITHIN]:
        return Counted(None, "not_a_pdf")
    try:
        # The program is ours and its arguments are fixed; the file goes in as data.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", PROGRAM], input=content, capture_output=True, timeout=SECONDS
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return Counted(None, "damaged")
    return Counted(answer.get("pages"), answer.get("why", ""))
