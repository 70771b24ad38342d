"""What Wagtail's screens show our writers: the entries that they need, our look, and the way to a clinician."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, SubmitForModerationMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import HeaderButton
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from clinic.people.models import Role
from clinic.people.request import Request
from education.library import cache
from education.library.models import Kept, Source

NEEDED = {"explorer", "images", "documents", "sources", "settings"}
# A page of its own language is never made a copy of the other's: what it says would change with nobody's approval.
UNWANTED = {"localize-convert-to-alias", "action-restart-workflow"}


class Sources(SnippetViewSet):
    """The documents that statements rest on."""

    model = Source
    icon = "openquote"
    menu_label = "Sources"
    menu_name = "sources"
    add_to_admin_menu = True
    list_display = ["document", "publisher", "year", "withdrawn_on"]
    list_filter = ["seen", "publisher"]
    search_fields = ["document", "publisher", "key"]
    search_backend_name = None


register_snippet(Sources)


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]  # Wagtail has no types
def look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]  # Wagtail has no types
def keep_what_is_needed(_request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name in NEEDED]
    needs = MenuItem("What is to be done", reverse("upkeep:report"), name="needs", icon_name="tasks", order=1)
    items.insert(0, needs)


class AskMenuItem(SubmitForModerationMenuItem):
    """Wagtail's own step, named for what it does."""

    def get_context_data(self, parent_context: Any) -> Any:
        return super().get_context_data(parent_context) | {"label": "Ask a clinician to approve it"}


class ReadMenuItem(ActionMenuItem):
    """A clinician approves where they read the page whole, with what is new in it."""

    label = "Read and approve"
    name = "action-read"
    icon_name = "success"

    def get_url(self, parent_context: Any) -> str:
        return reverse("upkeep:review", args=[parent_context["page"].pk])


@hooks.register("construct_page_action_menu")  # type: ignore[untyped-decorator]  # Wagtail has no types
def lead_to_a_clinician(items: list[ActionMenuItem], request: Request, context: dict[str, Any]) -> None:
    kept = [item for item in items if item.name not in UNWANTED]
    items[:] = [AskMenuItem(item.order) if isinstance(item, SubmitForModerationMenuItem) else item for item in kept]
    page = context.get("page")
    if page and page.workflow_in_progress and request.user.role == Role.DOCTOR:
        items.insert(0, ReadMenuItem())


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]  # Wagtail has no types
def how_it_stands(page: Page, **_asked: Any) -> Iterator[HeaderButton]:
    if isinstance(page.specific_deferred, Kept):
        yield HeaderButton("How it stands", reverse("upkeep:review", args=[page.pk]), icon_name="tasks", priority=5)


@hooks.register("after_edit_snippet")  # type: ignore[untyped-decorator]  # Wagtail has no types
def show_a_source_as_it_is(_request: HttpRequest, kept: Any) -> None:
    """A source stands on the pages that name it, which are kept ready for strangers."""
    if isinstance(kept, Source):
        cache.empty()
