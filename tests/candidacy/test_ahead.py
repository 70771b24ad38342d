"""What time alone brings, and how much steroid was injected, as the doctor reads both on the case page."""

from datetime import date
from decimal import Decimal

import pytest

from clinic.candidacy import steroids
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.reading import turn_words
from clinic.criteria.ahead import Turn
from clinic.criteria.verdicts import Verdict
from clinic.record import actions as on_record
from clinic.record.facts import Assembled
from clinic.record.models import OtherInjection
from tests.candidacy.scenes import a_known_case
from tests.candidacy.test_chart import saved
from tests.factories import actor

FIRST = date(2026, 6, 12)


@pytest.mark.parametrize(
    ("turn", "now", "words"),
    [
        (None, Verdict.NOT_MET, ""),
        (Turn(FIRST), Verdict.NOT_MET, "met from 12 June 2026 if nothing else changes"),
        (Turn(FIRST), Verdict.CANNOT_TELL, "met from 12 June 2026 at the latest if nothing else changes"),
        (
            Turn(FIRST, date(2026, 7, 3)),
            Verdict.NOT_MET,
            "met from 12 June 2026 until 3 July 2026 if nothing else changes",
        ),
        (
            Turn(FIRST, None, Verdict.NOT_APPLICABLE),
            Verdict.REVIEW,
            "no longer asked from 12 June 2026 if nothing else changes",
        ),
    ],
)
def test_when_time_brings_it_in_words(turn, now, words):
    assert turn_words(turn, now) == words


def test_case_says_from_which_day_a_clause_is_met(desk):
    care = [{"kind": "nsaid", "outcome": "no_help", "from": "2026-05-11", "ongoing": True}]
    case = a_known_case({"therapies": care})
    text = desk.get(f"/case/{case.reference}/", {"set": "medicare-lcd"}).content.decode()
    assert "Met from 8 June 2026 if nothing else changes." in text
    met_now = desk.get(f"/case/{a_known_case().reference}/").content.decode()
    assert "if nothing else changes" not in met_now


SESSION = {"on": "2026-02-14", "region": "lumbar", "drug": "dexamethasone", "dose_mg": 7.5}
KNEE = {"on": "2025-03", "site": "knee", "drug": "triamcinolone", "dose_mg": 40}
BETAMETHASONE = SESSION | {"drug": "betamethasone", "dose_mg": 6}


def card(**document):
    rows = {f"{name}[0]": [] for name in steroids.LISTS if document.get(name)}
    return steroids.card(Assembled(document, rows=rows), date(2026, 6, 1))


@pytest.mark.parametrize(
    ("document", "totals"),
    [
        ({"injections": [SESSION], "other_injections": [KNEE]}, ["40 mg", "80 mg"]),
        ({"injections": [SESSION], "other_injections": []}, ["40 mg", "40 mg"]),
        ({"injections": [SESSION]}, ["at least 40 mg", "at least 40 mg"]),
        ({"injections": [BETAMETHASONE], "other_injections": []}, ["32 to 40 mg", "32 to 40 mg"]),
        ({"injections": [], "other_injections": []}, ["0 mg", "0 mg"]),
        ({}, ["not known", "not known"]),
    ],
)
def test_the_sum_in_words(document, totals):
    assert [window.total for window in card(**document).windows] == totals


def test_the_card_names_what_is_not_known_and_nobody_s_word_is_no_zero():
    found = card(injections=[{"on": "2026-02-14", "region": "lumbar"}])
    assert found.windows[0].open == ("Injection, 14 February 2026",)
    assert found.unasked == ("injections elsewhere",)
    assert found.lines[0].given == "drug and dose not said"


def test_the_card_adds_the_planned_one_where_its_dose_is_said():
    plan = {"drug": "dexamethasone", "dose_mg": 10}
    found = card(injections=[SESSION], other_injections=[], plan=plan)
    assert (found.windows[0].planned, found.planned) == ("93.3 mg", "dexamethasone 10 mg, which is 53.3 mg")
    assert card(injections=[SESSION], other_injections=[], plan={"drug": "dexamethasone"}).planned == ""


def test_case_shows_the_sum_beside_what_was_published(desk):
    case = a_known_case({"injections": [SESSION]})
    by = actor(case.patient.user)
    on_record.put(model=OtherInjection, case=case, key=None, said_by="patient", by=by, site="knee", on="2026-03")
    text = desk.get(f"/case/{case.reference}/").content.decode()
    for words in ("Injected steroid", "at most 200 mg", "women after menopause", "at least 40 mg", "Knee, March 2026"):
        assert words in text
    assert CaseFile.of(case).to_seal()["shown"]["steroids"][0] == ["Last 12 months", "at least 40 mg", "at most 200 mg"]


def test_chart_keeps_an_injection_elsewhere_and_takes_it_back(desk, doctor):
    case = a_known_case()
    new = {f"other_injections-new-{name}": value for name, value in {"on": "2025", "site": "hip"}.items()}
    new |= {"other_injections-new-drug": "Kenalog", "other_injections-new-dose_mg": "40"}
    assert saved(desk, case, "injections", **new).status_code == 302
    row = OtherInjection.objects.current().get()
    assert (row.on, row.site, row.drug, row.dose_mg, row.said_by) == ("2025", "hip", "Kenalog", Decimal(40), "doctor")
    page = desk.post(f"/case/{case.reference}/chart/strike/other_injections/{row.key}/")
    assert page.status_code == 302
    assert not OtherInjection.objects.current().exists()


def test_chart_says_that_there_was_none_elsewhere(desk):
    case = a_known_case()
    saved(desk, case, "injections", **{"other_injections-none": "on"})
    file = CaseFile.of(case)
    assert file.recorded.document["other_injections"] == []
    assert "other_injections" not in file.weighed.document
    assert file.weighed.parsed is not None
