"""What the screen calls the columns, parties, channels and states of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from backoffice.text import _, _l, short_moment
from models import Case, Kind, Office, PartyRole, ReferenceKind, Status

COLUMNS = {
    "subject": _l("Subject"),
    "summary": _l("Description"),
    "channel": _l("Channel"),
    "category": _l("Category"),
    "urgency": _l("Urgency"),
    "received_on": _l("Received on"),
    "severity": _l("Severity"),
    "queue_number": _l("Queue number"),
}
PARTIES = {
    "reporter": _l("Reporter"),
    "reported": _l("Reported party"),
    "applicant": _l("Applicant"),
    "victim": _l("Victim"),
    "representative": _l("Representative"),
}
PARTS = {
    "name": _l("Full name"),
    "identity": _l("NIK or number of another identity"),
    "address": _l("Address"),
    "telephone": _l("Telephone"),
    "email": _l("E-mail"),
}
CHANNELS = {
    "datang": _l("In person"),
    "surat": _l("Letter"),
    "telepon": _l("Telephone"),
    "sms": _l("SMS"),
    "faks": _l("Fax"),
    "email": _l("E-mail"),
    "media_sosial": _l("Social media"),
    "media_massa": _l("Mass media"),
    "kotak_aduan": _l("Complaint box"),
    "lapor": _l("SP4N-LAPOR!"),
}
URGENCIES = {
    "biasa": _l("Ordinary"),
    "segera": _l("Urgent"),
    "sangat_segera": _l("Very urgent"),
}
SEVERITIES = {"ringan": _l("Light"), "sedang": _l("Medium"), "berat": _l("Serious")}
CATEGORIES = {
    "01": _l("Abuse of authority"),
    "02": _l("Public service"),
    "03": _l("Corruption and illegal levies"),
    "04": _l("Staff and employment"),
    "05": _l("Land and housing"),
    "06": _l("Law, courts and human rights"),
    "07": _l("National vigilance"),
    "08": _l("Procedure and regulation"),
    "09": _l("Environment"),
    "10": _l("General"),
}
STATUSES = {
    Status.OPEN: _l("In progress"),
    Status.WAITING: _l("Waiting for somebody else"),
    Status.AWAITING_NOTICE: _l("Waiting for the notice"),
    Status.CLOSED: _l("Finished"),
    Status.WITHDRAWN: _l("Withdrawn"),
    Status.VOID: _l("Void"),
}
KINDS = {
    Kind.COMPLAINT: _l("Complaint"),
    Kind.DATA_REQUEST: _l("Data request"),
    Kind.AID_PROPOSAL: _l("Proposal"),
    Kind.GENERAL: _l("Case"),
}
REFERENCES = {
    ReferenceKind.LAPOR: _l("SP4N-LAPOR! number"),
    ReferenceKind.LETTER: _l("Number of the citizen's letter"),
    ReferenceKind.OTHER: _l("Another number from outside"),
}
CLOSED_COLUMNS: dict[str, Mapping[str, str]] = {
    "channel": CHANNELS,
    "urgency": URGENCIES,
    "severity": SEVERITIES,
}
NOTICE_CHANNELS = ("telepon", "surat", "email", "sms", "datang", "media_sosial")


def categories(office: Office) -> Mapping[str, str]:
    """The categories of the office, or the ten problem codes."""
    own = {str(one["key"]): str(one["label"]) for one in office.categories or ()}
    return own or CATEGORIES


def options(office: Office, column: str) -> Sequence[tuple[str, str]]:
    """Key and word of every answer of a column that has a closed list; else nothing."""
    return [(key, str(word)) for key, word in _words(office, column).items()]


def _words(office: Office, column: str) -> Mapping[str, str]:
    return categories(office) if column == "category" else CLOSED_COLUMNS.get(column, {})


def word(office: Office, column: str, value: object) -> str:
    """The word for a value of a column: the option's label, or the value itself."""
    found = _words(office, column).get(str(value))
    return str(found) if found is not None else str(value or "")


def subject_of(case: Any, zone: str = "") -> str:
    """The heading of a case, or of its row in an office of `zone`.

    Without a subject it is known by its queue number, or by what it is and when it came.
    """
    if case.subject:
        return str(case.subject)
    if case.queue_number:
        return _("Queue %(number)s · no subject yet", number=case.queue_number)
    at = short_moment(case.opened_at, zone or case.office.timezone)
    return _("%(kind)s of %(moment)s · no subject yet", kind=KINDS[case.kind], moment=at)


def name_of(case: Any, zone: str = "") -> str:
    """What a case is called within a sentence: its number, its queue number, or its heading."""
    if case.number:
        return str(case.number)
    if case.queue_number:
        return _("Queue %(number)s", number=case.queue_number)
    return subject_of(case, zone)


def state_of(case: Any) -> str:
    """Where a case stands as a whole, in a word or two."""
    return str(STATUSES[case.status]) if case.joined_to_id is None else _("Joined")


def ending_of(case: Any, joined_to: str = "") -> str:
    """How a case ended that has no outcome of its own; `joined_to` is where it goes on."""
    if case.joined_to_id is None:
        return state_of(case)
    return _("Joined to %(case)s", case=joined_to) if joined_to else _("Joined to another case")


def first_party(case: Case) -> str:
    """Who brought the case: the name, or that it is not known."""
    for role in (PartyRole.REPORTER, PartyRole.APPLICANT):
        party = case.party(role)
        if party is not None:
            return _("Anonymous") if party.anonymous else party.name
    return ""
