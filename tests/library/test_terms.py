import pytest
from hypothesis import given
from hypothesis import strategies as st

from education.library.terms import Explained, Word, button

STEROID = Word("s", "steroid", ("steroids",), "A strong medicine against swelling.")
ROOT = Word("r", "nerve root", (), "Where a nerve leaves the spine.")
NERVE = Word("n", "nerve", ("nerves",), "A cable of the body.")
MRI = Word("m", "MRI", (), "A picture by magnets.")


def mark(html: str, *words: Word) -> str:
    return Explained(words).mark(html)


def test_a_word_is_marked_where_it_first_stands_and_once():
    assert mark("<p>A steroid. The steroid again.</p>", STEROID) == (
        f"<p>A {button(STEROID, 'steroid')}. The steroid again.</p>"
    )


def test_a_word_is_marked_once_over_all_texts_of_a_page():
    page = Explained([STEROID, NERVE])
    page.mark("<p>A nerve.</p>")
    assert page.mark("<p>The nerve and the Steroids.</p>") == f"<p>The nerve and the {button(STEROID, 'Steroids')}.</p>"
    assert page.marked == [NERVE, STEROID]


def test_a_strange_letter_that_counts_as_one_of_ours_breaks_no_page():
    assert mark("<p>A \u017fteroid.</p>", STEROID) == "<p>A \u017fteroid.</p>"


def test_a_crafted_key_stays_within_its_attribute():
    crafted = Word('"><script>alert(1)</script>', "steroid", (), "A strong medicine.")
    assert "<script>" not in mark("<p>A steroid.</p>", crafted)


def test_the_longer_word_is_the_one_that_is_meant():
    assert mark("The nerve root and a nerve.", NERVE, ROOT) == (
        f"The {button(ROOT, 'nerve root')} and a {button(NERVE, 'nerve')}."
    )


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/steroid/">steroid</a>',
        '<a href="/x/"><b>steroid</b> pill</a>',
        "<h3>The steroid</h3>",
        "<summary>steroid</summary>",
        "asteroids",
        "steroid-free",
        '<img alt="steroid">',
    ],
)
def test_links_headings_names_and_parts_of_words_stay_as_they_are(html):
    assert mark(html, STEROID) == html


def test_after_a_link_the_word_is_marked_again():
    assert mark('<a href="/x/">steroid</a> steroid', STEROID).endswith(button(STEROID, "steroid"))


def test_an_abbreviation_is_found_only_as_it_is_written():
    assert mark("mri MRI", MRI) == f"mri {button(MRI, 'MRI')}"


def test_accents_belong_to_the_word():
    word = Word("m", "médula", (), "…")
    assert mark("La Médula.", word) == f"La {button(word, 'Médula')}."


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "steroid", "nerve root", "nerve", " ", "&amp;", "x"])))
def test_nothing_but_the_marks_is_added_and_nothing_is_lost(pieces):
    html = "".join(pieces)
    page = Explained([STEROID, NERVE, ROOT])
    marked = page.mark(html)
    for word in page.marked:
        marked = marked.replace(button(word, word.term), word.term)
    assert marked == html
    assert len(page.marked) == len(set(page.marked))
