"""What a page of the library is made of. Every block that states something clinical names where that is known from."""

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

RICH = ["bold", "italic", "ul", "ol", "link"]
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HUNDRED = 100
MOST_GROUPS = 4  # more shapes than these cannot be told apart
DRAWINGS = [
    ("spine", "The spine, from the side"),
    ("epidural_space", "The epidural space, and the ways of the needle"),
    ("relief_course", "The course of relief over time"),
]


def heading() -> blocks.CharBlock:
    return blocks.CharBlock(max_length=120, help_text="What this part answers, in plain words")


def rich(**options: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(features=RICH, **options)


class Sourced(blocks.StructBlock):
    """A clinical statement: it cannot be saved for approval without a document, year and address behind it."""

    sources = blocks.ListBlock(
        SnippetChooserBlock("library.Source"), min_num=1, help_text="Where this is known from", collapsed=True
    )


class Text(Sourced):
    heading = heading()
    text = rich()

    class Meta:
        icon = "pilcrow"
        template = "library/blocks/text.html"


class Steps(Sourced):
    heading = heading()
    steps = blocks.ListBlock(rich(label="Step"), min_num=2)

    class Meta:
        icon = "list-ol"
        template = "library/blocks/steps.html"


class Warning(Sourced):
    heading = heading()
    urgent = blocks.BooleanBlock(required=False, help_text="An emergency, and not only a reason to call the clinic")
    signs = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1, help_text="What a person may notice")
    act = rich(label="What to do now")

    class Meta:
        icon = "warning"
        template = "library/blocks/warning.html"


class Person(blocks.StructBlock):
    who = blocks.CharBlock(max_length=200)
    why = blocks.CharBlock(max_length=400)


class ShouldNot(Sourced):
    heading = heading()
    people = blocks.ListBlock(Person(), min_num=1)

    class Meta:
        icon = "cross"
        label = "Who should not"
        template = "library/blocks/should_not.html"


class DrawingValue(blocks.StructValue):
    @property
    def file(self) -> str:
        return f"library/drawings/{self['drawing']}.svg"


class Drawing(Sourced):
    heading = heading()
    drawing = blocks.ChoiceBlock(choices=DRAWINGS)
    caption = blocks.TextBlock(max_length=600)

    class Meta:
        icon = "image"
        label = "Drawing of ours"
        value_class = DrawingValue
        template = "library/blocks/drawing.html"


class Picture(Sourced):
    heading = heading()
    picture = ImageChooserBlock()
    description = blocks.TextBlock(max_length=600, help_text="What it shows, for somebody who does not see it")
    caption = blocks.TextBlock(max_length=600, required=False)

    class Meta:
        icon = "image"
        template = "library/blocks/picture.html"


class Group(blocks.StructBlock):
    count = blocks.IntegerBlock(min_value=0, max_value=HUNDRED)
    label = blocks.CharBlock(max_length=120)


class Hundred(Sourced):
    heading = heading()
    groups = blocks.ListBlock(Group(), min_num=2, max_num=MOST_GROUPS)
    caption = blocks.TextBlock(max_length=600, help_text="Which study, and compared with what")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        together = sum(group["count"] for group in value["groups"])
        if together != HUNDRED:
            why = ValidationError(f"The groups are {together} people together; they must be {HUNDRED}.")
            raise blocks.StructBlockValidationError(block_errors={"groups": why})
        return value

    class Meta:
        icon = "group"
        label = "100 people in dots"
        template = "library/blocks/hundred.html"


class Cells(blocks.StructBlock):
    cells = blocks.ListBlock(blocks.CharBlock(max_length=300, required=False), min_num=2)


class TableValue(blocks.StructValue):
    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row as pairs of its columns and cells: on a phone a row stands as a card that names them."""
        return [list(zip(self["columns"], row["cells"], strict=False)) for row in self["rows"]]


class Table(Sourced):
    heading = heading()
    columns = blocks.ListBlock(blocks.CharBlock(max_length=80), min_num=2, help_text="The first one heads the rows")
    rows = blocks.ListBlock(Cells(), min_num=1)

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if any(len(row["cells"]) != len(value["columns"]) for row in value["rows"]):
            why = ValidationError("Every row needs one cell for each column.")
            raise blocks.StructBlockValidationError(block_errors={"rows": why})
        return value

    class Meta:
        icon = "table"
        label = "Comparison table"
        value_class = TableValue
        template = "library/blocks/table.html"


class Myth(Sourced):
    claim = blocks.CharBlock(max_length=200, help_text="What people say")
    fact = rich(label="What is known")

    class Meta:
        icon = "help"
        label = "Myth and fact"
        template = "library/blocks/myth.html"


class Video(Sourced):
    heading = heading()
    video = DocumentChooserBlock(help_text="An MP4 or WebM file, kept here: no other site is asked")
    captions = DocumentChooserBlock(help_text="What is said, as a WebVTT file")
    transcript = rich(help_text="What is said and shown, to read instead")

    class Meta:
        icon = "media"
        label = "Video with transcript"
        template = "library/blocks/video.html"


class Practical(blocks.StructBlock):
    heading = heading()
    text = rich()

    class Meta:
        icon = "home"
        label = "At our clinic"
        help_text = "The clinic's own arrangements: parking, whom to ask. Nothing clinical."
        template = "library/blocks/practical.html"


class Stream(blocks.StreamBlock):
    """Blocks with ids such as Wagtail gives: they stand in addresses and in the search, and a form may send any."""

    def value_from_datadict(self, *sent: Any) -> blocks.StreamValue:
        value = super().value_from_datadict(*sent)
        for block in value:
            if not ID.fullmatch(block.id or ""):
                block.id = str(uuid.uuid4())
        return value


class Body(Stream):
    """The blocks of a page, in the order of reading."""

    text = Text()
    steps = Steps()
    warning = Warning()
    should_not = ShouldNot()
    drawing = Drawing()
    picture = Picture()
    hundred = Hundred()
    table = Table()
    myth = Myth()
    video = Video()
    practical = Practical()


class Question(blocks.StructBlock):
    """One of the two questions whether a page was understood; the right choice is counted from 1."""

    ask = blocks.CharBlock(max_length=200)
    choices = blocks.ListBlock(blocks.CharBlock(max_length=200), min_num=2, max_num=4)
    right = blocks.IntegerBlock(min_value=1, max_value=4, help_text="Which choice is right: 1, 2, 3 …")
    because = blocks.TextBlock(max_length=400, help_text="Said after either answer, kindly")

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value["right"] > len(value["choices"]):
            why = ValidationError("There are fewer choices than that.")
            raise blocks.StructBlockValidationError(block_errors={"right": why})
        return value

    class Meta:
        icon = "help"


class Questions(Stream):
    question = Question()

    class Meta:
        max_num = 2
        required = False


class TermValue(blocks.StructValue):
    @property
    def forms(self) -> list[str]:
        return [form.strip() for form in self["also"].split(",") if form.strip()]


class Term(blocks.StructBlock):
    """A word of the glossary, what else it is called, and what it means; sources where a fact is stated."""

    term = blocks.CharBlock(max_length=80)
    # One text and not a list: a language has as many forms of a word as it needs.
    also = blocks.CharBlock(max_length=400, required=False, help_text="Other forms found in a text, parted by commas")
    meaning = blocks.TextBlock(max_length=500)
    sources = blocks.ListBlock(SnippetChooserBlock("library.Source"), default=[], collapsed=True)

    class Meta:
        icon = "openquote"
        value_class = TermValue
        template = "library/blocks/term.html"


class Terms(Stream):
    term = Term()
