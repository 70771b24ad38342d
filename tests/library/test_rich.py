from education.library.rich import nodes


def test_paragraphs_and_lists_come_as_runs_in_their_order():
    html = "<p>One <b>bold</b> word.</p><ul><li>first</li><li><i>second</i></li></ul><p>End</p>"
    assert nodes(html) == [
        {"kind": "paragraph", "runs": [("One ", ""), ("bold", "b"), (" word.", "")]},
        {"kind": "list", "ordered": False, "items": [[("first", "")], [("second", "i")]]},
        {"kind": "paragraph", "runs": [("End", "")]},
    ]


def test_a_link_is_its_words_and_an_unknown_tag_is_nothing():
    assert nodes('<p><a href="/x/">here</a><blink>!</blink></p>') == [
        {"kind": "paragraph", "runs": [("here", ""), ("!", "")]}
    ]


def test_text_outside_of_every_tag_is_a_paragraph_and_spaces_are_none():
    assert nodes(" plain &amp; simple ") == [{"kind": "paragraph", "runs": [(" plain & simple ", "")]}]
    assert nodes("<p> </p>") == []
