"""The moments of a patient's way at which a page of the library is offered. An editor says which page, at each."""

from typing import NamedTuple


class Moment(NamedTuple):
    key: str
    when: str  # as an editor reads it


MOMENTS = (
    Moment("intake_begins", "Before the questions begin"),
    Moment("intake_warning_signs", "Beside the questions about warning signs"),
    Moment("intake_therapies", "Beside the questions about what was tried"),
    Moment("intake_injections", "Beside the questions about earlier injections"),
    Moment("intake_blood_thinner", "Beside the question about blood thinners"),
    Moment("intake_diabetes", "Beside the question about diabetes"),
    Moment("intake_insurance", "Beside the questions about insurance"),
    Moment("intake_goals", "Beside the questions about what matters to the patient"),
    Moment("intake_sent", "After the answers were sent"),
    Moment("decided_candidate", "After the decision: a candidate"),
    Moment("decided_more_needed", "After the decision: something is still needed"),
    Moment("decided_not_candidate", "After the decision: not a candidate"),
    Moment("before_injection", "Before the injection"),
    Moment("after_injection", "After the injection"),
    Moment("relief", "In the window of relief"),
    Moment("course_runs_on", "When a course of injections runs on, for the doctor to talk about"),
)
