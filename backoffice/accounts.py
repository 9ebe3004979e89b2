"""Accounts: passwords, logging in with counted failures, and ending every session at once.

Passwords are kept as argon2. Failures are counted in the database, so that every worker sees
them: from a few on the next try has to wait, longer each time. Trying costs the same and answers
the same whether the user name exists or not.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backoffice import throttle
from backoffice.actor import valid
from backoffice.database import begin_write
from backoffice.errors import Incomplete, Refusal
from models import Holding, Office, Post, User, db

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200  # argon2 reads all of it: a longer one would only cost time
LONGEST_NAME = 60
ADMIN_POST = "administrator-aplikasi"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that reads like another
COMMON_PASSWORDS = """
    1234567890 12345678910 0123456789 123456789a qwertyuiop 1q2w3e4r5t password12
    password123 passw0rd123 katasandi1 katasandi123 rahasia123 rahasia1234 bismillah1
    bismillah123 indonesia1 indonesia123 indonesia45 merdeka1945 sayangku123 sayang12345
    administrator admin12345 admin123456 adminadmin selamatpagi selamatdatang pegawai123
    kantor12345 iloveyou123 garuda12345 pancasila1 pancasila45
"""
NAME_LIMIT = throttle.Limit(free=4, longest=timedelta(minutes=15))
# A whole office may sit behind one address: it waits later and shorter.
ADDRESS_LIMIT = throttle.Limit(free=30, longest=timedelta(minutes=1))


class WrongLogin(Refusal):
    """User name or password is wrong; which of them is not said."""

    code = "wrong_login"


# -- passwords -------------------------------------------------------------------------------


class _Cost:
    """The price of a hash, set once at start from the settings."""

    hasher = PasswordHasher()


def set_cost(time: int, memory: int) -> None:
    """Let a hash take so many rounds and so many KiB; tests take the least."""
    _Cost.hasher = PasswordHasher(time_cost=time, memory_cost=memory, parallelism=1)
    _dummy_hash.cache_clear()


def hash_password(password: str) -> str:
    """The argon2 hash of a password."""
    return _Cost.hasher.hash(password)


def verify(password_hash: str, password: str) -> bool:
    """Whether the password belongs to the hash."""
    try:
        return _Cost.hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _dummy_hash() -> str:
    """What an unknown name is compared with, so that it takes as long as a known one."""
    return hash_password(secrets.token_hex(16))


def password_fault(password: str, user: User) -> str | None:
    """The code of what is wrong with a new password, or none."""
    plain = password.casefold()
    if len(password) < SHORTEST_PASSWORD:
        return "password_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_long"
    if user.username.casefold() in plain or (user.nip and user.nip in plain):
        return "password_personal"
    if plain in COMMON_PASSWORDS.split() or len(set(plain)) < 4:
        return "password_common"
    return None


def change_password(user: User, old: str, new: str, again: str) -> None:
    """Give `user` a password of his own choice; his other sessions end. Raises Incomplete."""
    begin_write()
    faults: dict[str, str] = {}
    if not verify(user.password_hash, old):
        faults["old"] = "password_wrong"
    if fault := password_fault(new, user):
        faults["new"] = fault
    elif new == old:
        faults["new"] = "password_same"
    if again != new:
        faults["again"] = "password_differs"
    if faults:
        raise Incomplete(faults)
    user.password_hash = hash_password(new)
    user.must_change_password = False
    user.demo = False
    end_sessions(user)
    db.session.commit()


def reset_password(user: User) -> str:
    """A new temporary password, to be shown once at the counter; it must be changed at login."""
    password = temporary_password()
    begin_write()
    user.password_hash = hash_password(password)
    user.must_change_password = True
    end_sessions(user)
    throttle.forget(f"name:{user.username.casefold()}")
    db.session.commit()
    return password


# -- people who begin ------------------------------------------------------------------------


def create_system_admin(username: str, name: str, password: str) -> User:
    """An account that founds offices and sees no case. Raises Incomplete for a weak password."""
    user = _new_user(username, name, password)
    user.system_admin = True
    user.must_change_password = False
    db.session.commit()
    return user


def create_office_admin(
    office: Office, username: str, name: str, password: str, now: datetime
) -> User:
    """An account on the post of `office` that manages it; the password must be changed.

    The post is made where no post of the office has the capability. The caller commits.
    """
    user = _new_user(username, name, password)
    user.office = office
    db.session.add(Holding(post=_managing_post(office), user=user, from_at=now))
    return user


def _managing_post(office: Office) -> Post:
    posts = db.session.scalars(sa.select(Post).where(Post.office == office).order_by(Post.id)).all()
    managing = next((one for one in posts if "manage_office" in one.capabilities), None)
    taken = {one.key for one in posts}
    keys = (ADMIN_POST, *(f"{ADMIN_POST}-{n}" for n in range(2, len(posts) + 3)))
    return managing or Post(
        office=office,
        key=next(key for key in keys if key not in taken),
        title="Administrator Aplikasi",
        capabilities=["manage_office", "manage_sop", "manage_templates"],
    )


def managers_of(office_ids: Collection[int], at: datetime) -> dict[int, list[User]]:
    """Who can log in and manage each of these offices at that moment."""
    found: dict[int, list[User]] = {one: [] for one in office_ids}
    rows = db.session.execute(
        sa.select(Post, User)
        .join(Holding, Holding.post_id == Post.id)
        .join(User, User.id == Holding.user_id)
        .where(Post.office_id.in_(found), valid(at))
        .order_by(Holding.id)
    )
    for post, user in rows:
        if "manage_office" in post.capabilities and user not in found[post.office_id]:
            found[post.office_id].append(user)
    return found


def _new_user(username: str, name: str, password: str) -> User:
    user = User(username=clean_username(username), name=name.strip())
    if db.session.scalar(sa.select(User.id).where(User.username == user.username)) is not None:
        raise Incomplete({"username": "username_taken"})
    if fault := password_fault(password, user):
        raise Incomplete({"password": fault})
    user.password_hash = hash_password(password)
    db.session.add(user)
    return user


def clean_username(username: str) -> str:
    """A user name as it is kept and compared. Raises Incomplete where it is none."""
    name = username.strip().casefold()
    if not USERNAME.fullmatch(name):
        raise Incomplete({"username": "username_form"})
    return name


def temporary_password() -> str:
    """A password that can be read out at the counter."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))


# -- sessions --------------------------------------------------------------------------------


def end_sessions(user: User) -> None:
    """Make every session of `user` worthless, copied cookies too. The caller commits."""
    user.session_epoch += 1


def log_out_everywhere(user: User) -> None:
    """End every session of `user` now."""
    begin_write()
    end_sessions(user)
    db.session.commit()


# -- logging in ------------------------------------------------------------------------------


def authenticate(username: str, password: str, address: str, now: datetime) -> User:
    """The user of that name and password.

    Raises WrongLogin, or TooManyTries without having looked at the password at all.
    """
    name = username.strip().casefold()[:LONGEST_NAME]
    tries = ((f"name:{name}", NAME_LIMIT), (f"address:{address[:64]}", ADDRESS_LIMIT))
    throttle.count(tries, now)
    user = db.session.scalar(sa.select(User).where(User.username == name, User.active))
    known = user.password_hash if user is not None else _dummy_hash()
    right = verify(known, password[: LONGEST_PASSWORD + 1])
    if user is None or not right:
        raise WrongLogin
    begin_write()  # the price of a hash is long enough for others to have written meanwhile
    throttle.take_back(tries)
    if _Cost.hasher.check_needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    db.session.commit()
    return user
