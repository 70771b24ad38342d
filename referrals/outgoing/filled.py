"""The first words of a letter, from the record: what is known in its words, what is not as "not recorded". Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.candidacy import ledger
from clinic.candidacy.evidence import anchor, in_sentence, label, row_name, say, say_date, say_number
from clinic.candidacy.header import strip_facts
from clinic.candidacy.steroids import Card
from clinic.criteria.dates import parse

from . import asked
from .after import After, chosen

NOT_RECORDED = "not recorded"
NONE_YET = "none yet"
# Words of ours that stand in every new letter, which no record says; what was chosen when the injection was given.
USUAL = frozenset({"at_once", "call"})
OF_SESSION = frozenset({"question", "goals", "start_from", "start_until"})
# What whoever treats the body must know, and what whoever images it must.
CONDITIONS = ("diabetes", "infection", "immunosuppressed", "heart_failure", "bleeding_disorder", "cancer_suspected")
# Where the record's own sentence, quoted in a list, would read as if it were so.
AS_A_THING = {"cancer_suspected": "Suspected cancer of the spine"}


@dataclass(frozen=True)
class Known:
    """One case as it stands: the facts document, the card of its steroids, and what the register and the chart say."""

    document: Mapping[str, Any]
    steroids: Card
    complaint: str  # "Low back, left (L5)"
    language: str  # "Spanish"
    interpreter: bool | None
    decision: str  # "Candidate, 3 June 2026"; empty while nothing is decided
    call: str  # "Test Spine Clinic, 555 0100"
    after: After | None = None  # None where no session was recorded here


def filled(service: str, known: Known) -> dict[str, Any]:
    """The fields of a letter that the record fills, by name; what a person must choose is left out."""
    makers = {**MAKERS, **({"precautions": before_a_study} if service == "imaging" else {})}
    made = {name: makers[name](known) for name in asked.SERVICES[service].names if name in makers}
    if "scores" in asked.SERVICES[service].names:
        made["scores"] = scores(known, asked.SCALES[service])
    if service == "physical_therapy" and known.after:
        made |= chosen(known.after)
    return {name: _within(name, value) for name, value in made.items()}


def as_kept(value: Any) -> Any:
    """A field's first value as the database keeps it beside the letter: a day as its ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def filled_words(field: asked.Field, kept: Any) -> str:
    """A first value, as it was kept, in words."""
    if kept and field.kind == asked.Kind.DAY:
        return say_date(kept)
    return "\n".join(asked.GOALS[goal] for goal in kept or ()) if field.kind == asked.Kind.GOALS else kept or ""


def source_of(name: str) -> str:
    """Where the first words of a field come from."""
    if name in USUAL:
        return "Our usual words"
    return "From the injection and its check-ins" if name in OF_SESSION else "From the record"


def _within(name: str, value: Any) -> Any:
    """No more than the field holds, cut after a whole line or word where everybody sees it."""
    most = asked.EVERY_FIELD[name].most
    if not most or len(value) <= most:
        return value
    kept = value[: most - 2]
    return f"{kept[: max(kept.rfind(chr(10)), kept.rfind(' '))].rstrip(' ,;')} …"


def diagnosis(known: Known) -> str:
    said = known.document.get("complaint") or {}
    named = {name: say(f"complaint.{name}", said[name]) for name in ("diagnosis", "pain_pattern") if said.get(name)}
    parts = [
        named.get("diagnosis", f"diagnosis {NOT_RECORDED}"),
        in_sentence(known.complaint) or f"place {NOT_RECORDED}",
        named.get("pain_pattern", "").partition(":")[0].lower(),
        f"since {say_date(said['onset'])}" if said.get("onset") else "",
    ]
    return _sentence("; ".join(part for part in parts if part))


def procedure(known: Known) -> str:
    """The latest epidural injection: day, place, drug and dose; and how many there were."""
    given = known.document.get("injections")
    if given is None:
        return _sentence(NOT_RECORDED)
    if not given:
        return _sentence(NONE_YET)
    latest = max(range(len(given)), key=lambda index: (_first_day(given[index].get("on")), index))
    place, row = anchor(f"injections[{latest}]"), given[latest]
    line = next(each for each in known.steroids.lines if each.anchor == place)
    relief = next(each["did"] for each in ledger.table(known.document) if each["anchor"] == place)
    parts = [
        line.when if row.get("on") else f"day {NOT_RECORDED}",
        line.where.lower(),
        *(say(f"injections[0].{name}", row[name]).lower() for name in ("side", "approach") if row.get(name)),
        f"{row['level_count']} level{'' if row['level_count'] == 1 else 's'}" if row.get("level_count") else "",
        _recorded(line.given),
        "" if relief == "not said" else relief,
    ]
    said = ", ".join(part for part in parts if part)
    return f"{said}. {len(given)} on record." if len(given) > 1 else f"{said}."


def _first_day(text: str | None) -> str:
    return parse(text).first.isoformat() if text else ""


def precautions(known: Known) -> str:
    """Blood thinners, allergies, and the conditions that matter: what is so, and what nobody has said."""
    header = strip_facts(known.document, parse(known.document["as_of"]).first, known.complaint, "")
    named = {each["label"]: each["value"] for each in header}
    lines = [f"{name}: {_recorded(named[name])}." for name in ("Blood thinner", "Allergies")]
    wrong = known.after.complications if known.after else ()
    went_wrong = [f"With the injection: {', '.join(in_sentence(each) for each in wrong)}."] if wrong else []
    return " ".join([*went_wrong, *lines, *_conditions(known.document.get("conditions") or {}, CONDITIONS)])


