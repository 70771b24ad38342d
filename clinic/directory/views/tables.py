"""The directory as a table: taken out, and read in, which is shown first and then confirmed."""

from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from clinic.audit.actions import Refused, record
from clinic.directory.actions import importing as actions
from clinic.directory.finding import Narrowed
from clinic.directory.forms.importing import ConfirmForm, Fault, FileForm, cells_of, heard
from clinic.directory.models import Channel, Entry, Import, Kind, Resource, Tongue
from clinic.directory.planning import Planned, fingerprint, plan
from clinic.directory.table import COLUMNS, DELIMITERS, LARGEST, NEEDED, Unreadable, read, written
from clinic.people.doors import opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, show_form

from .entries import KEEPERS

CHUNK = 500
MOST_FAULTS = 200  # shown at once: whoever has more corrects these first
# NPIs that begin with 2 are free so far (CMS), so these are nobody's.
EXAMPLE = (
    Entry(
        resource=Resource.ORGANIZATION,
        kind=Kind.PHYSICAL_THERAPY,
        name="Example Physical Therapy",
        npi="2999999990",
        phone="555 0170",
        fax="555 0171",
        direct_address="records@direct.example.org",
        address="1 Example Street, Springfield",
        languages=[Tongue.ENGLISH, Tongue.SPANISH],
        receives_by=Channel.FAX,
    ),
    Entry(resource=Resource.PRACTITIONER, kind=Kind.PRIMARY_CARE, name="Example Alder", suffix="MD", phone="555 0172"),
)


def _csv(rows: Iterable[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@opens_to(KEEPERS)
@require_GET
def export_entries(request: Request) -> StreamingHttpResponse:
    """The list as it is narrowed, as a table that can be read in again; line by line."""
    rows = Narrowed.by(request.GET).rows
    record(by=request.actor, verb="directory.exported")
    return _csv(written(map(cells_of, rows.order_by("name", "pk").iterator(CHUNK))), "directory")


@opens_to(KEEPERS)
@require_GET
def example(_request: Request) -> StreamingHttpResponse:
    """A table with two made-up lines, to begin from."""
    return _csv(written(map(cells_of, EXAMPLE)), "directory-example")


@opens_to(KEEPERS)
@form_page
def read_in(request: Request) -> HttpResponse:
    """Choose a table: it is read, and shown before anything of it stands in the directory."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    faults: list[Fault] = []
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            table = read(upload.read(LARGEST + 1))
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            rows, faults = heard(table)
            if not faults:
                made = actions.read_in(file_name=upload.name, table=table, rows=rows, by=request.actor)
                return redirect("directory:confirm_import", made.pk)
            form.add_error("file", "Nothing was taken in. Correct the lines below, and choose the file again.")
    context = {"faults": faults[:MOST_FAULTS], "fault_count": len(faults), "columns": _columns()}
    return show_form(request, "directory/read_in.html", form, **context)


def _columns() -> list[tuple[str, bool, str]]:
    """Header, whether it is needed, and what may stand below it."""
    lists = {"entry": Resource, "kind": Kind, "languages": Tongue, "receives by": Channel}
    words = {
        "credentials": "for practitioners, such as DPT",
        "npi": "ten digits; an entry that has it is changed",
        "phone": "7 to 15 digits",
        "fax": "7 to 15 digits",
        "direct address": "looks like an e-mail address",
    }
    return [
        (
            header,
            header in NEEDED,
            ", ".join(map(str, lists[header].labels)) if header in lists else words.get(header, "text"),
        )
        for header in COLUMNS
    ]


@opens_to(KEEPERS)
@form_page
def confirm_import(request: Request, pk: int) -> HttpResponse:
    """What would become of each line; confirmed, all of it stands in the directory at once."""
    of = get_object_or_404(Import.objects.select_related("read_by", "confirmed_by"), pk=pk)
    planned = [] if of.confirmed_at else plan(of)
    seen = fingerprint(planned)
    form = ConfirmForm(request.POST or None, plan=planned, fingerprint=seen)
    if request.method == "POST" and form.is_valid():
        words = {"seen": form.cleaned_data["fingerprint"], "another": form.another(), "same_as": form.same_as()}
        try:
            done = actions.confirm_import(of=of, by=request.actor, **words)
        except Refused as refused:
            form.add_error(None, str(refused))
            form.show(seen)
        else:
            messages.success(request, f"Taken in: {_told(done)}.")
            return redirect("directory:entries")
    context = {"of": of, "delimiter": DELIMITERS[of.delimiter], **_by_fate(planned)}
    return show_form(request, "directory/confirm_import.html", form, **context)


def _by_fate(planned: list[Planned]) -> dict[str, object]:
    fates = groupby(sorted(planned, key=lambda each: each.fate), key=lambda each: each.fate)
    return {"fates": {fate: list(each) for fate, each in fates}, "total": len(planned)}


def _told(done: dict[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in done.items())
