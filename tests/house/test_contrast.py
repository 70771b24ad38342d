"""The colours of static/css/tokens.css keep WCAG contrast, light and dark: 7:1 body, 4.5:1 words, 3:1 lines."""

import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")
VERDICTS = ["met", "not-met", "cannot-tell", "review", "not-applicable", "urgent"]
GROUNDS = ["paper", "surface", "sunken"]
TINTS = ["brand-soft", "accent-soft", *(f"{verdict}-soft" for verdict in VERDICTS)]

BODY = [("ink", ground) for ground in GROUNDS + TINTS] + [("rail-ink", "rail"), ("rail-ink", "rail-raised")]
WORDS = [
    *[(ink, ground) for ink in ("ink-soft", "brand", "brand-strong", "accent", "urgent") for ground in GROUNDS],
    *[(verdict, ground) for verdict in VERDICTS for ground in ("surface", "paper", f"{verdict}-soft")],
    *[("ink-soft", tint) for tint in TINTS],
    ("brand", "brand-soft"),
    *[(link, tint) for link in ("brand", "brand-strong") for tint in TINTS],
    ("accent", "accent-soft"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("surface", "urgent"),
    ("rail-soft", "rail"),
    ("rail-soft", "rail-raised"),
    ("rail-urgent", "rail"),
    ("rail-urgent", "rail-raised"),
]
LINES = [
    *[("line-strong", ground) for ground in GROUNDS],
    *[("brand", ground) for ground in GROUNDS],
    *[("focus", ground) for ground in (*GROUNDS, "brand-soft")],
    ("brand", "line"),
    ("rail-soft", "rail"),
]


def tokens(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", sheet))


SETS = {"light": tokens(LIGHT), "dark": tokens(LIGHT) | tokens(DARK)}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1 (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SETS)
@pytest.mark.parametrize(("pairs", "least"), [(BODY, 7), (WORDS, 4.5), (LINES, 3)], ids=["body", "words", "lines"])
def test_contrast(scheme: str, pairs: list[tuple[str, str]], least: float) -> None:
    colours = SETS[scheme]
    measured = {(ink, ground): round(contrast(colours[ink], colours[ground]), 2) for ink, ground in pairs}
    assert {pair: ratio for pair, ratio in measured.items() if ratio < least} == {}


def test_contrast_knows_every_colour_of_the_dark_set() -> None:
    grounds_apart = {"focus-halo"}  # the halo stands round the focus ring, on any ground
    assert set(tokens(DARK)) == set(tokens(LIGHT))
    measured = {name for pairs in (BODY, WORDS, LINES) for pair in pairs for name in pair}
    assert set(tokens(LIGHT)) - measured - grounds_apart - {"rail-line"} == set()