def before_a_study(known: Known) -> str:
    """What a scanner and its contrast ask: allergy, kidneys, pregnancy; implants are nowhere in the record."""
    document = known.document
    facts = {
        "Allergy to contrast": (document.get("allergies") or {}).get("contrast"),
        "Kidney disease": (document.get("conditions") or {}).get("kidney_disease"),
        "Pregnant, or might be": (document.get("patient") or {}).get("pregnant"),
    }
    said = [f"{name}: {_yes_or_no(value)}." for name, value in facts.items()]
    return " ".join([*said, f"Implants or devices: {NOT_RECORDED}."])


def _conditions(said: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    def called(value: bool | None) -> str:
        found = [AS_A_THING.get(name) or label(f"conditions.{name}") for name in names if said.get(name) is value]
        return ", ".join(in_sentence(name) for name in found)

    present, unasked = called(True), called(None)
    return [
        *([f"Has: {present}."] if present else []),
        *([f"{NOT_RECORDED.capitalize()}, yes or no: {unasked}."] if unasked else []),
    ]


def weakness(known: Known) -> str:
    exam, flags = known.document.get("exam") or {}, known.document.get("red_flags") or {}
    on = f", examined on {say_date(exam['on'])}" if exam.get("on") else ""
    return (
        f"Signs of a nerve root: {_yes_or_no(exam.get('root_signs'))}{on}. "
        f"Growing weakness: {_yes_or_no(flags.get('progressive_weakness'))}. Muscles and grades: {NOT_RECORDED}."
    )


def tried(known: Known) -> str:
    rows = known.document.get("therapies")
    if not rows:
        return _sentence(NOT_RECORDED if rows is None else "nothing so far")
    said = [each for each in ledger.table(known.document) if each["anchor"].startswith("ev-therapies")]
    return "\n".join(_therapy(each) for each in said)


def _therapy(row: Mapping[str, str]) -> str:
    name, ongoing = row["what"].partition(" · ")[2], row["to"] == "still going on"
    when = f"since {row['from']}" if ongoing else f"{row['from']} to {row['to']}"
    return f"{name}: {_recorded(when)}; {_recorded(row['did']).lower()}"


def studies(known: Known) -> str:
    rows = known.document.get("imaging")
    if not rows:
        return _sentence(NOT_RECORDED if rows is None else "none")
    return "\n".join(_study(index, row, known.document) for index, row in enumerate(rows))


def _study(index: int, row: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    found = {name: say(f"imaging[0].{name}", row[name]).lower() for name in ("finding", "side") if row.get(name)}
    parts = (
        row_name("imaging", index, document),
        found.get("finding", f"finding {NOT_RECORDED}"),
        row.get("level"),
        found.get("side"),
    )
    return ", ".join(part for part in parts if part)


def scores(known: Known, scales: frozenset[str]) -> list[dict[str, str]]:
    """The latest result of each scale on record: {"scale", "value", "on"}, the day as it is written on paper.

    Of the latest injection its baseline and the latest follow-up stand beside each other.
    """
    before, after = (_latest(results, scales) for results in _follow_up(known))
    alone = [each for each in known.document.get("scores") or [] if not _is_baseline(each, before)]
    rows = [*_latest(alone, scales).items()]
    rows += [(f"{scale} before the injection", each) for scale, each in before.items()]
    rows += [(f"{scale} after the injection", each) for scale, each in after.items()]
    return [{"scale": scale, "value": say_number(each["value"]), "on": say_date(each["on"])} for scale, each in rows]


def _is_baseline(score: Mapping[str, Any], before: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether this result was filed again as the baseline of an injection, which its average is."""
    filed = before.get(score["scale"], {})
    return bool(score.get("period", "average") == "average" and filed.get("on") == score["on"])


def _latest(listed: Sequence[Mapping[str, Any]], scales: frozenset[str]) -> dict[str, Mapping[str, Any]]:
    """The latest result by scale and period."""
    known = [each for each in sorted(listed, key=lambda score: score["on"]) if each["scale"] in scales]
    return {" ".join(part for part in (each["scale"], each.get("period")) if part): each for each in known}


def _follow_up(known: Known) -> tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]]:
    """The results before and after the latest injection."""
    given = [each for each in known.document.get("injections") or [] if each.get("on")]
    latest: Mapping[str, Any] = max(given, key=lambda each: _first_day(each["on"]), default={})
    return latest.get("before") or [], latest.get("after") or []


def language(known: Known) -> str:
    wanted = {True: "interpreter wanted", False: "no interpreter needed", None: f"interpreter: {NOT_RECORDED}"}
    return f"{known.language}, {wanted[known.interpreter]}"


def patient_told(known: Known) -> str:
    return f"The decision: {known.decision}." if known.decision else _sentence(NOT_RECORDED)


def decided(known: Known) -> str:
    return f"{known.decision}." if known.decision else "Nothing is decided yet."


def region(known: Known) -> str:
    return known.complaint


def _recorded(text: str) -> str:
    return text.replace("not asked", NOT_RECORDED).replace("not said", NOT_RECORDED)


def _yes_or_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: NOT_RECORDED}[value]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


MAKERS: Mapping[str, Callable[[Known], Any]] = {
    "diagnosis": diagnosis,
    "procedure": procedure,
    "precautions": precautions,
    "weakness": weakness,
    "tried": tried,
    "studies": studies,
    "language": language,
    "patient_told": patient_told,
    "decided": decided,
    "region": region,
    "call": lambda known: known.call,
    "at_once": lambda _known: "\n".join(asked.AT_ONCE),
}
