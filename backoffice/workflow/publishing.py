"""From a pack to rows and back: offices are imported, SOPs become versions that never change.

Every function here begins a transaction of its own and commits it, or changes nothing at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from backoffice import emblem
from backoffice.calendars import fill_holidays
from backoffice.database import WRITE
from backoffice.errors import PackError, Refusal
from backoffice.letters.classifying import suggest
from backoffice.workflow import office_rows
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Finding, Level, has_errors
from backoffice.workflow.lint import lint_folder, lint_source
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.pack import read_source
from backoffice.workflow.pack_logo import LOGO, logo_of
from backoffice.workflow.skeleton import Outline, outline_of
from backoffice.workflow.versions import newest_versions, procedure_of
from models import Office, ProcedureVersion, User, VersionState, db

NO_DRAFT = "Tidak ada naskah yang belum terbit."


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `drafts` are codes of SOPs whose text is new."""

    office: str
    made: bool
    drafts: tuple[str, ...]
    left_alone: tuple[str, ...]  # posts, roles and units that the pack no longer names
    findings: tuple[Finding, ...]


class OfficeExists(Refusal):
    """There is an office of this key; `values["key"]` says which."""

    code = "office_exists"


@contextmanager
def _write() -> Iterator[None]:
    """One transaction that may write; nothing of it stays after an error."""
    db.session.rollback()
    db.session.connection(execution_options={WRITE: True})
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


def import_office(folder: Path, *, now: datetime, only_new: bool = False) -> Report:
    """Make or update the office of a folder; its SOPs become drafts. PackError: nothing changed.

    A new office begins with the national holidays of this year and the next and with suggested
    codes for its letters where the pack has none, and edits both.
    `only_new`: OfficeExists where there is one of that key already.
    """
    packs = lint_folder(folder)
    if only_new and packs.office is not None:
        _refuse_known(packs.office.key)
    if packs.office is None or has_errors(packs.findings):
        raise PackError(packs.findings)
    logo, drafts = logo_of(folder), []
    with _write():
        if only_new:
            _refuse_known(packs.office.key)
        office, made = office_rows.store(packs.office)
        if logo is not None:
            emblem.put(office, logo)
        left_alone = office_rows.left_alone(office, packs.office)
        if made:
            _begin(office, now, codes=packs.office.classifications is None)
        for source, text in packs.sources:
            if source.procedure is not None and _is_new(office, source.procedure.code, text):
                _draft(office, source.procedure, text, packs.of(source.file))
                drafts.append(source.procedure.code)
    return Report(packs.office.key, made, tuple(drafts), left_alone, packs.findings)


def _begin(office: Office, now: datetime, *, codes: bool) -> None:
    """What a new office begins with."""
    for year in (now.year, now.year + 1):
        fill_holidays(office, year)
    if codes:
        suggest(office)


def _refuse_known(key: str) -> None:
    if db.session.scalar(select(Office.id).where(Office.key == key)) is not None:
        raise OfficeExists(key=key)


def save_draft(office: Office, text: str, *, code: str = "") -> ProcedureVersion:
    """The draft of an SOP with this text. It may lint with errors, or not even read yet.

    PackError where it does not say its code, and `code` does not name the draft it goes on with.
    Published versions stay as they are: the draft has the next number.
    """
    procedure, findings = check(office, text)
    head = procedure or outline_of(text, code)
    if head is None:
        raise PackError(findings)
    with _write():
        return _draft(office, head, text, findings)


def check(office: Office, text: str) -> tuple[Procedure | None, tuple[Finding, ...]]:
    """What lint says of a text in this office, for the page on which it is written."""
    source = read_source(text, "naskah")
    if source.procedure is None:
        return None, source.findings
    waiting = [read_source(one.source_text, one.code).procedure for one in drafts_of(office.id)]
    together = [one for one in waiting if one is not None]
    others = _others(office.id, source.procedure.code, together)
    return source.procedure, tuple(lint_source(source, office_rows.load(office), others))


def publish(
    office: Office, version: ProcedureVersion | str, *, now: datetime, by: User | None
) -> ProcedureVersion:
    """Publish one draft, named by its code or itself. PackError where it does not lint."""
    code = version if isinstance(version, str) else version.code
    return publish_all(office, [code], now=now, by=by)[0]


