"""How a letter reaches its addressee: what he left us, and by which way it most likely goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from models import Case, DeliveryWay, Party

# Who answers for a case before the office; the others in it are not written to.
ADDRESSEES = ("applicant", "reporter")
# A number of an Indonesian mobile network as people write it: 0812-3456-7890, +62 812 3456 7890.
MOBILE = re.compile(r"(?<!\d)(?:\+?62|0)?0?(8[1235789]\d{7,10})(?!\d)")
BETWEEN_DIGITS = re.compile(r"(?<=\d)[ .()-]+(?=\d)")
# RFC 5321 without quoted names and bare hosts: what a form of an office may take.
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
LONGEST_EMAIL = 254
BY_CHANNEL: Mapping[str, tuple[DeliveryWay, ...]] = {
    "datang": (DeliveryWay.CARRIED, DeliveryWay.FETCHED),
    "kotak_aduan": (DeliveryWay.CARRIED,),
    "surat": (DeliveryWay.POST,),
    "faks": (DeliveryWay.POST,),
    "email": (DeliveryWay.EMAIL,),
    "telepon": (DeliveryWay.WHATSAPP,),
    "sms": (DeliveryWay.WHATSAPP,),
    "media_sosial": (DeliveryWay.WHATSAPP,),
}
OTHERWISE = (DeliveryWay.POST, DeliveryWay.EMAIL, DeliveryWay.WHATSAPP, DeliveryWay.FETCHED)


def mobile(text: str) -> str | None:
    """The first mobile number in `text` as WhatsApp wants it (628…), or none."""
    found = MOBILE.search(BETWEEN_DIGITS.sub("", text))
    return f"62{found.group(1)}" if found else None


def email(text: str) -> str | None:
    """The address, if it is one that a mail server takes."""
    typed = text.strip()
    whole = EMAIL.fullmatch(typed) is not None and len(typed) <= LONGEST_EMAIL
    return typed if whole else None


def whatsapp_link(telephone: str, text: str) -> str | None:
    """A chat with that number and the text ready to be sent; none for a number without one."""
    number = mobile(telephone)
    return (
        f"https://wa.me/{number}?{urlencode({'text': text}, quote_via=quote)}" if number else None
    )


def mail_link(address: str, subject: str, text: str) -> str | None:
    """A mail to that address in whoever's own program, ready to be sent."""
    known = email(address)
    if known is None:
        return None
    words = {"subject": subject, "body": text.replace("\n", "\r\n")}
    return f"mailto:{quote(known, safe='@')}?{urlencode(words, quote_via=quote)}"


def addressee_of(case: Case) -> Party | None:
    """The party to whom the office answers; none where it stayed unknown."""
    parties = (case.party(role) for role in ADDRESSEES)
    return next((one for one in parties if one is not None and not one.anonymous), None)


def address_for(party: Party | None, way: DeliveryWay) -> str:
    """What the addressee left us for this way."""
    if party is None:
        return ""
    known = {
        DeliveryWay.EMAIL: party.email,
        DeliveryWay.WHATSAPP: party.telephone,
        DeliveryWay.FETCHED: "",
    }
    return known.get(way, party.address)


def likely_way(case: Case, *, by_mail: bool) -> DeliveryWay:
    """By which way a letter goes where nobody says: as the citizen came, as far as he left us how.

    `by_mail`: whether an e-mail is a way at all.
    """
    party = addressee_of(case)
    for way in (*BY_CHANNEL.get(case.channel or "", ()), *OTHERWISE):
        if way is DeliveryWay.EMAIL and not by_mail:
            continue
        if way is DeliveryWay.FETCHED or _reaches(address_for(party, way), way):
            return way
    return DeliveryWay.FETCHED


def _reaches(address: str, way: DeliveryWay) -> bool:
    checks = {DeliveryWay.EMAIL: email, DeliveryWay.WHATSAPP: mobile}
    return bool(checks[way](address)) if way in checks else bool(address.strip())
