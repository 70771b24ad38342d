from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Who acts, and from where: handed to every action, kept in every event.

    `user_id` is None for a stranger and for the software itself; `role` is then "stranger" or "system". `door` is the
    page's URL name or the command's name; `ip` the address that the request came from.
    """

    user_id: int | None = None
    role: str = "stranger"
    ip: str | None = None
    door: str = ""

    @property
    def person_id(self) -> int:
        """Who acts, for what only somebody signed in may do. Raises ValueError for a stranger and for the software."""
        if self.user_id is None:
            raise ValueError(f"a {self.role} cannot do this")
        return self.user_id


SYSTEM = Actor(role="system")
