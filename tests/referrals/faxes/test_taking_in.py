"""Every file of the folder becomes one fax, whatever is in it and whatever dies in between; none is deleted."""

import hashlib
import os
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

from clinic.audit.models import Event
from clinic.paper.pages import pages
from clinic.record import uploads
from referrals.faxes import folder as on_disk
from referrals.faxes.actions import taking_in
from referrals.faxes.lifecycle import Fault
from referrals.faxes.models import Fax, Look, Trouble
from referrals.faxes.tasks import take_in as task
from tests import databases

from .scenes import a_pdf, look, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _commits(folder, monkeypatch):
    """Within the transaction of a test, what waits for a commit happens at once."""
    monkeypatch.setattr(taking_in.transaction, "on_commit", lambda act: act())


def kept(fax: Fax) -> bytes:
    return uploads.place_of(fax.path).read_bytes()


def taken(folder: Path) -> list[str]:
    return sorted(each.name for each in (folder / "taken").iterdir())


def standing() -> set[tuple[str, str]]:
    return set(Trouble.objects.standing().values_list("kind", "name"))


def test_a_file_is_taken_in_once_and_moved(folder):
    content = a_pdf(3)
    put(folder, "scan 1.pdf", content, age=900)
    assert look() == 1
    fax = Fax.objects.get()
    assert (fax.name, fax.pages, fax.fault, fax.state) == ("scan 1.pdf", 3, "", "waiting")
    assert fax.sha256 == hashlib.sha256(content).hexdigest()
    assert kept(fax) == content
    assert taken(folder) == [f"{fax.pk}-scan 1.pdf"]
    assert abs((fax.taken_at - fax.received_at).total_seconds() - 900) < 30
    assert look() == 0
    assert Event.objects.get(verb="fax.taken_in").patient_ids == []


def test_what_stands_in_taken_is_never_overwritten(folder):
    for _time in range(2):
        put(folder, "fax.pdf")
        look()
    assert len(taken(folder)) == 2


@pytest.mark.parametrize(
    ("content", "fault", "number"),
    [
        (b"", Fault.EMPTY, None),
        (b"II*\0 this is a picture", Fault.NO_PDF, None),
        (a_pdf(2)[:-40], Fault.DAMAGED, None),
        (b"%PDF-1.4 nothing more", Fault.DAMAGED, None),
        (a_pdf(password="a secret"), Fault.ENCRYPTED, None),
        (a_pdf(program=True), Fault.PROGRAM, 1),
    ],
)
def test_what_cannot_be_filed_is_taken_all_the_same(folder, content, fault, number):
    put(folder, content=content)
    assert look() == 1
    fax = Fax.objects.get()
    assert (fax.fault, fax.pages) == (fault, number)
    assert kept(fax) == content
    assert fax.what_to_do
    assert not fax.can_be_filed
    assert taken(folder)


def test_two_thousand_pages_are_counted_and_asked_about(folder):
    put(folder, content=a_pdf(2000))
    look()
    fax = Fax.objects.get()
    assert fax.pages == 2000
    assert fax.is_very_long
    assert fax.can_be_filed


def test_more_pages_than_are_counted_is_very_long(folder, monkeypatch):
    monkeypatch.setattr(taking_in, "pages", lambda content: type(pages(content))(None, "too_many_pages"))
    put(folder)
    look()
    assert Fax.objects.get().is_very_long
    assert Fax.objects.get().can_be_filed


def test_a_file_too_large_to_look_into_is_taken(folder, monkeypatch):
    monkeypatch.setattr(taking_in, "MOST_BYTES", 100)
    put(folder)
    look()
    assert Fax.objects.get().fault == Fault.TOO_LARGE


@pytest.mark.parametrize(
    "name",
    ["Überweisung für Test Ñandú.PDF", "a\nb\x1b[31m.pdf", "'; DROP TABLE faxes;--.pdf", "‮fdp.exe", "x" * 251 + ".pdf"],
)
def test_odd_names_are_taken(folder, name):
    put(folder, name)
    assert look() == 1
    assert Fax.objects.get().name.isprintable()
    assert not list(folder.glob("*.*"))


