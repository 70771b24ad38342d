"""./run: what it starts it finds again and stops, and what it cannot do it says in one sentence."""

import errno
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import databases
from tools.run import demo, environment, places, processes, server, static
from tools.run.cluster import Cluster
from tools.run.say import Trouble

RUN = str(places.ROOT / "run")
needs_environment = pytest.mark.skipif(
    not environment.is_current(environment.RUNTIME), reason="this Python was not installed by ./run"
)


@pytest.fixture
def state(monkeypatch) -> Iterator[Path]:
    """A state folder of its own, with a space in its name and far too long for a socket."""
    # Not in pytest's folder, which it shuts to everybody else, for as root the database runs as nobody.
    place = Path(tempfile.mkdtemp(prefix="a state "))
    place.chmod(0o755)
    folder = place / ("long" * 40)
    (folder / "log").mkdir(parents=True)
    monkeypatch.setattr(places, "STATE", folder)
    monkeypatch.setattr(places, "LOGS", folder / "log")
    monkeypatch.setattr(server, "RECORD", folder / "demo.json")
    monkeypatch.setattr(demo, "STATE", folder)
    yield folder
    shutil.rmtree(place)


@pytest.fixture
def gathered() -> None:
    """Static files, gathered under the lock of the real state folder, as a journey beside this test gathers them."""
    static.gather()


def run(*words: str, state: Path, **settings: str) -> "subprocess.CompletedProcess[str]":
    surroundings = {**os.environ, "DATABASE_URL": "", "CLINIC_STATE_DIR": str(state), **settings}
    return subprocess.run([sys.executable, RUN, *words], env=surroundings, capture_output=True, text=True, timeout=60)


def one_sentence(said: str) -> str:
    lines = said.strip().splitlines()
    assert len(lines) == 1, said
    assert lines[0].startswith("run: ")
    return lines[0]


@needs_environment
def test_cluster_keeps_its_data_and_survives_being_killed(state):
    cluster = Cluster("postgres")
    with cluster.used() as started:
        assert started
        cluster.have_database("kept")
        with cluster.used() as again:
            assert not again
        assert "kept" in cluster.sql("SELECT datname FROM pg_database")
    assert processes.named(cluster.title, _owner(cluster)) == []
    with cluster.used():
        for postmaster in processes.named(f"cluster_name={cluster.title}", _owner(cluster)):
            os.kill(postmaster, 9)
        with cluster.used() as started:
            assert started
            assert "kept" in cluster.sql("SELECT datname FROM pg_database")
    assert not cluster.socket.exists()


def _owner(cluster: Cluster) -> int:
    return cluster.data.stat().st_uid


