"""The made-up clinic: its name, its two locations, and who works there."""

from dataclasses import dataclass

PASSWORD = "demo"  # noqa: S105 - the sign-in page of the demo tells it to everybody
NAME, PHONE, EMERGENCY = "Cedar Spine Clinic", "555 0100", "911"
ALERTS_TO = "alerts@example.org"


@dataclass(frozen=True)
class Place:
    name: str
    address: str
    phone: str
    fax: str
    time_zone: str


@dataclass(frozen=True)
class Worker:
    """Somebody who works at the demo clinic; `key` is what the stories call them."""

    key: str
    name: str
    role: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


MAIN, LAKE = "Main Street", "Lakeside"
PLACES = (
    Place(MAIN, "1 Test Main Street, Springfield", "555 0101", "555 0191", "America/New_York"),
    Place(LAKE, "22 Test Lake Road, Riverton", "555 0102", "555 0192", "America/Chicago"),
)
ADMINISTRATOR = Worker("yew", "Test Administrator Yew", "administrator")
WORKERS = (
    Worker("larch", "Dr. Test Larch", "doctor"),
    Worker("rowan", "Dr. Test Rowan", "doctor"),
    Worker("hazel", "Test Coordinator Hazel", "coordinator"),
    Worker("laurel", "Test Editor Laurel", "editor"),
)
