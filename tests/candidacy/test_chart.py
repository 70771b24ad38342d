"""The chart: what a doctor says stands beside what others said, and only the doctor's is weighed."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.candidacy import chart as knowledge
from clinic.candidacy.actions import alerts, chart
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.chart.fields import Kind
from clinic.candidacy.forms.chart import GroupForm
from clinic.candidacy.models import RowSaid
from clinic.candidacy.typed import Unfit, value_of
from clinic.intake.models import Answer, Intake
from clinic.people.models import Role
from clinic.people.parking import ENDED_USER
from clinic.record import actions as on_record
from clinic.record.models import Case, Statement, Therapy
from tests.candidacy.scenes import a_doctor, a_known_case
from tests.factories import a_user, actor

TODAY = date(2026, 6, 1)


def typed(case: Case, group: str, **changed: str) -> QueryDict:
    """What the browser sends of a group that was opened now and changed in some fields."""
    form = GroupForm(knowledge.BY_KEY[group], CaseFile.of(case), TODAY)
    sent = QueryDict(mutable=True)
    for part in form.forms:
        for bound in part:
            if bound.value() not in (None, False):
                sent[bound.html_name] = bound.value()
    sent["seen"] = form.fingerprint
    for name, value in changed.items():
        sent[name] = value
    return sent


def saved(desk, case: Case, group: str, **changed: str):
    return desk.post(f"/case/{case.reference}/chart/{group}/", typed(case, group, **changed))


def test_chart_opens_every_group(desk):
    case = a_known_case()
    for group in knowledge.GROUPS:
        page = desk.get(f"/case/{case.reference}/chart/{group.key}/")
        assert page.status_code == 200
        assert group.title in page.content.decode()
    assert desk.get(f"/case/{case.reference}/chart/nothing/").status_code == 404


def test_chart_saves_one_group_in_one_go(desk, doctor):
    case = a_known_case({"exam": {}})
    page = saved(desk, case, "exam", exam__on="20 May 2026", exam__root_signs="yes", exam__concordant="no")
    assert page.status_code == 302
    said = {row.fact: row.value for row in case.statements.current().filter(said_by="doctor") if "exam" in row.fact}
    assert said == {"exam.on": "2026-05-20", "exam.root_signs": True, "exam.concordant": False}
    case.refresh_from_db()
    assert case.claimed_by == doctor


def test_the_doctors_word_stands_beside_the_patients_and_is_weighed(desk):
    case = a_known_case()
    saved(desk, case, "diagnosis", complaint__side="right")
    file = CaseFile.of(case)
    assert file.weighed.document["complaint"]["side"] == "right"
    assert {row.said_by for row in case.statements.current().filter(fact="complaint.side")} == {"patient", "doctor"}
    assert [each.path for each in file.weighed.assembled.disagreements] == ["complaint.side"]
    case.refresh_from_db()
    assert case.side == "right"
    assert "patient: Left" in desk.get(f"/case/{case.reference}/").content.decode()


def test_an_emptied_field_takes_back_what_the_doctor_said_and_no_more(desk):
    case = a_known_case()
    saved(desk, case, "diagnosis", complaint__side="right")
    saved(desk, case, "diagnosis", complaint__side="")
    assert CaseFile.of(case).weighed.document["complaint"]["side"] == "left"


def test_saving_what_stands_writes_nothing(desk):
    case = a_known_case()
    saved(desk, case, "plan")
    rows = Statement.objects.count(), Therapy.objects.count()
    saved(desk, case, "plan")
    saved(desk, case, "therapies")
    assert (Statement.objects.count(), Therapy.objects.count()) == rows


def test_a_row_keeps_both_words_and_merges_them(desk):
    case = a_known_case()
    key = case.therapies.get(kind="physical_therapy").key.hex
    saved(
        desk, case, "therapies", **{f"therapies-{key}-intolerance_documented": "yes", f"therapies-{key}-sessions": "9"}
    )
    row = CaseFile.of(case).weighed.document["therapies"][1]
    assert (row["intolerance_documented"], row["sessions"], row["outcome"]) == (True, 9, "not_enough_help")
    assert case.therapies.current().filter(key=uuid.UUID(key)).count() == 2


def test_a_study_is_added(desk):
    case = a_known_case({"imaging": None})
    page = saved(desk, case, "imaging", **{"imaging-new-modality": "mri", "imaging-new-on": "April 2026"})
    assert page.status_code == 302
    assert CaseFile.of(case).weighed.document["imaging"] == [{"modality": "mri", "on": "2026-04"}]


def test_asked_and_there_is_none(desk):
    case = a_known_case({"imaging": None, "electrodiagnostics": None})
    saved(desk, case, "imaging", **{"imaging-none": "on"})
    document = CaseFile.of(case).weighed.document
    assert document["imaging"] == []
    assert "electrodiagnostics" not in document


def test_what_the_doctor_said_of_a_row_can_be_taken_back(desk, doctor):
    case = a_known_case()
    key = case.therapies.get(kind="physical_therapy").key
    said = RowSaid(Therapy, key, {"sessions": 9})
    chart.say(case=case, facts={}, rows=[said], by=actor(doctor))
    assert desk.post(f"/case/{case.reference}/chart/strike/therapies/{key}/").status_code == 302
    assert CaseFile.of(case).weighed.document["therapies"][1]["sessions"] == 12


def test_a_stale_form_says_so_and_keeps_what_was_typed(desk, doctor):
    case = a_known_case()
    sent = typed(case, "exam", exam__on="19 May 2026")
    on_record.state(case=case, fact="exam.root_signs", value=False, said_by="doctor", by=actor(doctor))
    page = desk.post(f"/case/{case.reference}/chart/exam/", sent)
    assert page.status_code == 422
    text = page.content.decode()
    assert "has changed since you opened this page" in text
    assert "19 May 2026" in text
    assert CaseFile.of(case).weighed.document["exam"]["on"] == "2026-05-20"


@pytest.mark.parametrize(
    ("group", "name", "value", "said"),
    [
        ("exam", "exam__on", "31 February 2026", "not in the calendar"),
        ("exam", "exam__on", "2 June 2026", "future"),
        ("exam", "exam__on", "May 2026", "the day, the month and the year"),
        ("diagnosis", "complaint__onset", "0206", "too long ago"),
        ("plan", "plan__level_count", "many", "Write a number"),
        ("plan", "plan__level_count", "0", "from 1 to 9"),
        ("plan", "plan__dose_mg", "NaN", "Write a number"),
        ("plan", "as_of", "1 May 2026", "between today and two years"),
        ("plan", "plan__rationale", "a" * 600, "at most 500"),
        ("plan", "plan__rationale", "a\x00b", "Null characters"),
    ],
)
def test_bad_input_is_said_plainly_and_nothing_is_lost(desk, group, name, value, said):
    case = a_known_case()
    page = saved(desk, case, group, **{name: value})
    assert page.status_code == 422
    assert said in page.content.decode()


def test_an_end_before_its_start_is_said_where_it_was_typed(desk):
    case = a_known_case()
    key = case.therapies.get(kind="nsaid").key.hex
    page = saved(desk, case, "therapies", **{f"therapies-{key}-to": "1 January 2026"})
    assert page.status_code == 422
    assert "before its start" in page.content.decode()


def test_what_was_typed_while_the_session_ended_comes_back(client, doctor):
    case = a_known_case()
    session = client.session
    session[ENDED_USER] = doctor.pk
    session.save()
    sent = typed(case, "exam", exam__on="19 May 2026")
    address = f"/case/{case.reference}/chart/exam/"
    assert "sign-in" in client.post(address, sent, headers={"referer": f"http://testserver{address}"}).url
    client.force_login(doctor)
    assert "19 May 2026" in client.get(address).content.decode()
    assert CaseFile.of(case).weighed.document["exam"]["on"] == "2026-05-20"


def test_any_script_and_emoji_are_kept(desk):
    case = a_known_case()
    saved(desk, case, "plan", plan__rationale="Wiederholung, повтор, 重复 🙂 <b>x</b>")
    page = desk.get(f"/case/{case.reference}/").content.decode()
    assert "повтор, 重复 🙂 &lt;b&gt;x&lt;/b&gt;" in page


def test_a_closed_chart_is_not_written_to(desk, doctor):
    case = a_known_case()
    desk.post(f"/case/{case.reference}/chart/close/")
    saved(desk, case, "exam", exam__on="19 May 2026")
    assert CaseFile.of(case).weighed.document["exam"]["on"] == "2026-05-20"
    assert CaseFile.of(case).weighed.document["record_final"] is True
    desk.post(f"/case/{case.reference}/chart/reopen/")
    saved(desk, case, "exam", exam__on="19 May 2026")
    assert CaseFile.of(case).weighed.document["exam"]["on"] == "2026-05-19"


def test_a_colleagues_case_refuses_edits_with_one_sentence(desk):
    case = a_known_case()
    on_record.claim(case=case, by=actor(a_doctor("Dr. Test Hazel")))
    page = desk.post(f"/case/{case.reference}/chart/exam/", typed(case, "exam", exam__on="19 May 2026"))
    assert "Dr. Test Hazel has this case" in page.content.decode()
    assert "19 May 2026" in page.content.decode()


def test_take_over_needs_a_reason(desk, doctor):
    case = a_known_case()
    on_record.claim(case=case, by=actor(a_doctor("Dr. Test Hazel")))
    desk.post(f"/case/{case.reference}/take-over/", {"reason": " "})
    case.refresh_from_db()
    assert case.claimed_by != doctor
    desk.post(f"/case/{case.reference}/take-over/", {"reason": "On leave"})
    case.refresh_from_db()
    assert case.claimed_by == doctor
    assert Event.objects.filter(verb="case.claimed", detail__reason="On leave").exists()


def test_release_gives_the_case_back(desk):
    case = a_known_case()
    desk.post(f"/case/{case.reference}/claim/")
    desk.post(f"/case/{case.reference}/release/")
    case.refresh_from_db()
    assert case.claimed_by is None


def test_add_score_records_one_round_an_injection(desk):
    case = a_known_case({"injections": [{"on": "2026-02-14", "region": "lumbar"}]})
    key = str(case.patient.injections.get().key)
    sent = {"scale": "NRS", "value": "8", "on": "1 February 2026", "injection_key": key, "moment": "before"}
    assert desk.post(f"/case/{case.reference}/chart/scores/add/", sent).status_code == 302
    assert CaseFile.of(case).weighed.document["injections"][0]["before"] == [
        {"scale": "NRS", "value": 8, "on": "2026-02-01"}
    ]


@pytest.mark.parametrize(
    "wrong", [{"value": "11"}, {"on": "tomorrow"}, {"moment": "before"}, {"scale": "XYZ"}, {"value": ""}]
)
def test_add_score_refuses_what_cannot_be(desk, wrong):
    case = a_known_case()
    sent = {"scale": "NRS", "value": "8", "on": "1 February 2026"} | wrong
    page = desk.post(f"/case/{case.reference}/chart/scores/add/", sent)
    assert page.status_code == 422
    assert case.scores.filter(said_by="doctor").count() == 0


def test_a_score_of_another_patients_injection_is_refused(doctor):
    case, other = a_known_case(), a_known_case({"injections": [{"on": "2026-02-14"}]})
    with pytest.raises(Refused, match="not in the patient's record"):
        chart.add_score(
            case=case,
            scale="NRS",
            value=Decimal(4),
            on=TODAY,
            moment="after",
            injection_key=other.patient.injections.get().key,
            by=actor(doctor),
        )


def test_release_urgent_records_the_finding_and_weighs_again(desk):
    case = a_known_case()
    by = actor(case.patient.user)
    on_record.state(case=case, fact="red_flags.fever_or_chills", value=True, said_by="patient", by=by)
    on_record.raise_alert(case=case, kind="urgent", signs=["fever_or_chills"], by=by)
    page = desk.get(f"/case/{case.reference}/").content.decode()
    assert "No criteria are shown" in page
    assert "Pain for 91 days" not in page
    desk.post(f"/case/{case.reference}/urgent/", {"finding": ""})
    assert case.alerts.get().released_at is None
    desk.post(f"/case/{case.reference}/urgent/", {"finding": "Cold last week; 36.8 °C today."})
    assert case.alerts.get().finding == "Cold last week; 36.8 °C today."
    file = CaseFile.of(case)
    assert file.weighed.document["red_flags"]["fever_or_chills"] is False
    assert file.weighed.results
    assert {row.value for row in case.statements.current().filter(fact="red_flags.fever_or_chills")} == {True, False}


def test_only_a_doctor_releases(first_of_june):
    case = a_known_case()
    on_record.raise_alert(case=case, kind="urgent", signs=["fever_or_chills"], by=actor(case.patient.user))
    with pytest.raises(Refused, match="Only a doctor"):
        alerts.release_urgent(case=case, finding="x", by=actor(a_user(Role.COORDINATOR)))


def test_settle_change_keeps_what_follows(desk):
    case = a_known_case()
    on_record.raise_alert(case=case, kind="change", signs=["infection"], by=actor(case.patient.user))
    desk.post(f"/case/{case.reference}/change/", {"finding": "Waits until the antibiotic is over."})
    case.refresh_from_db()
    assert case.changed_since is None


@pytest.mark.parametrize(("kind", "address"), [("urgent", "urgent"), ("change", "change")])
def test_a_finding_with_a_character_that_cannot_be_kept_is_kept_without_it(desk, kind, address):
    case = a_known_case()
    on_record.raise_alert(case=case, kind=kind, signs=["infection"], by=actor(case.patient.user))
    desk.post(f"/case/{case.reference}/{address}/", {"finding": "Seen\x00 today."})
    assert case.alerts.get().finding == "Seen today."


def test_take_over_for_a_reason_with_a_character_that_cannot_be_kept(desk, doctor):
    case = a_known_case()
    on_record.claim(case=case, by=actor(a_doctor("Dr. Test Hazel")))
    desk.post(f"/case/{case.reference}/take-over/", {"reason": "On\x00 leave"})
    case.refresh_from_db()
    assert case.claimed_by == doctor


def test_translate_keeps_the_original(desk):
    case = a_known_case(language="es")
    person = case.patient.user
    intake = Intake.objects.create(case=case, version="1", language="es", started_by=person)
    answer = Answer.objects.create(
        intake=intake,
        section="hopes",
        question="hope",
        asked="¿Qué espera?",
        language="es",
        value="Caminar",
        shown="Caminar",
        given_by=person,
        given_as="self",
    )
    desk.post(f"/case/{case.reference}/translate/{answer.pk}/", {"text": "To walk"})
    page = desk.get(f"/case/{case.reference}/").content.decode()
    assert "Caminar" in page
    assert "To walk" in page
    assert "Written in Spanish" in page
    other = a_known_case()
    assert desk.post(f"/case/{other.reference}/translate/{answer.pk}/", {"text": "x"}).status_code == 404


def test_each_field_of_the_chart_takes_what_it_shows():
    """What a field shows for a value is read back as that value."""
    for group in knowledge.GROUPS:
        for each in (*group.fields, *(f for rows in group.rows for f in rows.fields)):
            assert value_of(each, "", TODAY) is None
            if each.kind is Kind.YES_NO:
                assert value_of(each, "yes", TODAY) is True


def test_a_planned_day_lies_ahead():
    planned = knowledge.PLAN.fields[0]
    assert value_of(planned, "15 June 2026", TODAY) == "2026-06-15"
    with pytest.raises(Unfit):
        value_of(planned, "15 June 2226", TODAY)