@needs_environment
def test_cluster_lets_many_start_at_once(state):
    ask = "from tools.run.cluster import Cluster\nc = Cluster('many')\nwith c.used(): print(c.sql('SELECT 42'))"
    surroundings = {**os.environ, "CLINIC_STATE_DIR": str(state), "PYTHONPATH": str(places.ROOT)}
    starters = [
        subprocess.Popen([sys.executable, "-c", ask], env=surroundings, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [starter.communicate(timeout=60)[0].strip() for starter in starters] == ["42"] * 4


@needs_environment
def test_cluster_refuses_a_socket_folder_that_somebody_else_made(state):
    cluster = Cluster("postgres")
    cluster.socket.symlink_to("/")
    try:
        with pytest.raises(Trouble, match="belongs to somebody else"), cluster.used():
            pass
    finally:
        cluster.socket.unlink()


def test_stop_leaves_a_process_alone_that_got_a_recorded_number(state):
    ours, another = (subprocess.Popen(["sleep", "60"], start_new_session=True) for _ in range(2))
    record = server.Record("http://127.0.0.1:1")
    record.add(ours.pid)
    record.births[str(another.pid)] = "0@another-boot"
    server.end(record)
    assert ours.wait(timeout=5) != 0
    assert another.poll() is None
    another.kill()
    another.wait()


def test_stop_ends_what_a_killed_process_left_in_its_session(state):
    parent = subprocess.Popen(["sh", "-c", "sleep 60 & wait"], start_new_session=True)
    record = server.Record("http://127.0.0.1:1")
    record.add(parent.pid)
    while len(record.alive()) < 2:
        time.sleep(0.01)
    parent.kill()
    parent.wait()
    assert len(record.alive()) == 1
    server.end(record)
    assert record.alive() == []


@needs_environment
def test_demo_serves_refuses_a_second_and_stops(gathered, state):
    with databases.clone(databases.demonstrated()) as name, socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        door.close()
        (state / "static").symlink_to(static.GATHERED)
        (state / "static.hash").write_text(static.MARK.read_text())
        settings = {"DATABASE_URL": databases.url(name), "CLINIC_STATE_DIR": str(state)}
        command = [sys.executable, RUN, "demo", "--port", str(port)]
        with subprocess.Popen(command, env={**os.environ, **settings}, stderr=subprocess.PIPE, text=True) as first:
            said = iter(first.stderr.readline, "")
            assert any(f"http://127.0.0.1:{port}" in line for line in said)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as page:
                assert page.status == 200
            assert "already runs" in one_sentence(run("demo", state=state).stderr)
            assert run("stop", state=state).returncode == 0
            assert first.wait(timeout=20) == 0
        assert server.recorded() is None


def test_demo_says_that_a_port_is_in_use():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=rf"port {port} is in use; .* --port {port + 1}"):
            server.reserve(port)


def test_demo_never_empties_a_database_that_is_not_ours(state):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = str(door.getsockname()[1])
    refused = run("demo", "--fresh", "--port", port, state=state, DATABASE_URL="postgresql://localhost:1/precious")
    assert "empty the one in DATABASE_URL yourself" in one_sentence(refused.stderr)


def test_demo_counts_migrations_and_not_what_they_do():
    plan = ["Planned operations:", "people.0001_initial", "    Create model User", "    Raw SQL: a.b"]
    assert [line for line in plan if demo.is_migration(line)] == ["people.0001_initial"]


@needs_environment
def test_manage_determine_starts_no_database_and_keeps_its_output_clean(state):
    patient = places.ROOT / "tests" / "criteria" / "default_patient.json"
    done = run("manage", "determine", "--facts", str(patient), state=state)
    assert done.returncode == 0
    assert done.stdout.startswith("{")
    assert done.stderr == ""
    assert not (state / "postgres").exists()


def test_an_old_python_gets_its_sentence():
    old = "import sys, runpy; sys.version_info = (3, 6, 15); runpy.run_path(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", old, RUN], capture_output=True, text=True)
    assert done.returncode == 1
    assert re.fullmatch(r"run: this needs Python 3\.11 or newer and this is 3\.6; .*\n", done.stderr)


def test_an_unknown_command_gets_help_and_pipes_stay_clean(state):
    done = run("dance", state=state)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "./run demo" in done.stderr


def test_a_folder_that_cannot_be_written_gets_a_sentence():
    assert "a folder that is yours" in one_sentence(run("stop", state=Path("/sys/nowhere")).stderr)


@pytest.mark.parametrize(
    ("number", "advice"),
    [(errno.EROFS, "a folder that is yours"), (errno.ENOSPC, "free about 1 GB"), (errno.EIO, "put that right")],
)
def test_what_the_system_refuses_gets_a_sentence(number, advice):
    assert advice in str(places.explain(OSError(number, os.strerror(number))))


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "the disk is full"),
        ("Max retries exceeded: Temporary failure in name resolution", "check the network"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that was locked"),
        ("error: something new", r"installing failed \(error: something new\)"),
    ],
)
def test_what_an_installer_refuses_gets_a_sentence(output, advice):
    assert re.search(advice, str(environment.trouble(output)))