def test_a_name_that_is_no_text_is_taken(folder):
    place = put(folder)
    os.rename(os.fsencode(place), os.fsencode(folder) + b"/fax \xff\xfe.pdf")
    assert look() == 1
    assert Fax.objects.get().name == r"fax \xff\xfe.pdf"


@pytest.mark.parametrize("name", [".hidden.pdf", "fax.pdf.tmp", "fax.PART", "~$fax.pdf", "Thumbs.db"])
def test_hidden_and_temporary_files_wait_until_they_are_renamed(folder, name):
    place = put(folder, name)
    assert look() == 0
    assert standing() == set()
    place.rename(folder / "fax.pdf")
    assert look() == 1


def test_a_temporary_name_that_stays_is_told(folder):
    place = put(folder, "fax.pdf.tmp", age=3700)
    look()
    assert standing() == {("unfinished", "fax.pdf.tmp")}
    place.rename(folder / "fax.pdf")
    look()
    assert standing() == set()


def test_a_growing_file_waits(folder, monkeypatch):
    place = put(folder, content=b"%PDF-1.4 the beginning", age=1)
    monkeypatch.setattr(on_disk.time, "sleep", lambda _pause: place.write_bytes(b"%PDF-1.4 the beginning and more"))
    assert look() == 0
    assert place.exists()


def test_a_file_that_grows_while_it_is_read_waits(folder, monkeypatch):
    place = put(folder)
    seen = on_disk.settled(folder, 0)
    place.write_bytes(a_pdf(2))
    monkeypatch.setattr(on_disk, "settled", lambda *_asked: seen)
    assert look() == 0
    assert not Fax.objects.exists()
    assert not list(Path(uploads.place_of(uploads.FOLDER)).rglob("*/*"))


@pytest.mark.parametrize("content", [b"", a_pdf()[:-40]])
def test_a_file_without_an_end_gets_time_to_arrive(folder, content):
    place = put(folder, content=content, age=20)
    assert look() == 0
    place.write_bytes(a_pdf())
    assert look() == 1
    assert Fax.objects.get().fault == ""


def test_a_clock_that_goes_ahead_hinders_nothing(folder):
    put(folder, age=-3600)
    assert look() == 1
    assert Fax.objects.get().received_at <= Fax.objects.get().taken_at


def test_a_link_is_never_followed(folder, tmp_path):
    secret = put(tmp_path, "secret.pdf")
    (folder / "link.pdf").symlink_to(secret)
    assert look() == 0
    assert standing() == {("link", "link.pdf")}
    assert secret.exists()


def test_a_folder_inside_and_what_is_no_file_are_told(folder):
    (folder / "more").mkdir()
    os.mkfifo(folder / "pipe")
    put(folder)
    assert look() == 1
    assert standing() == {("inside", "more"), ("no_file", "pipe")}
    (folder / "more").rmdir()
    look()
    assert standing() == {("no_file", "pipe")}
    assert Trouble.objects.count() == 2


def unreadable(*_words: object, **_more: object) -> None:
    raise PermissionError


def test_a_file_that_may_not_be_read_is_told_and_hinders_no_other(folder, monkeypatch):
    put(folder, "closed.pdf")
    put(folder, "open.pdf")
    real = os.open
    monkeypatch.setattr(
        on_disk.os, "open", lambda place, *more: unreadable() if "closed" in str(place) else real(place, *more)
    )
    assert look() == 1
    assert standing() == {("file", "closed.pdf")}
    monkeypatch.undo()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_told(folder):
    folder.chmod(0)
    try:
        look()
    finally:
        folder.chmod(0o700)
    assert standing() == {("folder", "")}


