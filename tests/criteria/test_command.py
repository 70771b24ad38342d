"""`manage.py determine`, through the pure function and once through the shell."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from clinic.criteria import sets
from clinic.criteria.command import Stopped, run
from tests.criteria.documents import DEFAULT, patient

ROOT = Path(__file__).parents[2]
IMPOSSIBLE = patient(therapies=[{"from": "2026-04-20", "to": "2026-03-02"}])


def ran(value, policies=None):
    text, status = run(json.dumps(value).encode(), policies)
    return json.loads(text), status


def test_a_single_document_gives_an_object_in_the_contracts_shape():
    printed, status = ran(DEFAULT, ["medicare-lcd"])
    assert status == 0
    assert list(printed) == ["as_of", "safety", "determinations"]
    assert list(printed["safety"]) == ["urgent", "holds", "unknown"]
    (determination,) = printed["determinations"]
    assert (determination["policy"], determination["version"]) == ("medicare-lcd", "2026-06-05")
    assert determination["outcome"] == "met"
    care = next(clause for clause in determination["clauses"] if clause["key"] == "conservative-care")
    assert care == {
        "key": "conservative-care",
        "verdict": "met",
        "because": "Pain for 91 days; 91 days of care since 2 March 2026, counted once where therapies overlap.",
        "facts": ["complaint.onset", "therapies[0]", "therapies[1]", "therapies[3]"],
        "missing": [],
    }


def test_without_a_policy_every_set_is_weighed_in_its_current_version():
    printed, _ = ran(DEFAULT)
    weighed = [(one["policy"], one["version"]) for one in printed["determinations"]]
    assert weighed == [(one.key, one.version) for one in sets.shipped()]


def test_a_version_can_be_named():
    printed, _ = ran(DEFAULT, ["evicore-cmm-200@EV-B", "evicore-cmm-200"])
    assert [one["version"] for one in printed["determinations"]] == ["EV-B", "EV-A"]


def test_in_a_list_the_others_are_judged():
    printed, status = ran([DEFAULT, IMPOSSIBLE, "no document", DEFAULT], ["bcbs-tn"])
    assert status == 1
    assert printed[0] == printed[3]
    assert printed[1] == {"refused": [{"path": "therapies[0].to", "because": "the last day lies before the first"}]}
    assert printed[2]["refused"][0]["path"] == "$"


def test_an_empty_list_gives_an_empty_list():
    assert ran([]) == ([], 0)


@pytest.mark.parametrize(
    ("data", "policies", "says"),
    [
        (b"{", None, "not JSON"),
        (b"", None, "not JSON"),
        (b'{"as_of": NaN}', None, "not JSON"),
        (b"[" * 100_000, None, "not JSON"),
        (b"\xff", None, "UTF-8"),
        (b"42", None, "object"),
        (json.dumps(IMPOSSIBLE).encode(), None, "therapies[0].to"),
        (json.dumps(DEFAULT).encode(), ["nobody"], "no criteria set nobody"),
        (json.dumps(DEFAULT).encode(), ["medicare-lcd@1999"], "medicare-lcd@1999"),
        (json.dumps(DEFAULT).encode(), ["medicare-lcd@"], "medicare-lcd"),
    ],
)
def test_what_stops_it(data, policies, says):
    with pytest.raises(Stopped, match=says.replace("[", r"\[")):
        run(data, policies)


@pytest.mark.parametrize(
    ("facts", "arguments", "status"),
    [([DEFAULT, IMPOSSIBLE], [], 1), (IMPOSSIBLE, [], 2), (DEFAULT, ["--policy", "nobody"], 2)],
)
def test_the_shell_keeps_its_pipes_clean(facts, arguments, status):
    command = [sys.executable, "manage.py", "determine", "--facts", "-", *arguments]
    done = subprocess.run(command, input=json.dumps(facts), capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == status, done.stderr
    if status == 2:
        assert done.stdout == ""
        assert done.stderr
    else:
        assert len(json.loads(done.stdout)) == 2
        assert done.stderr == ""
