"""./run demo and ./run stop: the clinic with made-up patients, on this machine."""

import argparse
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socket import socket
from subprocess import Popen

from tools.run import environment, places, program, server, static
from tools.run.cluster import DEMO, TESTS
from tools.run.manage import DATABASE, command, database, surroundings
from tools.run.places import STATE
from tools.run.say import Trouble, count, say

FIRST_LOOK = """
The clinic is open: {address}
  Sign in with one click as anybody: {address}/sign-in/
  Begin as the doctor: the queue, then the case at the top. Then be a patient, in English or Spanish.
  The mail that the clinic would send, codes and links included: {address}/outbox/
Ctrl-C closes it; your changes stay. Begin again with: ./run demo --fresh
"""


def demo(words: list[str]) -> int:
    """Install, load and serve; stays until Ctrl-C."""
    chosen = _options(words)
    address = f"http://127.0.0.1:{chosen.port}"
    with _alone(address) as record, server.reserve(chosen.port) as door:
        environment.ready(environment.RUNTIME)
        _forbid_fresh_elsewhere(chosen.fresh)
        with database() as url:
            settings = {"DATABASE_URL": url, "CLINIC_DEMO": "1", "CLINIC_PUBLIC_ADDRESS": address}
            if chosen.fresh:
                _forget()
            _prepare(settings)
            _serve(record, door, settings)
    return 0


def stop(words: list[str]) -> int:
    """Stop what ./run started in this folder and nothing else; a running test keeps its database."""
    if words:
        raise Trouble("./run stop takes no words.")
    if record := server.recorded():
        say(f"Stopping the demo at {record.address}")
        server.end(record)
    used = [cluster.name for cluster in (DEMO, TESTS) if not cluster.stop_unless_used()]
    say(f"Left running for another ./run: {', '.join(used)}" if used else "Nothing that ./run started runs now.")
    return 0


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--fresh", action="store_true", help="begin again with new made-up patients")
    parser.add_argument("--port", type=int, default=8000, help="on which port of this machine (8000)")
    return parser.parse_args(words)


@contextmanager
def _alone(address: str) -> Iterator[server.Record]:
    """One demo a folder, on record from its first step on; what a killed one left behind is stopped."""
    with (STATE / "demo.lock").open("w") as held:
        before = server.recorded()
        if not places.try_lock(held.fileno()):
            where = f" at {before.address}" if before else ""
            raise Trouble(f"a demo already runs in this folder{where}; open it, or end it with: ./run stop")
        if before:
            server.end(before)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        record = server.Record(address)
        record.add(os.getpid())
        try:
            yield record
        finally:
            server.end(record)


def _forbid_fresh_elsewhere(fresh: bool) -> None:
    if fresh and os.environ.get("DATABASE_URL"):
        raise Trouble("--fresh empties only our own database; empty the one in DATABASE_URL yourself.")


def _forget() -> None:
    say("Beginning again: the demo's database and uploads are dropped")
    DEMO.sql(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
    DEMO.have_database(DATABASE)
    shutil.rmtree(STATE / "media", ignore_errors=True)


def _prepare(settings: Mapping[str, str]) -> None:
    """Migrate, load the demo clinic and gather static files, each only as far as it is not done."""
    planned = [line for line in _lines(["migrate", "--plan"], settings) if is_migration(line)]
    if planned:
        say("Making the tables")
        applied = (line.split()[1].removesuffix("...") for line in _lines(["migrate"], settings) if "Applying" in line)
        count("migrations", applied, len(planned))
        list(_lines(["createcachetable"], settings))
    say("Looking after the made-up patients")
    for line in _lines(["demo"], settings):
        say(f"  {line}")
    static.gather()


def is_migration(line: str) -> bool:
    """Whether a line of `migrate --plan` names a migration: what it does is indented below it."""
    return "." in line and " " not in line


def _lines(words: list[str], settings: Mapping[str, str]) -> Iterator[str]:
    """Run a command of manage.py and hand on its lines as they come."""
    log = server.log_of("manage")
    try:
        yield from program.lines(command(words), log, surroundings(settings))
    except program.Failed as failed:
        last = program.last_line(str(failed))
        raise Trouble(f"manage.py {words[0]} failed ({last}); all it said is in {log}.") from None


def _serve(record: server.Record, door: socket, settings: Mapping[str, str]) -> None:
    """Start the server and the worker, and stay until Ctrl-C, or until one of them ends that should not."""
    say("Starting the server")
    running = {"server": server.serve(door, settings), "worker": server.work(settings)}
    try:
        for process in running.values():
            record.add(process.pid)
        server.wait_until_ready(record.address, running["server"])
        say(FIRST_LOOK.format(address=record.address))
        _watch(running)
    except KeyboardInterrupt:
        say("Closing")
    finally:
        server.end(record)  # before the database goes


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _watch(running: Mapping[str, Popen[bytes]]) -> None:
    while True:
        for name, process in running.items():
            if process.poll() is not None:
                raise Trouble(f"the {name} ended by itself; the reason is in {server.log_of(name)}.")
        time.sleep(0.5)
