"""An order on paper: what the clinic, the practice and the private link add to its words."""

from clinic.audit.clock import today
from clinic.candidacy.evidence import say_day
from clinic.directory.models import Entry
from clinic.paper.cover import Cover
from clinic.paper.fax import fax
from clinic.paper.letter import letter
from clinic.paper.shapes import Party, TooLong
from clinic.people.models import Clinic
from referrals.loop.models import Link, Referral

from . import paper
from .links import SECRET, address_of, address_with
from .models import Order


def fits(order: Order) -> bool:
    """Whether all that is never cut has room on one page, whoever it goes to."""
    try:
        paper.laid_out(order.letter, order.referral.code, _clinic(order.referral), WIDEST, address_with("x" * SECRET))
    except TooLong:
        return False
    return True


def letter_pdf(order: Order, link: Link | None) -> bytes:
    """The letter as a tagged PDF of one page; without a link it has no reply block, as a draft has none."""
    referral = order.referral
    address = address_of(link) if link else ""
    return letter(paper.laid_out(order.letter, referral.code, _clinic(referral), _practice(referral), address))


def fax_pdf(order: Order, link: Link | None) -> bytes:
    """The cover sheet, which counts the pages, and the letter behind it."""
    referral = order.referral
    day = say_day(today(referral.location.time_zone))
    cover = Cover(_clinic(referral), _practice(referral), day, referral.code)
    return fax(cover, [letter_pdf(order, link)])


def _clinic(referral: Referral) -> Party:
    clinic, location = Clinic.current(), referral.location
    return paper.party(clinic.name, location.address, location.phone or clinic.phone, location.fax)


def _practice(referral: Referral) -> Party:
    return _party(referral.practice) if referral.practice else paper.NOBODY_YET


def _party(entry: Entry) -> Party:
    said = entry.letterhead()
    return paper.party(said["practice"], said["address"], said["phone"], said["fax"])


# No practice needs more room than this one: see `clinic.paper.room` for the widest letter.
WIDEST = Party("Ж" * 100, ("Ж" * 70,) * 3, "5" * 30, "5" * 30)
