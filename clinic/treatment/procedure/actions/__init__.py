from .before import go_through, plan_thinner, strike_thinner_plan
from .complications import add_complication, strike_complication
from .sessions import record_session, strike_session

__all__ = [
    "add_complication",
    "go_through",
    "plan_thinner",
    "record_session",
    "strike_complication",
    "strike_session",
    "strike_thinner_plan",
]
