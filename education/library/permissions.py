"""Who may do what with a page: writers write, move and take back; publishing is the clinician's approval alone."""

from wagtail.models import Page, PagePermissionTester


class LibraryPermissions(PagePermissionTester):
    """Nobody publishes by hand, administrators included; whoever may edit a page may take it back at once."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return bool(self.page.live and not self.page_is_root and self.can_edit())

    def can_unschedule(self) -> bool:
        return bool(self.can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """What was once read is kept: it is taken back, and never deleted; nor is the shelf that it stands on."""
        once_read = self.page.get_descendants(inclusive=True).filter(first_published_at__isnull=False)
        return not once_read.exists() and super().can_delete(ignore_bulk)

    def can_reorder_children(self) -> bool:
        return bool(self.can_edit())

    def can_move(self) -> bool:
        return bool(self.can_edit() and not self.page_locked())

    def can_move_to(self, destination: Page) -> bool:
        """To another shelf of the same language. What it says stays, so no approval is asked for again."""
        if self.page == destination or destination.is_descendant_of(self.page) or not self.can_move():
            return False
        fits = self.page.is_child_of(destination) or self.page.specific.can_move_to(destination)
        return bool(fits and "add" in destination.permissions_for_user(self.user).permissions)
