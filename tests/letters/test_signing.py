"""Who signs is the same, whether the office is asked for one post or its staff is known already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from backoffice.actor import staffing
from backoffice.letters.signing import Signer, signer_of
from models import Holding, HoldingKind, Leave, Mandate, Office, db
from tests.factories import FROM, NOW, make_user, post_of, user_of
from tests.statements import counted

pytestmark = pytest.mark.sqlite
SOON = NOW + timedelta(days=1)
HEAD = "Disdukcapil.Kadis Contoh"


def nothing(_office: Office) -> None:
    """Everybody is at his desk."""


def replaced(office: Office) -> None:
    """The head is away, and somebody else is Plh."""
    post, held = post_of(office, "kadis"), user_of(office, "kadis").holdings[0]
    db.session.add(Leave(holding=held, from_at=FROM, until_at=SOON))
    plh = make_user("pengganti", office=office)
    db.session.add(Holding(post=post, user=plh, kind=HoldingKind.PLH, from_at=FROM))


def crowded(office: Office) -> None:
    """Two hold the post at once."""
    make_user("kedua", post_of(office, "kadis"))


def closed(office: Office) -> None:
    """The account of the head is closed."""
    user_of(office, "kadis").active = False


def gone(office: Office) -> None:
    """He held it until yesterday."""
    user_of(office, "kadis").holdings[0].until_at = NOW


def named(office: Office) -> None:
    """He signs in the name of one who signs in the name of another; an older mandate is over."""
    head, secretary, third = (
        post_of(office, key) for key in ("kadis", "sekretaris", "kasubbag-umum")
    )
    db.session.add(Mandate(post=head, for_post=third, from_at=FROM, until_at=NOW))
    db.session.flush()
    db.session.add(Mandate(post=head, for_post=secretary, from_at=FROM))
    db.session.add(Mandate(post=secretary, for_post=third, from_at=FROM, until_at=SOON))


def circled(office: Office) -> None:
    """Two posts sign in the name of each other, which only data from outside could say."""
    pair = post_of(office, "kadis"), post_of(office, "sekretaris")
    for one, other in (pair, pair[::-1]):
        db.session.add(Mandate(post=one, for_post=other, from_at=FROM))


@pytest.mark.parametrize(
    ("change", "title", "name", "above"),
    [
        (nothing, "Kepala Dinas", HEAD, ()),
        (replaced, "Plh. Kepala Dinas", "Pengganti Contoh", ()),
        (crowded, "Kepala Dinas", "", ()),
        (closed, "Kepala Dinas", "", ()),
        (gone, "Kepala Dinas", "", ()),
        (
            named,
            "Kepala Dinas",
            HEAD,
            ("Sekretaris", "Kepala Subbagian Umum dan Kepegawaian"),
        ),
        (circled, "Kepala Dinas", HEAD, ("Sekretaris",)),
    ],
)
def test_whoever_signs_is_read_once_or_known_from_the_staff_of_that_moment(
    dukcapil: Office, change: Callable[[Office], None], title: str, name: str, above: tuple[str]
) -> None:
    change(dukcapil)
    db.session.commit()
    head = post_of(dukcapil, "kadis")
    read = signer_of(head, NOW)
    staffing(dukcapil.id, NOW)
    with counted() as statements:
        known = signer_of(head, NOW)
    assert known == read == Signer(title, name, read.rank, read.nip, above)
    assert len(statements) == 1  # for all mandates, with the calendar and the roles
