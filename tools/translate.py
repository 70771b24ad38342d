"""Keeps the Spanish catalogue true: finds the strings that are to be translated, and compiles what is.

Run as `.venv/bin/python -m tools.translate`: adds untranslated strings to locale/es/LC_MESSAGES/django.po, takes out
those that nobody asks for any more, and writes django.mo beside it. Needs no gettext programs.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"
MARKS = {"_", "N_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}

Message = tuple[str | None, str, str | None]  # context, words, plural


def in_python(source: str) -> Iterator[Message]:
    """The strings that Python code marks for translation."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            mark = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if mark not in MARKS or not words:
                continue
            if mark.startswith("pgettext"):
                yield words[0], words[1], None
            elif mark.startswith("ngettext"):
                yield None, words[0], words[1]
            else:
                yield None, words[0], None


def in_template(path: Path) -> Iterator[Message]:
    """The strings that a template marks: Django turns it into the calls that gettext would look for."""
    code = templatize(path.read_text(), origin=str(path))
    literal = r'u?((?:"(?:[^"\\]|\\.)*")|(?:\'(?:[^\'\\]|\\.)*\'))'
    for match in re.finditer(rf"\b(gettext|ngettext|pgettext|_)\({literal}(?:,\s*{literal})?", code):
        mark, *quoted = match.groups()
        words = [str(ast.literal_eval(each)) for each in quoted if each]
        if mark == "pgettext":
            yield words[0], words[1], None
        else:
            yield None, words[0], words[1] if mark == "ngettext" else None


def asked_for() -> dict[Message, str]:
    """Every string to be translated, with the file that asks for it."""
    found: dict[Message, str] = {}
    for path in sorted(path for top in ("clinic", "education", "referrals") for path in (ROOT / top).rglob("*.py")):
        for message in in_python(path.read_text()):
            found.setdefault(message, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        for message in in_template(path):
            found.setdefault(message, str(path.relative_to(ROOT)))
    return found


def entry_of(message: Message, where: str) -> polib.POEntry:
    context, words, plural = message
    entry = polib.POEntry(msgctxt=context, msgid=words, occurrences=[(where, "")])
    if plural:
        entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    return entry


def refresh(catalogue: polib.POFile, wanted: dict[Message, str]) -> None:
    """Bring the catalogue to exactly the strings that are asked for, keeping what was translated."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    for message, where in sorted(wanted.items(), key=lambda item: (item[1], item[0][1])):
        entry = known.get(message[:2]) or entry_of(message, where)
        entry.occurrences = [(where, "")]
        catalogue.append(entry)


def compiled(catalogue: polib.POFile) -> bytes:
    return bytes(catalogue.to_binary())


def main() -> int:
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=110)
    refresh(catalogue, asked_for())
    catalogue.save()
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue))
    missing = catalogue.untranslated_entries()
    for entry in missing:
        sys.stderr.write(f"not translated: {entry.occurrences[0][0]}: {entry.msgid!r}\n")
    sys.stderr.write(f"{len(catalogue)} strings, {len(missing)} not translated\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
