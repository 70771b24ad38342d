"""The timed part of bench.preview: a preview started as the page starts it, carried out by workers as ./run starts
them. Said are the wall clock, and the processor time of the workers and of their PostgreSQL processes."""

# ruff: noqa: E402 - Django has to be set up before its models can be named
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
django.setup()

from django.db import connection, transaction

from bench.made_up import fill
from clinic.audit.actor import Actor
from clinic.people.lists import clinic_day
from clinic.people.models import Location, Role, User
from clinic.policies.actions import previewing
from clinic.policies.models import Preview, Version
from clinic.policies.preview import clauses, progress, ways
from tools.run.manage import command

KEY, NEW = "evicore-cmm-200", "EV-B"  # in place of EV-A, which counts when the tables are made
TICKS = os.sysconf("SC_CLK_TCK")


def main(cases: int, workers: int) -> None:
    doctor = User.objects.create(email="bench@example.org", name="Dr. Bench", role=Role.DOCTOR)
    begun = time.monotonic()
    _fill(cases, doctor)
    print(f"{cases:,} made-up cases written in {time.monotonic() - begun:.0f} s", flush=True)
    begun = time.monotonic()
    preview = _started(doctor)
    asked = time.monotonic() - begun
    running = [subprocess.Popen(command(["procrastinate", "worker"])) for _ in range(workers)]
    try:
        _wait(preview)
        took = time.monotonic() - begun
        database = _database_seconds()
    finally:
        for worker in running:
            worker.send_signal(signal.SIGTERM)
    spent = [_seconds(worker) for worker in running]
    print(f"the page's own part, from the click to its answer: {asked:.2f} s")
    print(f"wall clock from the click to the end, with {workers} workers: {took:.1f} s")
    print(f"processor time: workers {sum(spent):.1f} s ({', '.join(f'{each:.1f}' for each in spent)}),", end=" ")
    print(f"PostgreSQL {database:.1f} s; {(sum(spent) + database) / cases * 1000:.2f} ms a case")
    _say_result(preview)


def _fill(cases: int, doctor: User) -> None:
    location = Location.objects.create(name="Bench", phone="555 0100")
    with transaction.atomic(), connection.cursor() as cursor:
        # Rows of one make need no check against each other; it would take longer than writing them.
        cursor.execute("SET LOCAL session_replication_role = replica")
        fill(connection.connection, cases, clinic_day(), doctor.pk, location.pk)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _started(doctor: User) -> Preview:
    by = Actor(user_id=doctor.pk, role=doctor.role, door="bench")
    return previewing.start(version=Version.objects.get(key=KEY, version=NEW), from_day=clinic_day(), by=by)


def _wait(preview: Preview) -> None:
    while not preview.ended_at:
        time.sleep(0.2)
        preview.refresh_from_db()


def _database_seconds() -> float:
    """What the processes that serve the workers have used, on this machine; 0 where they run elsewhere."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(others)
        return sum(_of_process(pid) for (pid,) in cursor.fetchall())


def _of_process(pid: int) -> float:
    try:
        numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / TICKS


def _seconds(worker: "subprocess.Popen[bytes]") -> float:
    _, worker.returncode, used = os.wait4(worker.pid, 0)
    return used.ru_utime + used.ru_stime


def _say_result(preview: Preview) -> None:
    found = progress(preview)
    print(f"{preview.get_ending_display()}: {found.weighed:,} weighed, {found.not_weighed:,} not", end=" ")
    print(f"({found.urgent:,} with an urgent sign, {found.impossible:,} with facts that cannot be)")
    _say_ways("outcome", ways(preview))
    _say_ways("clause", clauses(preview))


def _say_ways(what: str, found: Iterable[object]) -> None:
    for way in found:
        print(f"  {what}: {way}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
