"""Every referral, in and out: where it is, who has it, when somebody looks again, and each step of its way."""

from .choices import STATES, URGENCIES
from .referral import CALL_NOW, Referral, ReferralQuerySet
from .way import Link, Step
from .work import Target, Work

__all__ = ["CALL_NOW", "STATES", "URGENCIES", "Link", "Referral", "ReferralQuerySet", "Step", "Target", "Work"]
