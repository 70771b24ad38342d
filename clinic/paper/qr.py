"""A private link as a QR code, drawn as one path: sharp on any printer."""

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it that a reader needs (ISO/IEC 18004, 9.1)


def matrix(link: str) -> list[list[bool]]:
    """The modules, row by row, True where black; 15 % of it may be smudged (level M)."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(link)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(link: str) -> str:
    """The code as SVG without text of the link in it."""
    rows = matrix(link)
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, black in enumerate(row) if black)
    side = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    )