def test_a_folder_that_is_not_there_is_told_and_never_made(settings, tmp_path):
    settings.FAX_FOLDER = tmp_path / "disk" / "faxes"
    assert look() == 0
    assert standing() == {("folder", "")}
    assert not settings.FAX_FOLDER.exists()
    begun = Trouble.objects.get().since
    look()
    assert Trouble.objects.get().since == begun
    settings.FAX_FOLDER.mkdir(parents=True)
    look()
    assert standing() == set()
    assert Look.objects.count() == 1


def test_our_own_folder_is_made(folder):
    folder.rmdir()
    assert look() == 0
    assert folder.is_dir()


def test_a_crash_between_commit_and_move_gives_no_second_fax(folder, monkeypatch):
    put(folder)
    with monkeypatch.context() as dying:
        dying.setattr(taking_in.transaction, "on_commit", lambda _act: None)
        assert look() == 1
    assert (folder / "fax.pdf").exists()
    assert look() == 0
    fax = Fax.objects.get()
    assert taken(folder) == [f"{fax.pk}-fax.pdf"]
    assert len([each for each in uploads.place_of(uploads.FOLDER).rglob("*") if each.is_file()]) == 1


def test_a_crash_before_the_row_loses_nothing(folder, monkeypatch):
    put(folder)
    with monkeypatch.context() as dying:
        dying.setattr(taking_in, "record", unreadable)
        with pytest.raises(PermissionError):
            look()
    assert not Fax.objects.exists()
    assert look() == 1


def test_a_file_that_cannot_be_moved_is_told_and_taken_once(folder, monkeypatch):
    put(folder)
    with monkeypatch.context() as full:
        full.setattr(on_disk.Path, "rename", unreadable)
        assert look() == 1
        assert look() == 0
        assert standing() == {("not_moved", "fax.pdf")}
    look()
    assert standing() == set()
    assert Fax.objects.count() == 1


def test_another_file_of_the_same_name_is_not_moved_for_the_first(folder, monkeypatch):
    place = put(folder)
    monkeypatch.setattr(taking_in.transaction, "on_commit", lambda act: (place.unlink(), put(folder), act()))
    assert look() == 1
    assert place.exists()


def test_the_same_bytes_on_another_day_are_a_new_fax_that_says_so(folder):
    content = a_pdf()
    put(folder, content=content, age=90_000)
    look()
    put(folder, content=content, age=600)
    assert look() == 1
    first, second = Fax.objects.order_by("pk")
    assert second.same_as == first
    assert first.same_as is None


def test_take_in_faxes_says_what_it_did(folder, settings, monkeypatch):
    monkeypatch.setattr(on_disk.time, "sleep", lambda _pause: None)
    put(folder)
    out = StringIO()
    call_command("take_in_faxes", stdout=out)
    assert out.getvalue().startswith("1 new fax from ")
    settings.FAX_FOLDER = folder / "gone" / "away"
    with pytest.raises(CommandError):
        call_command("take_in_faxes", stdout=out, stderr=StringIO())


def test_the_task_takes_in(folder, monkeypatch):
    monkeypatch.setattr(on_disk.time, "sleep", lambda _pause: None)
    put(folder)
    task(timestamp=int(time.time()))
    assert Fax.objects.count() == 1


def test_two_processes_at_once_take_each_file_once(folder, tmp_path):
    for number in range(6):
        put(folder, f"{number}.pdf")
    command = [sys.executable, "manage.py", "take_in_faxes"]
    with databases.clone(databases.migrated()) as name:
        surroundings = {**os.environ, "DATABASE_URL": databases.url(name), "CLINIC_STATE_DIR": str(tmp_path)}
        both = [
            subprocess.Popen(command, cwd=databases.ROOT, env=surroundings, stdout=subprocess.PIPE, text=True)
            for _process in range(2)
        ]
        said = [process.communicate(timeout=60)[0] for process in both]
        with psycopg.connect(databases.address(name)) as beside:
            rows = beside.execute("SELECT count(*), count(DISTINCT name) FROM faxes_fax").fetchone()
    assert sum(int(line.split()[0]) for line in said) == 6
    assert rows == (6, 6)
    assert len(taken(folder)) == 6
