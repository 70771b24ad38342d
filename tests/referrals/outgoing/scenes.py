"""Letters for tests, brought to where a test begins through the room's own actions."""

from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile
from clinic.people.models import Role
from clinic.record.models import Case
from referrals.loop.actions.links import make_link, secret_of
from referrals.loop.models import Referral
from referrals.outgoing.actions.sending import choose_practice, send
from referrals.outgoing.actions.writing import sign, start, write
from referrals.outgoing.models import Order
from referrals.outgoing.record import known
from tests.candidacy.scenes import a_known_case
from tests.factories import a_user, actor
from tests.referrals.scenes import a_coordinator, a_practice


def a_draft(service: str = "physical_therapy", case: Case | None = None, **said: object) -> Order:
    """A letter as it begins, filled from the complete patient of the contract; `said` is written into it."""
    case = case or a_known_case()
    file = CaseFile.of(case)
    by = actor(a_coordinator())
    referral = start(case=file.case, service=service, urgency="soon", known=known(file), by=by)
    return write(order=referral.order, said=said, edition=1, by=by) if said else referral.order


def a_signed(**said: object) -> Order:
    order = a_draft(**({"question": "Strength of the left leg"} | said))
    return sign(order=order, edition=order.edition, by=actor(a_user(Role.DOCTOR)))


def a_sent(**practice: object) -> Referral:
    """A letter that went out to a practice with a fax."""
    order, by = a_signed(), actor(a_coordinator())
    to = a_practice(**({"fax": "555 0143", "receives_by": "fax", "address": "1 Test Road"} | practice))
    referral = choose_practice(referral=order.referral, practice=to, by=by)
    day = today(referral.location.time_zone)
    return send(referral=referral, how="fax", on=day, seen=referral.state, by=by)


def the_address(referral: Referral) -> str:
    """The private page of the practice."""
    return f"/practice/{secret_of(make_link(referral=referral, by=actor(a_coordinator())))}/"
