"""What is published can be found at once, and what is taken back cannot, whoever or whatever published it."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from . import actions


@receiver(page_published)
def was_published(instance: Page, **_: Any) -> None:
    actions.list_page(page=instance)


@receiver(page_unpublished)
def was_taken_back(instance: Page, **_: Any) -> None:
    actions.forget_page(page=instance)
