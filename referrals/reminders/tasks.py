from procrastinate.contrib.django import app

from .actions.returned import look_at_lost
from .actions.sending import MOST_AT_ONCE, send_due


@app.periodic(cron="* * * * *")
@app.task(name="reminders.send_due", queueing_lock="reminders.send_due")
def send(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: the reminders that are due, and an alarm for each that did not arrive."""
    send_due()
    look_at_lost(limit=MOST_AT_ONCE)
