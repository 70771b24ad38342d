"""The same line in Spanish, on a phone, without scripts: asked for more, answered, and decided "not yet"."""

from playwright.sync_api import Page

from .answers import CEIBA
from .conftest import Become, See
from .doctor import claim, decide
from .patient import answer, begin, give, press, says, sign
from .windows import Windows

EMAIL = "ceiba@example.org"


def test_de_la_primera_pagina_a_la_decision(open_window: Windows, become: Become, see: See) -> None:
    patient = open_window("phone", scripts=False, language="es")
    case = begin(patient, EMAIL, see, "es", near="Lakeside")
    answer(patient, CEIBA, see, "es")
    see(patient, "es-check")
    they_sign(patient, see)

    doctor = become("Dr. Test Rowan", "phone")
    claim(doctor, case)
    see(doctor, "es-case")
    the_doctor_adds_a_translation(doctor, see)
    the_doctor_asks_for_more(doctor, case, see)

    the_patient_answers(patient, case, see)

    the_case_came_back(doctor, case, see)
    decide(doctor, case, "not_yet", see, "es", patient_message="Primero, seis semanas de fisioterapia.")
    see(doctor, "es-decision")

    patient.goto(f"/cases/{case}/")
    says(patient, "Primero, seis semanas de fisioterapia.")
    see(patient, "es-status-decided")


def they_sign(page: Page, see: See) -> None:
    sign(page, "Paciente de Prueba Ceiba")
    see(page, "es-receipt")
    press(page, page.locator("main a.button--main"))
    see(page, "es-status")


def the_doctor_adds_a_translation(page: Page, see: See) -> None:
    says(page, "Me da miedo la aguja.")
    worry = page.locator("figure.quote", has_text="Me da miedo la aguja.")
    worry.get_by_text("Add a translation", exact=True).click()
    worry.locator('[name="text"]').fill("I am afraid of the needle. What if I move?")
    press(page, worry.get_by_role("button", name="Add the translation"))
    says(page, "I am afraid of the needle.")
    see(page, "es-case-translated")


def the_doctor_asks_for_more(page: Page, case: str, see: See) -> None:
    page.goto(f"/case/{case}/ask/")
    page.locator('[name="questions"]').first.check()
    give(page, {"note": "¿Ha hecho fisioterapia alguna vez?"})
    see(page, "es-ask")
    press(page)
    says(page, "Asked. The case comes back by itself.")
    see(page, "es-case-asked")


def the_patient_answers(page: Page, case: str, see: See) -> None:
    page.goto(f"/cases/{case}/")
    see(page, "es-status-asked")
    press(page, page.locator("main a.button--main"))
    says(page, "¿Ha hecho fisioterapia alguna vez?")
    for unsure in page.locator('main [type=radio][value="dk"]').all():
        unsure.check()
    page.locator('[name$="answer_to_note"]').fill("No, nunca.")
    see(page, "es-answer")
    press(page)
    see(page, "es-answer-sent")


def the_case_came_back(page: Page, case: str, see: See) -> None:
    page.goto("/queue/?tab=mine")
    see(page, "es-queue-mine")
    press(page, page.locator(f'[data-row-link][href="/case/{case}/"]'))
    says(page, "No, nunca.")
    see(page, "es-case-answered")
