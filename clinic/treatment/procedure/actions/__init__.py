from .before import go_through, plan_thinner, strike_thinner_plan
from .complications import add_complication, strike_complication
from .sessions import OutsidePlan, record_session, strike_session

__all__ = [
    "OutsidePlan",
    "add_complication",
    "go_through",
    "plan_thinner",
    "record_session",
    "strike_complication",
    "strike_session",
    "strike_thinner_plan",
]
