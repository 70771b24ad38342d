"""What the pages of referrals cost with a thousand of them, and with a million.

    DATABASE_URL=… python -m bench.referrals make --referrals 1000000
    python -m bench.referrals measure URL_OF_THE_SMALL_ONE URL_OF_THE_LARGE_ONE

`make` fills a database that was migrated and is empty, as a superuser; `measure` opens the pages as a coordinator does.
docs/measured.md says what came out.
"""

# ruff: noqa: E402 - Django has to be set up before its models can be named
import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
django.setup()

from bench.progress import Bar
from bench.referral_pages import Cost, costs, table
from bench.referral_rows import MOST_OPEN, Size, broken, is_empty, make

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    options = _options()
    if options.do == "make":
        return _make(Size(options.referrals, options.open))
    if options.do == "weigh":
        print(json.dumps([cost._asdict() for cost in costs()]))
        return 0
    return _measure(options.small, options.large)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.referrals", description=__doc__)
    verbs = parser.add_subparsers(dest="do", required=True)
    filling = verbs.add_parser("make", help="fill the empty database of DATABASE_URL")
    filling.add_argument("--referrals", type=int, default=1_000_000)
    filling.add_argument("--open", type=float, default=0.02, help=f"the share that is open, at most {MOST_OPEN}")
    measuring = verbs.add_parser("measure", help="open the pages on two databases, and compare")
    measuring.add_argument("small", help="the address of the smaller database")
    measuring.add_argument("large", help="the address of the larger one")
    verbs.add_parser("weigh", help="open the pages on the database of DATABASE_URL; prints JSON")
    return parser.parse_args()


def _make(size: Size) -> int:
    if not is_empty():
        print("This database is not empty: nothing was written.", file=sys.stderr)
        return 2
    begun, bar = time.monotonic(), Bar()
    made = make(size, bar)
    print(f"made in {time.monotonic() - begun:.0f} s: {', '.join(f'{n:,} {table}' for table, n in made.items())}")
    wrong = broken()
    print("\n".join(wrong) if wrong else f"all of it holds together; {time.monotonic() - begun:.0f} s with that check")
    return 1 if wrong else 0


def _measure(small: str, large: str) -> int:
    found = [_weighed(url) for url in (small, large)]
    print(table(*found))
    return 0


def _weighed(url: str) -> list[Cost]:
    words = [sys.executable, "-m", "bench.referrals", "weigh"]
    said = subprocess.run(words, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, stdout=subprocess.PIPE, check=True)
    return [Cost(**each) for each in json.loads(said.stdout)]


if __name__ == "__main__":
    sys.exit(main())