def publish_all(
    office: Office, codes: Iterable[str] | None = None, *, now: datetime, by: User | None
) -> list[ProcedureVersion]:
    """Publish the drafts of these codes (all of them) together; one with an error stops them all.

    Variants of a family that are published together are checked against each other.
    """
    office_id, by_id = office.id, by.id if by is not None else None
    with _write():
        drafts = drafts_of(office_id, codes)
        findings = _judged(office, drafts)
        if has_errors(one for found in findings.values() for one in found):
            raise PackError(tuple(one for found in findings.values() for one in found))
        for draft in drafts:
            draft.findings = _kept(findings[draft.id])
            draft.state = VersionState.PUBLISHED
            draft.published_at, draft.published_by_id = now, by_id
    return drafts


def _judged(office: Office, drafts: Sequence[ProcedureVersion]) -> dict[int, list[Finding]]:
    """What lint says of each draft, as if all of them were published."""
    pack = office_rows.load(office)
    sources = {one.id: read_source(one.source_text, one.code) for one in drafts}
    together = [one.procedure for one in sources.values() if one.procedure is not None]
    return {
        one.id: lint_source(sources[one.id], pack, _others(office.id, one.code, together))
        for one in drafts
    }


def drafts_of(office_id: int, codes: Iterable[str] | None = None) -> list[ProcedureVersion]:
    """The drafts of an office; PackError where a code that is asked for has none."""
    query = select(ProcedureVersion).where(
        ProcedureVersion.office_id == office_id, ProcedureVersion.state == VersionState.DRAFT
    )
    found = list(db.session.scalars(query.order_by(ProcedureVersion.code)))
    if codes is None:
        return found
    wanted = dict.fromkeys(codes)
    missing = [code for code in wanted if code not in [one.code for one in found]]
    if missing:
        raise PackError(tuple(Finding(code, 1, Level.ERROR, NO_DRAFT) for code in missing))
    return [one for one in found if one.code in wanted]


def _others(office_id: int, code: str, together: Iterable[Procedure]) -> list[Procedure]:
    """The office's other SOPs: as they are published now, or about to be."""
    coming = {one.code: one for one in together}
    for version in newest_versions(office_id):
        if version.code not in coming:
            with suppress(PackError):  # an older one may no longer read
                coming[version.code] = procedure_of(version)
    coming.pop(code, None)
    return list(coming.values())


def _is_new(office: Office, code: str, text: str) -> bool:
    """Whether the newest version of this code, draft or published, has another text."""
    newest = db.session.scalars(
        select(ProcedureVersion)
        .where(ProcedureVersion.office_id == office.id, ProcedureVersion.code == code)
        .order_by(ProcedureVersion.version.desc())
        .limit(1)
    ).one_or_none()
    return newest is None or newest.sha256 != sha256_of(text)


def _draft(
    office: Office, head: Procedure | Outline, text: str, findings: Iterable[Finding]
) -> ProcedureVersion:
    """The one draft of a code, made with the next number or written over."""
    draft = next((one for one in drafts_of(office.id) if one.code == head.code), None)
    if draft is None:
        version = _next_version(office, head.code)
        draft = ProcedureVersion(office_id=office.id, code=head.code, version=version)
        db.session.add(draft)
    draft.title, draft.kind = head.title, head.kind
    if isinstance(head, Procedure):  # of a text that does not read yet they say nothing
        draft.family, draft.variant = head.family, head.variant
        draft.confidential = head.confidential
    draft.source_text, draft.sha256 = text, sha256_of(text)
    draft.findings = _kept(findings)
    db.session.flush()
    return draft


def _next_version(office: Office, code: str) -> int:
    last = db.session.scalar(
        select(func.max(ProcedureVersion.version)).where(
            ProcedureVersion.office_id == office.id, ProcedureVersion.code == code
        )
    )
    return (last or 0) + 1


def _kept(findings: Iterable[Finding]) -> list[dict[str, str | int]]:
    return [one.as_json() for one in findings]


def sha256_of(text: str) -> str:
    """By which a text is known; the parsed SOP is cached under it."""
    return hashlib.sha256(text.encode()).hexdigest()


def newest_published(office_id: int) -> list[ProcedureVersion]:
    """The newest published version of every SOP of the office."""
    return newest_versions(office_id)


def export_office(office: Office, folder: Path) -> list[Path]:
    """Write the office and its SOPs (newest published, else draft) as a pack; returns the files."""
    texts = {one.code: one.source_text for one in drafts_of(office.id)}
    texts |= {one.code: one.source_text for one in newest_versions(office.id)}
    pack: OfficePack = office_rows.load(office)
    target = folder / pack.key
    (target / "procedures").mkdir(parents=True, exist_ok=True)
    files = {target / "office.yaml": office_rows.as_yaml(pack)}
    files |= {target / "procedures" / f"{code}.yaml": text for code, text in texts.items()}
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    if office.logo is not None:
        (target / LOGO).write_bytes(office.logo)
        return [*files, target / LOGO]
    return list(files)
