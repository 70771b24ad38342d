"""The style sheets, scripts and pictures, gathered under lasting names for the real server."""

import hashlib

from tools.run import environment, places, program
from tools.run.manage import command, surroundings
from tools.run.say import Trouble, say

GATHERED = places.STATE / "static"
MARK = places.STATE / "static.hash"


def gather() -> None:
    """Gather them again when they, or the packages that bring some, have changed since the last time."""
    with places.lock("static"):
        wanted = _hash()
        if GATHERED.exists() and MARK.exists() and MARK.read_text() == wanted:
            return
        say("Gathering static files")
        log = places.LOGS / "static.log"
        words = command(["collectstatic", "--noinput", "--verbosity=0"])
        try:
            list(program.lines(words, log, surroundings({"CLINIC_DEMO": "1"})))
        except program.Failed as failed:
            raise Trouble(f"gathering failed ({program.last_line(str(failed))}); all it said is in {log}.") from None
        MARK.write_text(wanted)


def _hash() -> str:
    digest = hashlib.sha256(environment.RUNTIME.read_bytes())
    for path in sorted(path for path in (places.ROOT / "static").rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(places.ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()
