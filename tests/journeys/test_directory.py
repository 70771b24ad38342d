"""A table of practices is read in, looked at, and taken in; one of them is told apart from what is there by hand."""

from pathlib import Path

import pytest

from .conftest import Become, See
from .patient import press, says

TABLE = """entry;kind;name;npi;phone;fax
Practice;Imaging;Test Imaging Centre;;555 0299;
Practice;Physical therapy;Test Clover Physical Therapy;2000000036;;555 03{n}9
Practice;Surgery;Test Quince {size};;555 02{n}7;
"""


@pytest.mark.parametrize(("size", "n"), [("desktop", 7), ("phone", 8)])
def test_a_table_of_practices_is_taken_in(become: Become, see: See, tmp_path: Path, size: str, n: int) -> None:
    page = become("Test Coordinator Hazel", size)
    table = tmp_path / "practices.csv"
    table.write_text(TABLE.format(n=n, size=size))
    page.goto("/directory/import/")
    page.locator("[type=file]").set_input_files(table)
    press(page, page.get_by_role("button", name="Read it, and show me"))
    says(page, "1 would change", "1 would be new", "May be there already")
    see(page, f"directory-import-{size}")
    page.get_by_label("Line 2").select_option("It is Test Imaging Center: fill what is empty there")
    press(page, page.get_by_role("button", name="Take it in"))
    says(page, "Taken in: 1 added, 1 changed, 1 filled")
    page.goto("/directory/new/")
    page.get_by_role("textbox", name="Name").fill(f"Test Quince {size}s")
    page.get_by_label("Kind").select_option("Surgery")
    press(page, page.get_by_role("button", name="Add to the directory"))
    says(page, "Is it one of these?")
    see(page, f"directory-alike-{size}")
    press(page, page.get_by_role("button", name="It is another one: save anyway"))
    says(page, "is in the directory")
    see(page, f"directory-entry-{size}")
