"""All stories of the demo clinic."""

from clinic.demo.shape import Story

from .begun import BEGUN
from .candidates import CANDIDATES
from .decided import DECIDED
from .in_work import IN_WORK
from .treated import TREATED
from .waiting import WAITING

STORIES: tuple[Story, ...] = (*BEGUN, *WAITING, *IN_WORK, *DECIDED, *CANDIDATES, *TREATED)
