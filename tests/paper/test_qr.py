"""The QR code is read as a fax sends it."""

from io import BytesIO

import typst
import zxingcpp
from PIL import Image

from clinic.paper.qr import svg
from tests.paper.made_up import LINK

SOURCE = b"""#set page(width: 1.6in, height: 1.6in, margin: 0.2in)
#image(bytes(sys.inputs.svg), width: 1.05in)"""


def faxed(link: str) -> Image.Image:
    """The code in the size of the letter, at 200 dots an inch, each black or white."""
    return Image.open(BytesIO(typst.compile(SOURCE, sys_inputs={"svg": svg(link)}, format="png", ppi=200))).convert("1")


def test_it_reads_as_the_link():
    assert [code.text for code in zxingcpp.read_barcodes(faxed(LINK).convert("L"))] == [LINK]


def test_the_longest_link_reads_too():
    link = "https://clinic.example.org/r/" + "aB3_" * 32
    assert [code.text for code in zxingcpp.read_barcodes(faxed(link).convert("L"))] == [link]


def test_the_link_is_not_in_the_drawing():
    assert LINK not in svg(LINK)
