"""The roles of an office, which its SOPs call Pelaksana, and the posts that have them."""

from __future__ import annotations

from dataclasses import dataclass

from backoffice.once import once
from backoffice.standing import standing_of
from models import Post, Role


@dataclass(frozen=True, slots=True)
class Roles:
    """Titles by key in the order of the office's paper, and the role keys of each post."""

    titles: dict[str, str]
    of_post: dict[int, frozenset[str]]


@once(Role, Post)
def roles_of(office_id: int) -> Roles:
    """The roles of an office and who has them."""
    titles: dict[str, str] = {}
    of_post: dict[int, set[str]] = {}
    for key, title, post_id in standing_of(office_id).roles:
        titles[key] = title
        if post_id is not None:
            of_post.setdefault(post_id, set()).add(key)
    return Roles(titles, {post_id: frozenset(keys) for post_id, keys in of_post.items()})
