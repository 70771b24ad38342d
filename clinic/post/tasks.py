from procrastinate.contrib.django import app

from . import actions


@app.task(name="post.deliver")
def deliver(message_id: int) -> None:
    """Send one mail."""
    actions.deliver(message_id=message_id)


@app.periodic(cron="* * * * *")
@app.task(name="post.sweep", queueing_lock="post.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: what an earlier worker left behind."""
    actions.sweep()
