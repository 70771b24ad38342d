"""The lists: every open referral stands in exactly one, in the order of risk, and what is left out is said."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.audit.models import Event
from clinic.directory.models import Kind
from clinic.people.lists import clinic_day
from clinic.people.models import Role
from referrals.loop.actions.working import assign, escalate, snooze
from referrals.loop.lifecycle import State, Worklist
from referrals.loop.models import Referral
from referrals.work import listing
from referrals.work.filters import ALL_OPEN, ANY_DAY, ENDED, PERIODS, TITLES, Filters
from referrals.work.listing import TAB_ROWS, Listing
from tests.factories import a_case, a_patient, a_user, actor
from tests.referrals.scenes import a_coordinator, a_practice, an_incoming, an_outgoing, walk
from tests.referrals.work.test_one import WAYS_OUT

pytestmark = pytest.mark.django_db
S = State
WAYS_IN = [(), (S.NEEDS_INFORMATION,), (S.REFUSED,), (S.HANDED_BACK,), (S.REFUSED, S.ANSWER_SENT), (S.CANCELLED,)]
OF_A_CASE = [(S.ACCEPTED,), (S.ACCEPTED, S.INVITED), (S.ACCEPTED, S.IN_REVIEW), (S.ACCEPTED, S.IN_REVIEW, S.DECIDED)]


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator())
    return client


@pytest.fixture
def everywhere():
    """A referral in each state of each direction, with different owners, urgencies and days."""
    made = [walk(an_outgoing(), *states) for states in WAYS_OUT]
    made += [walk(an_incoming(), *states) for states in WAYS_IN]
    case = a_case()
    made += [walk(an_incoming(patient=case.patient, case=case), *states) for states in OF_A_CASE]
    made += [
        an_incoming(red_flag=True),
        an_outgoing(urgency="urgent", service=Kind.IMAGING),
        an_outgoing(urgency="soon"),
    ]
    by, other = actor(a_coordinator()), a_user(Role.COORDINATOR)
    assign(referrals=made[1:9:2], owner=other, by=by)
    escalate(referral=made[2], note="", by=by)
    snooze(referral=made[3], until=here() + timedelta(days=20), reason="On leave", by=by)
    return made


def here():
    return clinic_day()


def listed(user=None, **asked) -> Listing:
    return Listing(
        user or a_coordinator(), Filters.read({name: str(value) for name, value in asked.items()}), {}, here()
    )


def codes(of: Listing) -> list[str]:
    return [each.code for each in of.page.rows]


def test_every_open_referral_stands_in_exactly_one_list(everywhere):
    found = [code for name in Worklist for code in codes(listed(list=name, when=ANY_DAY))]
    still_open = set(Referral.objects.open().values_list("code", flat=True))
    assert len(found) == len(set(found))
    assert set(found) == still_open == set(codes(listed(list=ALL_OPEN, when=ANY_DAY)))
    assert set(codes(listed(list=ENDED))) == set(Referral.objects.values_list("code", flat=True)) - still_open
    assert {str(name) for _, names in TAB_ROWS for name in names} == set(TITLES)


def test_counts_of_the_lists_are_what_they_show(everywhere):
    counts = listed(when=ANY_DAY).counts
    for name in TITLES:
        assert counts[f"in_{name}"] == len(codes(listed(list=name, when=ANY_DAY))), name


FILTERS = {
    "list": st.sampled_from(list(TITLES)),
    "when": st.sampled_from(["", *PERIODS]),
    "owner": st.sampled_from(["", "mine", "other", "9999999"]),
    "service": st.sampled_from(["", Kind.PHYSICAL_THERAPY, Kind.IMAGING, Kind.PAIN_SPINE, "nonsense"]),
    "urgency": st.sampled_from(["", "urgent", "soon", "routine"]),
    "escalated": st.sampled_from(["", "1"]),
    "snoozed": st.sampled_from(["", "1"]),
    "q": st.sampled_from(["", "juniper", "alder", "555 0123", "nobody at all", "test practice"]),
    "after": st.sampled_from(["", "x", "9_2026-01-01_1", "2_2026-99-01_1"]),
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries(FILTERS))
def test_shown_and_left_out_are_the_total(everywhere, asked):
    other = Referral.objects.exclude(owner=a_coordinator()).first().owner_id
    asked["owner"] = {"mine": a_coordinator().pk, "other": other}.get(asked["owner"], asked["owner"])
    found = listed(**asked)
    shown, later, total = (found.counts[name] for name in ("shown", "later", "total"))
    assert shown == len(codes(found))
    assert 0 <= shown <= total
    assert later + shown <= total
    rest = found.caption["filtered"]
    assert shown + later + int(rest or 0) == total
    if not found.filters.narrowed:
        assert rest == ""


def test_rows_stand_by_risk_then_by_day(everywhere):
    rows = listed(when=ANY_DAY).page.rows
    assert rows == sorted(rows, key=lambda each: (-each.risk, each.next_on, each.pk))
    assert rows[0].must_call


def test_pages_show_each_row_once(everywhere, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 3)
    whole = list(Referral.objects.open().by_risk().values_list("code", flat=True))
    seen, asked = [], {"when": ANY_DAY}
    while True:
        part = listed(**asked)
        seen += codes(part)
        if not part.page.older_url:
            break
        asked["after"] = part.page.older_url.rpartition("after=")[2]
    assert seen == whole


@pytest.mark.parametrize("days", [0, 1])
def test_referrals_shows_what_is_due_and_says_what_is_not(desk, days):
    referral = walk(an_outgoing(), S.SENT)
    snooze(referral=referral, until=here() + timedelta(days=days + 1), reason="On leave", by=actor(a_coordinator()))
    page = desk.get("/referrals/").content.decode()
    assert "Nothing is due here" in page
    page = desk.get("/referrals/?when=all").content.decode()
    assert referral.printed_code in page
    flagged = an_incoming(red_flag=True)
    page = desk.get("/referrals/").content.decode()
    assert flagged.printed_code in page
    assert "1 with a later day is left out" in " ".join(page.split())


@pytest.mark.parametrize("by", ["name", "born", "phone", "code", "reference", "practice", "said name"])
def test_referrals_finds_by(desk, by):
    practice = a_practice(name="Clover Street Therapy")
    patient = a_patient(family_name="Zelkovina", phone="(555) 867-5309", birth_date="1951-02-03")
    found = an_outgoing(case=a_case(patient, by=a_coordinator()), practice=practice)
    an_outgoing()
    words = {
        "name": "zelkovina",
        "born": "02/03/1951",
        "phone": "867 5309",
        "code": found.printed_code.lower(),
        "reference": found.case.reference,
        "practice": "clover street",
        "said name": "zelkovina",
    }[by]
    page = desk.get("/referrals/", {"q": words}).content.decode()
    assert found.printed_code in page
    assert page.count("data-row-link") == 1


def test_referrals_asks_the_same_questions_of_ten_rows_and_of_fifty(desk, everywhere):
    def spent():
        with CaptureQueriesContext(connection) as context:
            assert desk.get("/referrals/?when=all&q=test").status_code == 200
        return len(context)

    spent()
    few = spent()
    for _ in range(30):
        walk(an_outgoing(), S.SENT)
    assert spent() == few <= 22


def test_referrals_leaves_an_event_that_names_whom_it_showed(desk):
    referral = an_outgoing()
    desk.get("/referrals/?when=all")
    assert Event.objects.get(verb="referrals.listed").patient_ids == [referral.patient_id]


def test_assign_all_hands_over_and_says_what_it_left(desk):
    other = a_user(Role.COORDINATOR)
    first, ended = an_outgoing(), walk(an_outgoing(), S.CANCELLED)
    sent = {"code": [first.code, ended.code], "owner": other.pk, "back": "?list=to_send&when=all"}
    answer = desk.post("/referrals/assign/", sent, follow=True)
    page = answer.content.decode()
    assert "1 reassigned" in page
    assert f"{ended.printed_code} is “Cancelled” by now" in page
    first.refresh_from_db()
    assert first.owner == other
    assert answer.redirect_chain[0][0] == "/referrals/?list=to_send&when=all"


@pytest.mark.parametrize("sent", [{}, {"code": "NONSENSE"}, {"owner": "1"}])
def test_assign_all_says_what_is_missing(desk, sent):
    an_outgoing()
    assert "Select the rows" in desk.post("/referrals/assign/", sent, follow=True).content.decode() or sent.get("code")


def test_call_in_its_row_is_kept_and_says_the_next_day(desk):
    referral = walk(an_outgoing(), S.SENT)
    htmx = {"HTTP_HX_REQUEST": "true"}
    form = desk.get(f"/referrals/{referral.code}/call/", **htmx).content.decode()
    assert "hx-post" in form
    wrong = desk.post(f"/referrals/{referral.code}/call/", {"whom": "practice"}, **htmx)
    assert "Choose the outcome of the call." in wrong.content.decode()
    kept = desk.post(f"/referrals/{referral.code}/call/", {"whom": "practice", "outcome": "no_answer"}, **htmx)
    assert "follow up on" in kept.content.decode()
    assert referral.work.count() == 1


def test_save_filter_keeps_the_list_without_what_was_looked_for(desk, client):
    query = "?list=to_send&urgency=urgent&q=juniper"
    page = desk.get(f"/referrals/filters/{query}").content.decode()
    assert "juniper" not in page
    sent = {"list": "to_send", "urgency": "urgent", "q": "juniper", "name": "Urgent letters", "shared": "on"}
    assert desk.post("/referrals/filters/", sent).url == "/referrals/?list=to_send&urgency=urgent"
    assert (
        'href="/referrals/?list=to_send&amp;urgency=urgent">Urgent letters</a>'
        in desk.get("/referrals/").content.decode()
    )
    saved = a_coordinator().saved_filters.get()
    desk.post(f"/referrals/filters/{saved.pk}/", {"name": "Letters"})
    saved.refresh_from_db()
    assert (saved.name, saved.shared) == ("Letters", False)
    client.force_login(a_user(Role.COORDINATOR))
    assert client.get(f"/referrals/filters/{saved.pk}/").status_code == 404
    assert client.post(f"/referrals/filters/{saved.pk}/delete/").status_code == 404
    client.force_login(a_coordinator())
    client.post(f"/referrals/filters/{saved.pk}/delete/")
    assert not a_coordinator().saved_filters.exists()


def test_remind_all_says_what_could_not_be_done(desk):
    drafted, sent = an_outgoing(), walk(an_outgoing(), S.SENT)
    page = desk.post("/referrals/remind/", {"code": [drafted.code, sent.code]}, follow=True).content.decode()
    assert "reminded." in page
    assert f"{drafted.printed_code} (" in page
    assert "Select the rows" in desk.post("/referrals/remind/", follow=True).content.decode()
