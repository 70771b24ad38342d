from procrastinate.contrib.django import app

from .actions.asking import ask_due, remind_due


@app.periodic(cron="* * * * *")
@app.task(name="checkins.ask_due", queueing_lock="checkins.ask_due")
def ask(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: the check-ins that are due, and a reminder of those that nobody answered."""
    ask_due()
    remind_due()
