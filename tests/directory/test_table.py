"""Tables as other programs write them: encodings, separators, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.directory.table import COLUMNS, MOST_ROWS, Unreadable, read, written
from clinic.people.sheets import harmless, meant

SAID = "entry,kind,name,notes\nPractice,Surgery,Clínica Ñandú,“quoted”\n"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("delimiter", "mark"), [(",", ","), (";", ";"), ("\t", "\t")])
def test_every_usual_way_to_write_a_table_says_the_same(codec, name, end, delimiter, mark):
    table = read(SAID.replace("\n", end).replace(",", delimiter).encode(codec))
    assert (table.encoding, table.delimiter) == (name, mark)
    assert table.lines[0].number == 2
    assert table.lines[0].cells == {
        "resource": "Practice",
        "kind": "Surgery",
        "name": "Clínica Ñandú",
        "notes": "“quoted”",
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column called"),
        (b"\n\n\n", "no column called"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text"),
        (b"\xff\xfe\x00", "no text"),
        (b"entry,kind,name\x81\x8d\n", "no text"),
        (b"entry,kind\nPractice,Surgery\n", "no column called “name”"),
        (b"entry,kind,name,shoe size\nPractice,Surgery,A,44\n", "No column is called “shoe size”"),
        (b"entry,kind,name,Name\nPractice,Surgery,A,B\n", "“name” is there more than once"),
        (b"entry,kind,name\n", "no line below the header"),
        (b"entry,kind,name\n,,\n  , ,\n", "no line below the header"),
        (b'entry,kind,name\nPractice,Surgery,A\nPractice,Surgery,"B\n', "From line 3 on"),
        (b'entry,kind,name\nPractice,Surgery,"A"B\n', "From line 2 on"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"entry,kind,name\n" + b"Practice,Surgery,A\n" * (MOST_ROWS + 1), "2,001 lines"),
    ],
)
def test_what_is_no_table_of_ours_says_what_would_be_one(content, words):
    with pytest.raises(Unreadable, match=words):
        read(content)


def test_headers_may_be_written_in_capitals_with_underscores_and_with_empty_ones_behind():
    table = read(b"NAME; Kind ;ENTRY;Receives_By;direct  address;;\nA;Surgery;Practice;fax;;;\n")
    assert table.columns == ["name", "kind", "resource", "receives_by", "direct_address"]


def test_a_line_is_counted_where_it_begins_and_one_that_is_too_long_says_so():
    table = read(b'entry,kind,name,address\n\nPractice,Surgery,A,"1 Road\nTown"\nPractice,Surgery,B,x,more\nPractice\n')
    assert [line.number for line in table.lines] == [3, 5, 6]
    assert [bool(line.fault) for line in table.lines] == [False, True, False]
    assert "5 cells" in table.lines[1].fault
    assert table.lines[2].cells == {"resource": "Practice", "kind": "", "name": "", "address": ""}


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30).map(str.strip)


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS.values(), CELL)), min_size=1, max_size=4))
def test_what_is_written_reads_the_same_and_holds_no_formula(rows):
    rows = [row | {"name": row["name"] or "A"} for row in rows]
    lines = list(written(rows))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in map(harmless, row.values()))
    assert [line.cells for line in read("".join(lines).encode()).lines] == rows


@given(st.text())
def test_the_mark_before_a_formula_comes_off_again(cell):
    assert meant(harmless(cell)) == cell
