from education.finding.excerpts import MARK, UNMARK, excerpt

TEXT = "La aguja entra. Dónde duele\nUna lista\nPuede doler un poco, dijo la U.S. FDA en 2014. Pasa pronto."


def marked(text: str, *words: str) -> str:
    for word in words:
        text = text.replace(word, f"{MARK}{word}{UNMARK}")
    return text.lower().replace("ó", "o")


def said(parts: list[tuple[str, bool]]) -> str:
    return "".join(f"[{text}]" if is_found else text for text, is_found in parts).strip()


def test_the_statements_with_the_words_are_shown_with_their_accents_and_capitals():
    assert said(excerpt(TEXT, marked(TEXT, "aguja", "FDA"))) == (
        "La [aguja] entra. Puede doler un poco, dijo la U.S. [FDA] en 2014."
    )


def test_a_heading_or_an_entry_of_a_list_is_no_statement():
    assert said(excerpt(TEXT, marked(TEXT, "lista", "duele"))) == (
        "La aguja entra. Puede doler un poco, dijo la U.S. FDA en 2014."
    )


def test_a_text_that_changed_its_length_is_shown_without_marks():
    assert said(excerpt("Fußschmerz.", f"{MARK}fussschmerz{UNMARK}.")) == "Fußschmerz."


def test_a_statement_without_an_end_in_sight_is_cut():
    shown = said(excerpt("wort " * 500 + "ende.", "wort " * 500 + f"{MARK}ende{UNMARK}."))
    assert len(shown) < 300
    assert shown.endswith("…")


def test_nothing_said_gives_no_excerpt():
    assert excerpt("", "") == []
