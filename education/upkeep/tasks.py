from procrastinate.contrib.django import app

from . import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="upkeep.publish_due", queueing_lock="upkeep.publish_due")
def publish_due(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every five minutes: pages whose day has come, or has passed."""
    actions.publish_due()
