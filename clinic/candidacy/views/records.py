"""Records of other practices, from the case's side: asking for one, and saying what one says that has come."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clinic.audit.actions import Refused
from clinic.candidacy import missing
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.forms.records import RecordForm
from clinic.directory.finding import offered, with_practices
from clinic.directory.models import Entry
from clinic.outside import actions, wanted
from clinic.outside.codes import read
from clinic.outside.forms import LetterForm
from clinic.outside.lifecycle import State
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import number
from clinic.people.parking import parked_for
from clinic.people.request import Request

from .doorway import opened_file, strip

A_FEW = 5  # entries of the directory that are offered beside a letter


@opens_to(CLINICAL)
@require_http_methods(["GET", "POST"])
def request_record(request: Request, reference: str, listed: str, key: uuid.UUID) -> HttpResponse:
    """Write to the practice that gave a therapy, an injection or a study, as the patient named it."""
    file = opened_file(request, reference)
    path = missing.path_of(listed, key, file.weighed.assembled)
    if path is None or listed not in wanted.PIECES:
        raise Http404
    rows, entry = file.weighed.assembled.rows[path], missing.entry_at(path, file.weighed.document)
    kind = entry.get("kind") or ""
    typed = request.POST if request.method == "POST" else parked_for(request)
    named = missing.named(rows, listed)
    pieces = wanted.that_tell(request.GET.getlist("fact"), listed, kind)
    initial = {"practice": named, "pieces": pieces, **_letterhead(request)}
    offered = [(piece.key, piece.words) for piece in wanted.pieces(listed, kind)]
    form = LetterForm(offered=offered, data=typed, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = _written(request, file, path, form)
        if made:
            return redirect("outside:record_request", made)
    shown = strip(request, file) | {
        "form": form,
        "subject": missing.subject(path, file.weighed.document),
        "period": missing.period(entry),
        "allowed": wanted.permission(rows),
        **_in_directory(request, named),
    }
    return render(request, "candidacy/request_record.html", shown, status=422 if request.method == "POST" else 200)


def _letterhead(request: Request) -> dict[str, str]:
    """Name and numbers of the practice that was chosen from the directory; nothing where none was."""
    entry = with_practices(Entry.objects.active()).filter(pk=number(request.GET.get("practice")) or 0).first()
    return entry.letterhead() if entry else {}


def _in_directory(request: Request, named: str) -> dict[str, object]:
    """Entries that may be the practice which the patient named, or which was searched, each with its address here."""
    typed, query = request.GET.get("q", named), request.GET.copy()
    choices = []
    for entry in offered(typed)[:A_FEW]:
        query["practice"] = str(entry.pk)
        choices.append({"entry": entry, "url": f"?{query.urlencode()}"})
    return {"q": typed, "choices": choices, "most": A_FEW, "facts": request.GET.getlist("fact")}


def _written(request: Request, file: CaseFile, path: str, form: LetterForm) -> str:
    """The code of the request that was made; empty where it was refused, which the form then says."""
    document, rows = file.weighed.document, file.weighed.assembled.rows[path]
    about = missing.period(missing.entry_at(path, document))
    letter = actions.Letter(subject=missing.subject(path, document), period=about, **form.cleaned_data)
    listed = path.partition("[")[0]
    try:
        made = actions.ask(case=file.case, listed=listed, key=rows[0].key, letter=letter, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""
    messages.success(request, "The letter is ready. Print it, send it, and say here that you did.")
    return made.code


@opens_to(CLINICAL)
@require_http_methods(["GET", "POST"])
def read_record(request: Request, reference: str, code: str) -> HttpResponse:
    """Say what a record says that has come: it then stands as the outside record's word, beside the patient's."""
    file = opened_file(request, reference)
    asked = get_object_or_404(file.case.record_requests, code=read(code) or None, state=State.RECEIVED)
    path = missing.path_of(asked.listed, asked.key, file.weighed.assembled)
    if path is None:
        raise Http404
    today = file.case.patient.today()
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = RecordForm(path=path, file=file, today=today, data=typed)
    if request.method == "POST" and form.is_valid():
        try:
            actions.file(request=asked, says=form.says(), on=today, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "On record now, beside what the patient said.")
            return redirect("candidacy:case", reference)
    came = [document for step in asked.steps.prefetch_related("documents") for document in step.documents.all()]
    shown = strip(request, file) | {"form": form, "asked": asked, "documents": came}
    return render(request, "candidacy/read_record.html", shown, status=422 if request.method == "POST" else 200)
