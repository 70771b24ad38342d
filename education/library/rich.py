"""Rich text as paragraphs and lists of runs, for paper: pure, and blind to whatever it does not know."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

Run = tuple[str, str]  # words, and how they stand: "", "b" or "i"
Node = dict[str, Any]
STYLES = {"b": "b", "strong": "b", "i": "i", "em": "i"}


@dataclass
class _Reader(HTMLParser):
    nodes: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        if tag in STYLES:
            self.styles.append(STYLES[tag])
        elif tag in ("ul", "ol"):
            self.paragraph()
            self.nodes.append({"kind": "list", "ordered": tag == "ol", "items": []})
        elif tag == "br":
            self.runs.append((" ", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in STYLES and self.styles:
            self.styles.pop()
        elif tag == "li":
            self.item()
        elif tag == "p":
            self.paragraph()

    def handle_data(self, data: str) -> None:
        if data:
            self.runs.append((data, self.styles[-1] if self.styles else ""))

    def item(self) -> None:
        if self.nodes and self.nodes[-1]["kind"] == "list":
            self.nodes[-1]["items"].append(self.taken())

    def paragraph(self) -> None:
        if runs := self.taken():
            self.nodes.append({"kind": "paragraph", "runs": runs})

    def taken(self) -> list[Run]:
        runs, self.runs = self.runs, []
        return runs if any(words.strip() for words, _ in runs) else []


def nodes(html: str) -> list[Node]:
    """{"kind": "paragraph", "runs"} and {"kind": "list", "ordered", "items"}, in the order of reading."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.paragraph()
    return reader.nodes
