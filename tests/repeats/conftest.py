from tests.candidacy.conftest import desk, doctor, first_of_june

__all__ = ["desk", "doctor", "first_of_june"]
