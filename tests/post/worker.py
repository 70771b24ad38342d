"""A worker that runs once and in this thread: what the real one would find among the jobs, it carries out."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def run_once() -> int:
    """Carry out every waiting job; returns how many there were."""
    jobs = list(ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id"))
    for job in jobs:
        app.tasks[job.task_name](**job.args)
    return len(jobs)
