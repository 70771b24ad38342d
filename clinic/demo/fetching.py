"""How the staff of the stories gets records from other practices: the letter, its way, and what the record says."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from clinic.candidacy import missing
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.forms.records import RecordForm
from clinic.outside import actions, wanted
from clinic.outside.forms import LetterForm
from clinic.outside.models import RecordRequest

from .copies import copy_of
from .shape import RecordAsked, RecordCame, RecordRead, RecordSent
from .stage import Plays, Stage
from .typing_in import words


def _record_asked(scene: RecordAsked, stage: Stage) -> None:
    file = CaseFile.of(stage.case)
    path = f"{scene.listed}[{scene.entry - 1}]"
    rows, document = file.weighed.assembled.rows[path], file.weighed.document
    entry = missing.entry_at(path, document)
    kind = entry.get("kind") or ""
    form = LetterForm(
        offered=[(piece.key, piece.words) for piece in wanted.pieces(scene.listed, kind)],
        data={
            "practice": missing.named(rows, scene.listed),
            "pieces": wanted.that_tell(scene.facts, scene.listed, kind),
            "address": scene.address,
            "fax": scene.fax,
        },
    )
    about = missing.period(entry)
    letter = actions.Letter(
        subject=missing.subject(path, document), period=about, **stage.heard(form, "letter").cleaned_data
    )
    by = stage.worker(scene.by)
    actions.ask(case=file.case, listed=scene.listed, key=rows[0].key, letter=letter, by=by)


def _record_sent(scene: RecordSent, stage: Stage) -> None:
    actions.send(request=_latest(stage), how=scene.how, on=stage.today(), by=stage.worker(scene.by))


def _record_came(scene: RecordCame, stage: Stage) -> None:
    file = SimpleUploadedFile(scene.name, copy_of(scene.name, scene.title))
    actions.receive(request=_latest(stage), on=stage.today(), pages=[file], by=stage.worker(scene.by))


def _record_read(scene: RecordRead, stage: Stage) -> None:
    file, asked = CaseFile.of(stage.case), _latest(stage)
    path = missing.path_of(asked.listed, asked.key, file.weighed.assembled) or ""
    data = QueryDict(mutable=True)
    data.update({fact: words(said, stage.today(), "en") for fact, said in scene.said.items()})
    form = stage.heard(RecordForm(path=path, file=file, today=stage.today(), data=data), "record")
    actions.file(request=asked, says=form.says(), on=stage.today(), by=stage.worker(scene.by))


def _latest(stage: Stage) -> RecordRequest:
    return RecordRequest.objects.filter(case=stage.case).latest("pk")


PLAYS: Plays = {
    RecordAsked: _record_asked,
    RecordSent: _record_sent,
    RecordCame: _record_came,
    RecordRead: _record_read,
}
