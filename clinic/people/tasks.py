from procrastinate.contrib.django import app

from clinic.audit.actor import SYSTEM

from .actions import signing_in


@app.periodic(cron="20 3 * * *")
@app.task(name="people.forget_old", queueing_lock="people.forget_old")
def forget_old(timestamp: int) -> None:  # noqa: ARG001 - the queue gives it by name
    """Every night: sessions that ended, and codes of yesterday."""
    signing_in.forget_old(by=SYSTEM)
