"""What therapy is for, as a patient reads it: the goals of the letter in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

GOALS: Mapping[str, object] = {
    "strength": _("Make your trunk and legs stronger"),
    "posture": _("Sit and stand upright with less pain"),
    "alignment": _("Bend and lift from the hip, with a straight back"),
    "walking": _("Walk farther without a rest"),
}
