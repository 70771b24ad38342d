"""The pages of the doctor's side: what they show, what they cost, and what they leave behind."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.audit.models import Event
from clinic.candidacy import letter
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Decision
from clinic.candidacy.views.decide import shown
from clinic.intake.models import Answer, Intake
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, Document, Stage
from tests.candidacy.scenes import PASSWORD, a_doctor, a_known_case
from tests.factories import a_case, a_user, actor

RICH = {
    "injections": [{"on": "2026-02-14", "region": "lumbar", "patient_relief_percent": 80}],
    "blood_thinners": [{"name": "apixaban", "class": "anticoagulant", "last_taken": "2026-05-30"}],
    "allergies": {"steroid": False},
}


def text_of(page) -> str:
    return page.content.decode()


def test_queue_lists_who_waits(desk):
    case = a_known_case()
    assert case.reference in text_of(desk.get("/queue/"))


def test_case_shows_evidence_and_criteria(desk):
    case = a_known_case(RICH)
    text = text_of(desk.get(f"/case/{case.reference}/"))
    for words in (
        "apixaban, last 30 May 2026",
        "contrast, local anaesthetic: not asked",
        "Safety, apart from coverage",
        "not yet signed off by this clinic",
        "second-hand source",
        "Pain for 91 days",
    ):
        assert words in text


def test_case_of_nobody_who_said_anything_opens(desk):
    case = a_case()
    page = desk.get(f"/case/{case.reference}/")
    assert page.status_code == 200
    assert "Nobody has said yet what was tried" in text_of(page)


def test_case_links_every_clause_to_evidence_that_stands_on_the_page(desk):
    case = a_known_case(RICH)
    for key in ("medicare-lcd", "credence-mp-303"):
        text = text_of(desk.get(f"/case/{case.reference}/", {"set": key}))
        linked = set(re.findall(r'href="#(ev-[^"]+)"', text))
        assert linked
        assert linked <= set(re.findall(r'id="([^"]+)"', text))
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids))


def test_case_links_its_documents(desk, doctor):
    case = a_known_case()
    Document.objects.create(
        case=case,
        name="Test report.pdf",
        content_type="application/pdf",
        size=1,
        sha256="0" * 64,
        path="x",
        said_by="patient",
    )
    document = case.documents.get()
    assert f"/cases/{case.reference}/documents/{document.pk}" in text_of(desk.get(f"/case/{case.reference}/"))


def test_case_says_the_verdict_above_the_evidence(desk):
    case = a_known_case(payer="Credence Blue Cross Blue Shield")
    verdict = CaseFile.of(case).result("").outcome.value.replace("_", " ")
    link = text_of(desk.get(f"/case/{case.reference}/")).split('class="to-criteria')[1].split("</a>")[0]
    assert "Credence Blue Cross Blue Shield" in link
    assert verdict in link


def test_case_weighs_the_patients_own_payer_first(desk):
    case = a_known_case(payer="Credence Blue Cross Blue Shield")
    assert CaseFile.of(case).result("").of.key == "credence-mp-303"
    other = a_known_case(payer="Some payer")
    shown = text_of(desk.get(f"/case/{other.reference}/"))
    assert "No set is known to serve “Some payer”" in shown
    assert "none is called theirs" in shown


def test_decide_rests_on_no_other_payers_set_unless_the_doctor_names_it(desk, doctor):
    case = a_known_case(payer="Some payer")
    file = CaseFile.of(case)
    assert file.to_decide_by("") is None
    assert file.to_decide_by("cam-136").of.key == "cam-136"
    on_record.set_final(case=case, final=True, by=actor(doctor))
    assert "rests on none of them" in text_of(desk.get(f"/case/{case.reference}/decide/"))


def test_compare_marks_the_patients_own_payer_and_says_who_is_silent(desk):
    case = a_known_case(payer="Cigna", plan_name="Any plan")
    shown = text_of(desk.get(f"/case/{case.reference}/compare/"))
    assert shown.index("their own payer") < shown.index("evicore-cmm-200@EV-A") < shown.index("medicare-lcd@")
    assert "not yet signed off" in shown
    assert "not stated" in shown


def test_case_with_an_impossible_entry_says_which_and_weighs_nothing(desk):
    case = a_known_case({"therapies": [{"kind": "nsaid", "from": "2026-04-01", "to": "2026-03-01"}]})
    text = text_of(desk.get(f"/case/{case.reference}/"))
    assert "Some entries cannot be" in text
    assert "not yet signed off" not in text


def test_case_is_weighed_as_of_the_planned_day(desk, doctor):
    case = a_known_case()
    on_record.state(case=case, fact="as_of", value="2026-06-15", said_by="doctor", by=actor(doctor))
    assert "Pain for 105 days" in text_of(desk.get(f"/case/{case.reference}/"))


def an_answer(case: Case, **more: object) -> None:
    intake, _ = Intake.objects.get_or_create(case=case, kind="full", version="1", language="en")
    said = {"section": "hopes", "question": "hope", "asked": "What do you hope for?", "value": "Walk", "shown": "Walk"}
    Answer.objects.create(intake=intake, language="en", **(said | {"given_as": "self"} | more))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([{"given_as": "carer", "given_for": "Test Carer (daughter)"}], "answered by Test Carer (daughter), for the"),
        ([{}, {"given_as": "staff", "question": "worry"}], "partly answered by staff, for the patient"),
    ],
)
def test_case_says_at_once_who_answered_for_the_patient(desk, given, said):
    case = a_known_case()
    for each in given:
        an_answer(case, **each)
    assert said in text_of(desk.get(f"/case/{case.reference}/")).partition("answers-part")[0]


def test_case_of_who_answered_themselves_names_nobody_else(desk):
    case = a_known_case()
    an_answer(case)
    assert desk.get(f"/case/{case.reference}/").context["answered_by"] == ""


def test_case_leads_from_a_reported_change_to_the_words_of_it(desk):
    case = a_known_case()
    an_answer(case, section="later", question="changed_words", shown="I fell on the stairs.")
    on_record.raise_alert(case=case, kind="change", signs=["other"], by=actor(case.patient.user))
    text = text_of(desk.get(f"/case/{case.reference}/"))
    assert '<a href="#changed-title">Said since the answers were signed</a>' in text
    assert "I fell on the stairs." in text.partition('id="changed-title"')[2]


def test_case_leaves_an_event(desk):
    case = a_known_case()
    desk.get(f"/case/{case.reference}/")
    assert Event.objects.get(verb="case.opened").patient_ids == [case.patient_id]


def test_case_of_another_clinics_patient_is_not_found(client, first_of_june):
    case = a_known_case()
    for role in (Role.PATIENT, Role.EDITOR, Role.ADMINISTRATOR):
        client.force_login(a_user(role))
        assert client.get(f"/case/{case.reference}/").status_code == 404


def test_case_gives_a_coordinator_no_doctors_verbs(client, first_of_june):
    case = a_known_case()
    client.force_login(a_user(Role.COORDINATOR))
    text = text_of(client.get(f"/case/{case.reference}/"))
    assert "Ask for more" in text
    assert "Close the chart" not in text
    assert client.get(f"/case/{case.reference}/chart/").status_code == 404
    assert client.get(f"/case/{case.reference}/decide/").status_code == 404


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def answered(case: Case, count: int) -> None:
    intake, _ = Intake.objects.get_or_create(case=case, kind="full", defaults={"version": "1", "language": "es"})
    for number in range(count):
        Answer.objects.create(
            intake=intake,
            section="later",
            question=f"q{number}",
            asked="?",
            language="es",
            value="x",
            shown="x",
            given_by=case.patient.user,
            given_as="self",
        )


@pytest.mark.parametrize("page", ["", "compare/", "chart/therapies/", "decide/", "ask/"])
def test_a_page_costs_the_same_for_a_short_and_a_long_record(desk, page):
    short = a_known_case()
    therapies = [{"kind": "nsaid", "from": "2026-03-02", "outcome": "no_help"} for _ in range(25)]
    long = a_known_case({"therapies": therapies})
    answered(short, 1)
    answered(long, 30)
    desk.get(f"/case/{short.reference}/{page}")
    few = queries(desk, f"/case/{short.reference}/{page}")
    assert queries(desk, f"/case/{long.reference}/{page}") == few
    assert few <= 50


def decided(desk, case: Case, outcome: str = "candidate", **changed: str):
    """Walk the pages from the closed chart to the signature, as a browser does."""
    desk.post(f"/case/{case.reference}/chart/close/")
    address = f"/case/{case.reference}/decide/?outcome={outcome}"
    form = desk.get(address).context["form"]
    sent = {name: form[name].value() for name in ("nonce", "shown", "patient_message")}
    sent["supersedes"] = form["supersedes"].value() or ""
    return desk.post(address, sent | {"secret": PASSWORD} | changed)


def test_decide_offers_each_outcome_and_says_what_is_against(desk):
    case = a_known_case({"therapies": []})
    assert "Close the chart first" in text_of(desk.get(f"/case/{case.reference}/decide/"))
    desk.post(f"/case/{case.reference}/chart/close/")
    text = text_of(desk.get(f"/case/{case.reference}/decide/"))
    assert text.count('class="outcome"') == 5
    assert text.count("needs your reason") == 1


def test_decide_begins_with_a_message_in_the_patients_language(desk):
    case = a_known_case(language="es")
    desk.post(f"/case/{case.reference}/chart/close/")
    text = text_of(desk.get(f"/case/{case.reference}/decide/", {"outcome": "candidate"}))
    assert "Una inyección cerca del nervio" in text


def test_decide_signs_and_shows_the_decision(desk):
    case = a_known_case()
    page = decided(desk, case, patient_message="Your message.")
    decision = Decision.objects.get()
    assert page.url == f"/case/{case.reference}/decision/{decision.pk}/"
    assert decision.patient_message == "Your message."


def test_decide_keeps_what_was_typed_when_it_is_refused(desk):
    case = a_known_case()
    page = decided(desk, case, secret="wrong", patient_message="Typed with care.")
    assert page.status_code == 422
    assert "Nothing was signed" in text_of(page)
    assert "Typed with care." in text_of(page)
    assert "wrong" not in re.findall(r'value="([^"]*)"', text_of(page))


def test_decide_tells_the_second_doctor_and_lets_them_supersede(desk, client):
    case = a_known_case()
    desk.post(f"/case/{case.reference}/chart/close/")
    desk.post(f"/case/{case.reference}/release/")
    address = f"/case/{case.reference}/decide/?outcome=see_in_clinic"
    client.force_login(a_doctor("Dr. Test Hazel"))
    form = client.get(address).context["form"]
    theirs = {name: form[name].value() for name in ("nonce", "shown", "patient_message")} | {"secret": PASSWORD}
    decided(desk, case)
    page = client.post(address, theirs | {"patient_message": "Mine."})
    assert "has decided this case while you were writing" in text_of(page)
    assert "Mine." in text_of(page)
    form = page.context["form"]
    again = {name: form[name].value() for name in ("nonce", "shown", "patient_message", "supersedes")}
    assert client.post(address, again | {"secret": PASSWORD}).status_code == 302
    assert Decision.objects.count() == 2


def test_decision_shows_what_was_stored_and_computes_nothing(desk, monkeypatch):
    case = a_known_case()
    decided(desk, case)
    decision = Decision.objects.get()
    monkeypatch.setattr("clinic.criteria.determine.determine", None)
    monkeypatch.setattr("clinic.criteria.reasons.render", None)
    text = text_of(desk.get(f"/case/{case.reference}/decision/{decision.pk}/"))
    assert "Pain for 91 days" in text
    assert decision.seal in text
    assert "the seal holds" in text


def test_decision_of_another_case_is_not_found(desk):
    case, other = a_known_case(), a_known_case()
    decided(desk, case)
    decision = Decision.objects.get()
    assert desk.get(f"/case/{other.reference}/decision/{decision.pk}/").status_code == 404
    assert desk.get(f"/case/{other.reference}/decision/{decision.pk}/text/").status_code == 404


def test_decision_text_is_plain_and_whole(desk):
    case = a_known_case(RICH)
    decided(desk, case, "not_yet", reason="Weight first.")
    page = desk.get(f"/case/{case.reference}/decision/{Decision.objects.get().pk}/text/")
    assert page["Content-Type"] == "text/plain; charset=utf-8"
    text = text_of(page)
    for words in ("DECISION: NOT YET", "Safety, apart from coverage", "Weight first.", "Seal"):
        assert words in text
    assert max(len(line) for line in text.splitlines()) <= letter.WIDTH or "http" in text


def test_decision_text_reads_only_what_was_stored(desk):
    case = a_known_case()
    decided(desk, case)
    decision = Decision.objects.get()
    before = letter.text(shown(decision))
    on_record.state(case=case, fact="complaint.root", value="S1", said_by="patient", by=actor(case.patient.user))
    assert letter.text(shown(Decision.objects.get(pk=decision.pk))) == before


def test_decided_case_stands_under_decided(desk):
    case = a_known_case()
    decided(desk, case)
    case.refresh_from_db()
    assert case.stage == Stage.DECIDED
    assert case.reference in text_of(desk.get("/queue/", {"tab": "decided"}))
