"""What the referrer said stays theirs until the patient says whether it is so."""

import pytest
from django.test import Client

from clinic.candidacy import in_their_words
from clinic.intake.models import Answer, Intake
from clinic.intake.reading import answers_of_case
from clinic.people.models import User
from clinic.record import actions as record_actions
from clinic.record.facts import assemble
from clinic.record.models import Case, SaidBy, Therapy
from tests import factories
from tests.intake.walking import Walker

pytestmark = pytest.mark.django_db
PAGE = "tried/therapies"


@pytest.fixture
def told(client: Client) -> Walker:
    """A patient at their list of treatments, of which the referrer named physical therapy in March 2026."""
    patient = factories.a_patient(factories.a_user())
    case = factories.a_case(patient)
    intake = Intake.objects.create(case=case, version="test", language="en")
    by = factories.actor(factories.a_user("coordinator"))
    fields = {"kind": "physical_therapy", "from_date": "2026-03", "sessions": 8}
    record_actions.put(model=Therapy, case=case, key=None, said_by=SaidBy.REFERRER, by=by, **fields)
    record_actions.state(case=case, fact="complaint.region", value="lumbar", said_by=SaidBy.REFERRER, by=by)
    client.force_login(patient.user)
    walker = Walker(client, intake)
    walker.sent("tried/anything", {"any_therapy": "yes"}, revision=0)
    return walker


def rows_of(case: Case) -> dict[str, Therapy]:
    return {row.said_by: row for row in Therapy.objects.current().filter(cases=case)}


def entry(walker: Walker) -> dict[str, str]:
    return walker.open(PAGE).context["entries_told"][0]


def test_rows_shows_what_the_referrer_said_under_its_own_heading(told: Walker) -> None:
    page = told.open(PAGE).content.decode()
    assert "office told us this. Is it right?" in page
    assert "March 2026" in page


def test_rows_says_it_in_spanish(told: Walker) -> None:
    User.objects.update(language="es")
    assert "¿Es correcto?" in told.open(PAGE).content.decode()


def test_page_shows_what_is_told_before_the_list_is_asked_for(told: Walker) -> None:
    assert [each["title"] for each in told.open("tried/anything").context["told_rows"]] == ["Physical therapy"]


def test_left_alone_it_stays_the_referrers(told: Walker) -> None:
    assert list(rows_of(told.intake.case)) == ["referrer"]


def test_confirm_row_makes_it_the_patients_under_the_same_key(told: Walker) -> None:
    response = told.client.post(entry(told)["yes_url"])
    rows = rows_of(told.intake.case)
    assert rows["patient"].key == rows["referrer"].key
    assert (rows["patient"].kind, rows["patient"].from_date, rows["patient"].sessions) == (
        "physical_therapy",
        "2026-03",
        8,
    )
    assert response.url == told.url(f"{PAGE}/{rows['patient'].key}")  # what the referrer left out is asked next
    assert told.open(PAGE).context["entries_told"] == []


def test_confirm_row_twice_is_once(told: Walker) -> None:
    url = entry(told)["yes_url"]
    told.client.post(url)
    assert told.client.post(url).status_code == 404
    assert Therapy.objects.filter(said_by="patient").count() == 1


def test_row_opens_filled_with_the_referrers_words_and_is_saved_under_their_key(told: Walker) -> None:
    key = rows_of(told.intake.case)["referrer"].key
    form = told.open(f"{PAGE}/{key}").context["form"]
    assert form["kind"].value() == "physical_therapy"
    values = {"kind": "chiropractic", "outcome": "no_help", "from_how": "dk", "to_how": "going", "prescribed": "own"}
    told.sent(f"{PAGE}/{key}", values)
    rows = rows_of(told.intake.case)
    assert (rows["patient"].key, rows["patient"].kind) == (key, "chiropractic")
    case = Case.objects.with_record().get(pk=told.intake.case_id)
    differing = assemble(case, case.patient.today()).disagreements
    assert [(each.weighed.said_by, each.other.said_by) for each in differing] == [("referrer", "patient")]


def test_deny_row_keeps_both_and_the_doctor_reads_it(told: Walker) -> None:
    told.client.post(entry(told)["no_url"])
    case = told.intake.case
    assert list(rows_of(case)) == ["referrer"]
    assert entry(told)["denied"]
    answers = Answer.objects.filter(intake__case=case).latest_each()
    parts = in_their_words.parts(answers, answers_of_case(case, "en"), "America/Chicago")
    (line,) = [line for part in parts for line in part.lines if "told us this" in line.asked]
    assert line.given == "No, that is not me"
    assert "Physical therapy" in line.asked


def test_a_denied_row_may_be_confirmed_after_all(told: Walker) -> None:
    told.client.post(entry(told)["no_url"])
    told.client.post(entry(told)["yes_url"])
    assert set(rows_of(told.intake.case)) == {"referrer", "patient"}
    assert len(told.open(PAGE).context["entries"]) == 1


def test_confirm_says_a_statement_in_the_patients_name(told: Walker) -> None:
    page = told.open("pain/region")
    assert [line.shown for line in page.context["told"]] == ["Low back"]
    told.client.post(page.context["told_url"])
    stated = {row.said_by: row.value for row in told.intake.case.statements.current().filter(fact="complaint.region")}
    assert stated == {"referrer": "lumbar", "patient": "lumbar"}
    assert told.open("pain/region").context["told"] == []


def test_nobody_is_led_to_an_answer_about_an_urgent_sign(told: Walker) -> None:
    by = factories.actor(factories.a_user("coordinator"))
    record_actions.state(
        case=told.intake.case, fact="red_flags.fever_or_chills", value=True, said_by=SaidBy.REFERRER, by=by
    )
    assert told.open("safety/now").context["told"] == []


def test_another_patient_finds_nothing(told: Walker) -> None:
    url = entry(told)["yes_url"]
    told.client.force_login(factories.a_user())
    assert told.client.post(url).status_code == 404
