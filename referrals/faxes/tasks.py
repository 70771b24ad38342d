from procrastinate.contrib.django import app

from clinic.audit.actor import SYSTEM

from .actions import taking_in


@app.periodic(cron="* * * * *")
@app.task(name="faxes.take_in", queueing_lock="faxes.take_in")
def take_in(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: what the scanner put into the folder."""
    taking_in.take_in(by=SYSTEM)
