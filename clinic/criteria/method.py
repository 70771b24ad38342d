"""How verdicts are reached, in words, for a doctor and an auditor: what the code's own tables do not say of themselves.

Every table here is keyed by one of the engine's (verdicts, kinds of rule, sections of the contract), and every example
is worked out by the engine's own functions, so that none of it can drift from what is done. English and Spanish.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from clinic.criteria.clauses import KINDS
from clinic.criteria.dates import add_months, parse, union_days
from clinic.criteria.guide import GUIDE
from clinic.criteria.reasons import CLAUSE_TITLES, LANGUAGES, date_in_words, fact_name
from clinic.criteria.safety import HOLDS, URGENT
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.verdicts import AND_ORDER, MET, OR_ORDER, Verdict

Both = tuple[str, str]  # English, Spanish

VERDICTS: Mapping[Verdict, tuple[Both, Both]] = {
    Verdict.MET: (
        ("met", "se cumple"),
        ("What is on record satisfies the requirement.", "Lo que consta en el expediente cumple el requisito."),
    ),
    Verdict.NOT_MET: (
        ("not met", "no se cumple"),
        ("What is on record does not satisfy it.", "Lo que consta en el expediente no lo cumple."),
    ),
    Verdict.CANNOT_TELL: (
        ("cannot tell", "no se puede saber"),
        (
            "A fact is missing, or a date is too rough, and what is still possible would lead to different verdicts. "
            "What is missing is named.",
            "Falta un dato, o una fecha es demasiado aproximada, y lo que aún es posible llevaría a resultados "
            "distintos. Se dice qué falta.",
        ),
    ),
    Verdict.REVIEW: (
        ("review", "para revisar"),
        (
            "The publisher's text, or what was seen of it, does not settle this case. A person judges.",
            "El texto publicado, o lo que se vio de él, no resuelve este caso. Lo juzga una persona.",
        ),
    ),
    Verdict.NOT_APPLICABLE: (
        ("not applicable", "no aplica"),
        (
            "The requirement does not concern this patient, such as one on repeats before a first injection.",
            "El requisito no se refiere a este paciente, como el de repetir antes de una primera inyección.",
        ),
    ),
}

SECTIONS: Mapping[str, Both] = {
    "patient": ("age, and whether pregnant", "la edad y si hay embarazo"),
    "complaint": (
        "the complaint: region, side, root, pattern, diagnosis, since when",
        "la molestia: zona, lado, raíz, tipo de dolor, diagnóstico, desde cuándo",
    ),
    "exam": ("the examination", "el examen físico"),
    "imaging": ("imaging, as a clinician read it", "las imágenes, como las leyó un profesional"),
    "electrodiagnostics": ("nerve studies", "los estudios de los nervios"),
    "scores": ("scores on named scales, with their day", "los puntajes en escalas con nombre, con su día"),
    "therapies": (
        "what was tried: what, from when to when, what it did",
        "lo que se probó: qué, desde y hasta cuándo, qué efecto tuvo",
    ),
    "injections": ("earlier injections and their relief", "las inyecciones anteriores y su alivio"),
    "plan": ("the injection now planned", "la inyección planeada"),
    "allergies": ("allergies", "las alergias"),
    "blood_thinners": (
        "blood thinners",
        "las medicinas que hacen la sangre menos espesa",
    ),
    "conditions": ("other conditions", "otras enfermedades"),
    "red_flags": ("warning signs", "las señales de alarma"),
}

KINDS_IN_SPANISH: Mapping[str, str] = {
    "cap": "Como máximo tantas inyecciones en un período que avanza con los días, contando la planeada.",
    "conservative_care": "Tantas semanas de tratamiento no invasivo que no bastó; los días se cuentan una sola vez "
    "cuando los tratamientos coinciden.",
    "evaluated": "El dolor se evaluó con un examen físico, un estudio de los nervios o imágenes.",
    "failed_sessions": "No más después de tantas inyecciones que dieron poco alivio.",
    "guidance": "Guía por imágenes con contraste; otra cosa solo con una razón, y sin ella no se cumple.",
    "imaging": "Una imagen que coincide y no es demasiado antigua; si tiene exactamente tantos meses, es para revisar.",
    "indication": "Qué diagnóstico y tipo de dolor se cubren, y qué los debe apoyar.",
    "interval": "Tantos días desde la última inyección; una primera no se ve afectada.",
    "levels": "Cuántos niveles, lados y zonas se pueden tratar en una sesión.",
    "long_course": "Un tratamiento con inyecciones que dura más necesita una razón escrita, y que lo sepa el médico de "
    "cabecera.",
    "medication_trial": "Una medicina recetada, en una dosis que debía servir.",
    "named_scale": "El dolor limita la vida diaria, y consta un puntaje en una escala con nombre: un número, no un "
    "mínimo.",
    "none_of": "Ninguno de estos hechos puede ser así.",
    "one_of": "Un hecho debe tener uno de estos valores.",
    "pain_or_disability": "El último puntaje del promedio es bastante alto, o el dolor limita la vida diaria.",
    "pain_or_words": "El último puntaje es bastante alto, o lo son las palabras donde no hay puntaje; si no "
    "coinciden, es para revisar.",
    "repeat_by_patient_relief": "Lo que la última inyección debe haber logrado, en palabras del paciente; una "
    "primera no se ve afectada.",
    "repeat_by_scale": "Lo que la última inyección debe haber logrado, en la misma escala antes y después; o no"
    " sirvió, y la próxima es distinta y tiene un motivo escrito. Una primera no se ve afectada.",
    "repeat_for_review": "El texto no da una cifra: con muy poco alivio no se cumple, y de lo demás decide una "
    "persona. Una primera no se ve afectada.",
    "repeat_restart": "Mucho después de la última, o con una nueva lesión, cuenta otra vez como una primera; si"
    " no, es para revisar.",
    "sedation": "Cuánta sedación se permite; más, con una razón escrita, es para revisar, y sin ninguna no se cumple.",
    "therapy_on_record": "Consta algún tratamiento de estos tipos.",
    "therapy_weeks": "Tantas semanas de estos tratamientos con ejercicio activo, o una intolerancia documentada.",
}


@dataclass(frozen=True, slots=True)
class Asks:
    """One kind of rule: its name, what it asks, and the clauses of sets that use it, each with its sets."""

    name: str
    asks: str
    used: tuple[str, ...]


def kinds(sets: Iterable[CriteriaSet], language: str = "en") -> list[Asks]:
    """Every kind of rule that these sets use, by name."""
    used: dict[str, dict[str, list[str]]] = {}
    for one in sets:
        for clause in one.clauses:
            for rule in clause.rules:
                named = used.setdefault(_kind(type(rule)), {}).setdefault(_in(CLAUSE_TITLES[clause.key], language), [])
                if one.key not in named:
                    named.append(one.key)
    return [
        Asks(kind.replace("_", " "), _asks(kind, language), tuple(f"{c}: {', '.join(of)}" for c, of in clauses.items()))
        for kind, clauses in sorted(used.items())
    ]


def _kind(shape: type) -> str:
    return next(kind for kind, each in KINDS.items() if each is shape)


def _asks(kind: str, language: str) -> str:
    return GUIDE[KINDS[kind].__name__][0] if language == "en" else KINDS_IN_SPANISH[kind]


def weighed(language: str = "en") -> list[str]:
    """The parts of a facts document."""
    return [_in(words, language) for words in SECTIONS.values()]


def verdicts(order: Iterable[Verdict] = Verdict, language: str = "en") -> list[dict[str, str]]:
    """Verdicts in an order, each with its word and what it means."""
    said = {verdict: VERDICTS[verdict] for verdict in order}
    return [
        {"key": key, "word": _in(word, language), "means": _in(means, language)} for key, (word, means) in said.items()
    ]


def joins(language: str = "en") -> dict[str, list[dict[str, str]]]:
    """How parts are joined by "and" and by "or", and clauses to an outcome: of each the first that occurs decides."""
    orders = {"all": AND_ORDER, "any": OR_ORDER, "outcome": (*AND_ORDER[:3], MET)}
    return {name: verdicts(order, language) for name, order in orders.items()}


def signs(language: str = "en") -> dict[str, list[str]]:
    """What the safety screen stops, and what it holds until a doctor has settled it."""
    held = [path for paths in HOLDS.values() for path in paths]
    urgent = [f"red_flags.{key}" for key in URGENT]
    named = {"urgent": urgent, "held": [*held, "blood_thinners", "conditions.diabetes"]}
    return {name: [fact_name(path, language) for path in paths] for name, paths in named.items()}


def counted(language: str = "en") -> dict[str, str | int]:
    """The counting conventions at work: days in words and numbers of days, as the engine counts them."""
    first, second = date(2026, 5, 4), date(2026, 6, 1)
    courses = [(date(2026, 3, 1), date(2026, 3, 20)), (date(2026, 3, 10), date(2026, 3, 31))]
    month, short, rough = date(2026, 2, 20), date(2025, 11, 30), parse("2026-03")
    days = {
        "first": first,
        "second": second,
        "month": month,
        "month_later": add_months(month, 3),
        "short": short,
        "short_later": add_months(short, 3),
        "year_before": add_months(second, -12),
        "rough_first": rough.first,
        "rough_last": rough.last,
        **{f"course_{n}_{end}": day for n, course in enumerate(courses) for end, day in zip("ab", course, strict=True)},
    }
    return {
        **{name: date_in_words(day.isoformat(), language) for name, day in days.items()},
        "days": union_days([(first, second)]),
        "together": union_days(courses),
        "added_up": sum(union_days([course]) for course in courses),
    }


def _in(words: Both, language: str) -> str:
    return words[LANGUAGES.index(language)]
