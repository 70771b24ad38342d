"""What may be chosen when a session is recorded: the values of the contract, and what only this procedure has. Pure."""

from clinic.candidacy.chart.choices import APPROACHES, GUIDANCE, REGIONS, SEDATION, SIDES
from clinic.candidacy.chart.fields import Choices

__all__ = ["APPROACHES", "COMPLICATIONS", "GOALS", "GUIDANCE", "REGIONS", "REHABILITATION", "SEDATION", "SIDES"]

# What the procedure guides and the FDA's notice of 2014-04-23 name (reference B4 and D3), in a clinician's words.
COMPLICATIONS: Choices = (
    ("vasovagal", "Fainted, or nearly (vasovagal)"),
    ("dural_puncture", "Dural puncture"),
    ("headache", "Headache after dural puncture"),
    ("intravascular", "Contrast in a vessel"),
    ("more_pain", "More pain for days"),
    ("temporary_weakness", "Weakness or numbness that wore off"),
    ("lasting_weakness", "Weakness or numbness that stays"),
    ("allergic", "Allergic reaction"),
    ("high_glucose", "Blood sugar that had to be treated"),
    ("bleeding", "Bleeding or epidural haematoma"),
    ("infection", "Infection"),
    ("stroke", "Stroke, or loss of vision"),
    ("other", "Something else"),
)
REHABILITATION: Choices = (
    ("refer", "Refer to physical therapy"),
    ("goes_on", "Goes on where the patient already is"),
    ("home", "Home exercise alone"),
    ("none", "None"),
)
# What the clinic asks of a physical therapist, as its referral letter names it.
GOALS = {
    "strength": "Strength of trunk and leg",
    "posture": "Posture: sitting and standing upright without more pain",
    "alignment": "Alignment: bending and lifting from the hip, the spine kept straight",
    "walking": "Walking further, without a rest",
}
