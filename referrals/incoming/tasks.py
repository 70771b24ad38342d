from procrastinate.contrib.django import app

from .actions import catching_up


@app.periodic(cron="* * * * *")
@app.task(name="incoming.catch_up", queueing_lock="incoming.catch_up")
def catch_up(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: the case moved, and its referral follows."""
    catching_up.catch_up()
