"""Every field template ties its help and its error to what it asks, and the body map knows all its areas."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django import forms
from django.template.loader import render_to_string

ROOT = Path(__file__).parents[2]
HOW = [("day", "The day"), ("month", "The month"), ("year", "The year"), ("weeks", "Weeks ago"), ("unknown", "?")]
ANSWERS = [("yes", "Yes"), ("no", "No"), ("dk", "I don't know")]


def looking(widget: forms.Widget, look: str) -> forms.Widget:
    widget.look = look
    return widget


def partial_date() -> forms.MultiWidget:
    parts = {name: forms.TextInput() for name in ("how", "day", "month", "month_year", "year", "weeks")}
    parts |= {"how": forms.RadioSelect(choices=HOW), "month": forms.Select(choices=[("", ""), ("3", "March")])}
    widget = forms.MultiWidget(parts)
    widget.decompress = lambda value: value or [None] * 6
    return looking(widget, "partial_date")


class Questions(forms.Form):
    plain = forms.CharField(help_text="Help.")
    cards = forms.ChoiceField(choices=ANSWERS, help_text="Help.", widget=looking(forms.RadioSelect(), "choices"))
    scale = forms.ChoiceField(
        choices=[(str(n), str(n)) for n in range(11)] + [("dk", "I don't know")],
        help_text="Help.",
        widget=looking(forms.RadioSelect(), "scale"),
    )
    statements = forms.MultipleChoiceField(
        choices=ANSWERS, help_text="Help.", widget=looking(forms.CheckboxSelectMultiple(), "checklist")
    )
    where = forms.MultipleChoiceField(
        choices=[("low_back", "Low back")],
        help_text="Help.",
        widget=looking(forms.CheckboxSelectMultiple(), "body_map"),
    )
    start = forms.Field(help_text="Help.", widget=partial_date())
    record = forms.FileField(help_text="Help.", widget=looking(forms.ClearableFileInput(), "file"))
    true = forms.BooleanField(help_text="Help.", widget=looking(forms.CheckboxInput(), "check"))


def rendered(field: forms.BoundField, **context: object) -> str:
    return render_to_string("components/field.html", {"field": field, **context})


@pytest.mark.parametrize("name", Questions.base_fields)
def test_field_ties_help_and_error_to_its_question(name: str) -> None:
    form = Questions({})
    form.full_clean()
    form.add_error(name, "We need one more thing.")
    html = rendered(form[name])
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described, "nothing says where the help stands"
    assert all(f'id="{place}"' in html for place in described[1].split())
    assert f"id_{name}_error" in described[1]


@pytest.mark.parametrize("name", Questions.base_fields)
def test_every_label_has_its_control(name: str) -> None:
    html = rendered(Questions()[name])
    controls = re.findall(r'<(?:input|select|textarea)[^>]* id="([^"]+)"', html)
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', html)) == set(controls)


def test_partial_date_keeps_what_was_typed() -> None:
    html = rendered(Questions({"start_how": "weeks", "start_weeks": "about ten"})["start"])
    assert re.search(r'value="weeks"\s+id="id_start_0_3"\s+checked', html)
    assert 'value="about ten"' in html


def test_a_choice_carries_the_questions_that_depend_on_it() -> None:
    form = Questions()
    html = rendered(form["cards"], more={"yes": [form["plain"]]})
    assert html.index('value="yes"') < html.index('name="plain"') < html.index('value="no"')


def test_body_map_has_a_shape_and_a_colour_for_every_area() -> None:
    shapes = ElementTree.parse(ROOT / "static/img/body.svg").getroot()
    drawn = {shape.attrib["id"].split("-")[1] for shape in shapes if "id" in shape.attrib} - {"whole", "rest", "spine"}
    coloured = set(re.findall(r':has\(\[value="(\w+)"\]:checked\)', (ROOT / "static/css/body-map.css").read_text()))
    assert drawn == coloured


def test_every_icon_that_is_named_is_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "static/img/icons.svg").read_text()))
    pages = (page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    named = {name for page in pages for name in re.findall(r'icon\.html" with name="(\w+)"', page)}
    assert named <= drawn
