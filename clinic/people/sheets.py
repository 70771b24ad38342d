"""Tables for other programs. Pure."""

FORMULA = "=+-@\t\r"  # what a spreadsheet takes for the start of a formula
MARK = "'"  # before a cell, so that a spreadsheet takes it for text


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"{MARK}{cell}" if cell[:1] and cell[0] in FORMULA + MARK else cell


def meant(cell: str) -> str:
    """What a cell said before `harmless` marked it."""
    return cell[1:] if cell[:1] == MARK and cell[1:2] and cell[1] in FORMULA + MARK else cell


class Echo:
    """What csv writes to: it hands the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
