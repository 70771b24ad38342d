from procrastinate.contrib.django import app

from clinic.audit.actor import SYSTEM

from .actions import previewing


@app.task(name="policies.weigh")
def weigh(batch_id: int) -> None:
    """Weigh one batch of a preview."""
    try:
        previewing.weigh_batch(batch_id=batch_id, by=SYSTEM)
    except Exception:
        previewing.fail(batch_id=batch_id, by=SYSTEM)
        raise


@app.periodic(cron="* * * * *")
@app.task(name="policies.sweep", queueing_lock="policies.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  the queue gives it by this name
    """Every minute: what an earlier worker left behind."""
    previewing.sweep()
