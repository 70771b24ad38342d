"""What the course of relief says in words, in the reader's language: its sentences, and the labels of its picture."""

from datetime import date, timedelta
from fractions import Fraction
from math import floor

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_noop, ngettext
from django.utils.translation import gettext as _

from clinic.candidacy.ledger import MOST
from clinic.criteria.vocabulary import VALUES
from clinic.treatment.checkins.relief import MARK, Relief

from . import drawn
from .followed import Course, Followed

NOTHING = "—"
WHOLE = "\u2011"  # a hyphen at which no line ends
SHORT = {"NRS": gettext_noop("Pain"), "RMDQ": "Roland-Morris"}
LONG = {"NRS": gettext_noop("Pain on average")}
PLAIN = {
    "PEG": gettext_noop("PEG: three questions on your pain and how much it gets in your way."),
    "RMDQ": gettext_noop("Roland-Morris: how many things your back makes hard for you."),
}
HIGHER_MAY_BE_BETTER = frozenset({"PROMIS"})  # in some of its banks


def say_day(day: date) -> str:
    return date_format(day, _("j F Y"))


def reached(relief: Relief) -> bool:
    """Whether the patient's own words ever came to half better or more, as rules count it."""
    return relief.percent is not None and relief.percent >= MARK and relief.held is not None


def lead(course: Course) -> str:
    """The one sentence on top: how long the relief after the latest session has held."""
    if not course.sessions:
        return _("No injection has been recorded here yet.")
    latest = course.sessions[-1]
    return f"{_('After the injection on %(day)s') % {'day': say_day(latest.on)}}: {held(latest)}"


def held(session: Followed) -> str:
    """How long half better or more held, to the day as far as it is known."""
    relief = session.relief
    if relief.percent is None:
        return _("nobody has said yet how much it helped.")
    if not reached(relief) or relief.held is None:
        return _("not half better so far.")
    least, most = relief.held.least, relief.held.most
    last = say_day(session.on + timedelta(days=least))
    if most is None:
        said = ngettext(
            "half better or more for %(n)s day so far, as last said on %(day)s.",
            "half better or more for %(n)s days so far, as last said on %(day)s.",
            least,
        )
        return said % {"n": least, "day": last}
    if least != most:
        return _("half better or more for %(least)s to %(most)s days.") % {"least": least, "most": most}
    said = ngettext(
        "half better or more for %(n)s day, until %(day)s.", "half better or more for %(n)s days, until %(day)s.", least
    )
    return said % {"n": least, "day": last}


def lasted(session: Followed) -> str:
    """The same in the fewest words, for the band of the picture; "" where it was not reached."""
    relief = session.relief
    if not reached(relief) or relief.held is None:
        return ""
    least, most = relief.held.least, relief.held.most
    if most is not None and most != least:
        return _("%(least)s to %(most)s days") % {"least": least, "most": most}
    if most is None:
        return ngettext("%(n)s day so far", "%(n)s days so far", least) % {"n": least}
    return ngettext("%(n)s day", "%(n)s days", least) % {"n": least}


def where(session: Followed) -> str:
    """The region, side and levels, none of which is broken in two: "low back (lumbar), left, L4-5"."""
    spanish = get_language() == "es"
    levels = " ".join(session.levels).replace("-", WHOLE)
    return ", ".join([VALUES[session.region][spanish], VALUES[session.side][spanish], levels])


def better(change: Fraction | float) -> str:
    """A change in per cent, rounded towards the worse, so that nothing below the mark is shown as reaching it."""
    number = floor(change)
    if number == 0:
        return _("no change")
    return (_("%(n)s %% better") if number > 0 else _("%(n)s %% worse")) % {"n": abs(number)}


def own(percent: int | None) -> str:
    """The patient's own percentage; "worse" has no number, as none was asked for."""
    if percent is None:
        return NOTHING
    return better(percent) if percent >= 0 else _("worse")


def names(course: Course, to_patient: bool) -> drawn.Words:
    """The labels of the picture."""
    return drawn.Words(
        better=_("Better than before the injection, in per cent"),
        worse=_("worse"),
        own=in_own_words(to_patient),
        scales={scale: short(scale) for scale in course.scales},
        titles={scale: _title(scale) for scale in course.scales},
        not_compared=_("hollow: not compared"),
        held=_("half better or more"),
        elsewhere=_("injection elsewhere"),
        therapies=_("Treatments"),
        days=[date_format(session.on, "j M Y") for session in course.sessions],
        lasted=[lasted(session) for session in course.sessions],
    )


def in_own_words(to_patient: bool) -> str:
    return _("In your own words") if to_patient else _("In the patient's own words")


def in_plain_words(course: Course) -> list[str]:
    """What the scales of the picture are, for the patient."""
    return [_(PLAIN[scale]) for scale in course.scales if scale in PLAIN]


def short(scale: str) -> str:
    return _(SHORT[scale]) if scale in SHORT else scale


def _title(scale: str) -> str:
    name, most = _(LONG[scale]) if scale in LONG else short(scale), MOST.get(scale)
    if most is None or scale in HIGHER_MAY_BE_BETTER:
        return name
    return _("%(scale)s, 0 to %(most)s (lower is better)") % {"scale": name, "most": most}
