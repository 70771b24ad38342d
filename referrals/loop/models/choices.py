"""The words of the way and of the calls, as columns offer them."""

from referrals.loop import urgency
from referrals.loop.lifecycle import FINAL, Direction, State


def choices(*words: dict[str, str]) -> list[tuple[str, str]]:
    return [(str(key), said) for each in words for key, said in each.items()]


DIRECTIONS = [(direction.value, direction.value.capitalize()) for direction in Direction]
STATES = [(state.value, state.value.replace("_", " ").capitalize()) for state in State]
FINAL_STATES = sorted(state.value for state in FINAL)
URGENCIES = choices(urgency.WORDS)  # type: ignore[arg-type]  # its keys are strings
# Steps after which a referral must have its patient and case.
