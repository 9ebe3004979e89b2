"""Time as people say it: office hours in the footer, and what is left or over in a tag."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from backoffice.remaining import Group, Remaining
from backoffice.text import init_app
from views import hours
from views.times import in_words


@pytest.fixture(autouse=True)
def indonesian() -> Iterator[None]:
    app = Flask("words")
    init_app(app)
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("worked", "said"),
    [
        (
            {"mon-thu": ["07:30-12:00", "13:00-16:00"], "fri": ["07:30-11:30", "13:00-16:30"]},
            "Senin–Kamis 07.30–16.00, Jumat 07.30–16.30",
        ),
        (
            {"mon-thu": ["08:00-12:00", "13:00-16:30"], "fri": ["08:00-11:30", "13:00-16:30"]},
            "Senin–Jumat 08.00–16.30",
        ),
        ({"mon-fri": ["08:00-14:00"], "sat": ["08:00-12:00"], "sun": []},
         "Senin–Jumat 08.00–14.00, Sabtu 08.00–12.00"),
        ({"mon": ["08:00-24:00"], "wed": ["08:00-24:00"]},
         "Senin 08.00–24.00, Rabu 08.00–24.00"),
    ],
)  # fmt: skip
def test_office_hours_are_said_by_day_from_opening_to_closing(
    worked: dict[str, list[str]], said: str
) -> None:
    assert hours.in_words(worked) == said


def test_special_hours_hold_on_the_days_they_name() -> None:
    fasting = {"mon-thu": ["08:00-15:00"]}
    worked = {"mon-fri": ["08:00-12:00", "13:00-16:30"]}
    assert hours.in_words(worked, fasting) == "Senin–Kamis 08.00–15.00, Jumat 08.00–16.30"


def test_breaks_are_spoken_of_only_where_there_are_any() -> None:
    assert hours.has_breaks({"mon-thu": ["08:00-16:00"], "fri": ["08:00-11:30", "13:00-16:30"]})
    assert not hours.has_breaks({"mon-fri": ["08:00-14:00"], "sun": []})


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (Remaining(Group.LATE), "Baru lewat"),
        (Remaining(Group.LATE, minutes=1), "Lewat 1 menit"),
        (Remaining(Group.LATE, hours=3), "Lewat 3 jam"),
        (Remaining(Group.TODAY), "Sisa kurang dari 1 menit"),
        (Remaining(Group.LATER, days=2), "Sisa 2 hari kerja"),
    ],
)
def test_what_is_left_or_over_is_said_as_people_say_it(left: Remaining, said: str) -> None:
    assert in_words(left) == said
