from django.apps import AppConfig, apps
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

# Wagtail would mail from within the page; here a mail is a row, and what waits stands on the lists of who has to do it.
MAILS = (
    (workflow_submitted, "workflow_state_submitted_email_notification"),
    (workflow_rejected, "workflow_state_rejected_email_notification"),
    (workflow_approved, "workflow_state_approved_email_notification"),
)


class UpkeepConfig(AppConfig):
    name = "education.upkeep"

    def ready(self) -> None:
        workflow_state = apps.get_model("wagtailcore", "WorkflowState")
        for moment, name in MAILS:
            moment.disconnect(sender=workflow_state, dispatch_uid=name)
