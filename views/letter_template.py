"""Naskah surat: the templates of an office, brought in Word, checked, and put into use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import sqlalchemy as sa
from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import BaseView, expose

from backoffice import access
from backoffice.actor import Person
from backoffice.errors import Incomplete, LetterHasGap
from backoffice.letters import templates
from backoffice.letters.active import bytes_for
from backoffice.letters.checking import OFFERED, TITLES
from backoffice.letters.findings import Finding, TemplateFault
from backoffice.letters.gate import MAX_FILE, MEBIBYTE
from backoffice.letters.kinds import KINDS
from backoffice.letters.specimens import example_of, meaning_of
from backoffice.text import _, _l, short_moment
from models import Office, TemplateState, TemplateVersion, db
from views.files import DOCX, size_words
from views.guard import Guarded, begin_write
from views.session import current_person, utc_now
from views.settings import GROUP
from views.times import Tag
from views.wording import word


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind on the first page: what its letters are made from, and what waits for a click."""

    key: str
    title: str
    used: str
    waiting: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version on the page of its kind. `current`: letters are made from it."""

    id: int
    title: str
    state: Tag
    facts: str
    uses: tuple[str, ...]
    current: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A name that a kind offers: how it is written, what it stands for, what it could say."""

    tag: str
    meaning: str
    example: str


class LetterTemplateView(Guarded, BaseView):
    """For who keeps the templates of an office, and for that office alone."""

    def __init__(self) -> None:
        super().__init__(
            name=_l("Letter templates"),
            category=GROUP,
            endpoint="naskah-surat",
            url="/naskah-surat",
        )

    def is_accessible(self) -> bool:
        """Closed to everybody who does not keep the templates of an office."""
        person = current_person()
        return person is not None and access.may_open(person, TemplateVersion)

    @property
    def person(self) -> Person:
        """Who is at the screen; only asked behind `is_accessible`."""
        return current_person() or abort(403)

    @property
    def office(self) -> Office:
        """The office whose templates these are."""
        return db.session.get_one(Office, self.person.office_id)

    def version_or_404(self, key: str | None) -> TemplateVersion:
        """A version of the own office."""
        seen = access.scope(self.person, TemplateVersion)
        number = int(key) if key and key.isascii() and key.isdigit() and len(key) < 10 else 0
        query = sa.select(TemplateVersion).where(TemplateVersion.id == number, seen)
        return db.session.scalars(query).one_or_none() or abort(404)

    # Pages

    @expose("/")
    def index(self) -> ResponseReturnValue:
        """Every kind with what its letters are made from."""
        page: str = self.render("settings/letter_templates.html", kinds=list(self.kinds()))
        return page

    def kinds(self) -> Iterator[KindLine]:
        """The kinds in the order of their titles."""
        query = sa.select(TemplateVersion).where(access.scope(self.person, TemplateVersion))
        rows = list(db.session.scalars(query.order_by(TemplateVersion.version)))
        for key, title in sorted(TITLES.items(), key=lambda one: one[1]):
            own = [one for one in rows if one.kind == key]
            used = next((one for one in own if one.state == TemplateState.ACTIVE), None)
            fresh = next((one for one in own if one.state == TemplateState.DRAFT), None)
            yield KindLine(
                key,
                title,
                _("Own, version %(n)d", n=used.version) if used else _("Shipped with Paraf"),
                _("Version %(n)d not in use yet", n=fresh.version) if fresh else "",
            )

    @expose("/<kind>/")
    def kind(self, kind: str) -> ResponseReturnValue:
        """What may be done with the template of a kind."""
        return self.page(offered(kind))

    def page(self, kind: str, findings: tuple[Finding, ...] = (), fault: str = "") -> str:
        """The page of a kind; `findings` of the file that was refused, `fault` above the box."""
        office = self.office
        versions = templates.versions_of(office.id, kind)
        page: str = self.render(
            "settings/letter_template.html",
            kind=kind,
            title=TITLES[kind],
            about=KINDS[kind].about if kind in KINDS else "",
            used=next((one for one in versions if one.state == TemplateState.ACTIVE), None),
            versions=[version_line(one, office.timezone) for one in versions],
            fields=list(field_lines(kind)),
            findings=findings,
            fault=fault,
            message=word(Incomplete()) if fault else "",
            most=MAX_FILE // MEBIBYTE,
        )
        return page

    # Files

    @expose("/<kind>/berkas/")
    def file(self, kind: str) -> ResponseReturnValue:
        """The template that letters of this kind are made from now."""
        return sent(bytes_for(self.office.id, offered(kind)), kind)

    @expose("/<kind>/contoh/")
    def sample(self, kind: str) -> ResponseReturnValue:
        """The same, filled with invented values."""
        return sent(templates.sample(self.office, offered(kind)), f"contoh-{kind}")

    @expose("/versi/berkas/")
    def version_file(self) -> ResponseReturnValue:
        """A version as it was brought."""
        version = self.version_or_404(request.args.get("id"))
        return sent(version.data, f"{version.kind}-v{version.version}")

    @expose("/versi/contoh/")
    def version_sample(self) -> ResponseReturnValue:
        """A version filled with invented values."""
        version = self.version_or_404(request.args.get("id"))
        try:
            made = templates.sample(self.office, version.kind, version.data)
        except (TemplateFault, LetterHasGap):
            abort(404)
        return sent(made, f"contoh-{version.kind}-v{version.version}")

    # Deeds

    @expose("/<kind>/unggah/", methods=("POST",))
    def upload(self, kind: str) -> ResponseReturnValue:
        """Keep a sound file as a version that waits; of any other say everything that is wrong."""
        offered(kind)
        file = request.files.get("file")
        if file is None or not file.filename:
            return self.page(kind, fault=_("Choose the Word file (.docx) of the template.")), 422
        data = file.stream.read(MAX_FILE + 1)
        begin_write()
        try:
            version = templates.upload(
                self.office, kind, data, user=self.person.user, now=utc_now()
            )
        except TemplateFault as refused:
            db.session.rollback()
            fault = _("Not kept: the file has faults. Mend them in Word and bring it again.")
            return self.page(kind, refused.findings, fault), 422
        number = version.version
        db.session.commit()
        flash(
            _("Kept as version %(n)d. Look at its filled sample, then put it into use.", n=number),
            "success",
        )
        return redirect(url_for(".kind", kind=kind))

    @expose("/versi/aktifkan/", methods=("POST",))
    def activate(self) -> ResponseReturnValue:
        """From now on letters are made from this version."""
        begin_write()
        version = self.version_or_404(request.form.get("id"))
        kind, number = version.kind, version.version
        try:
            templates.activate(version, user=self.person.user, now=utc_now())
        except TemplateFault as refused:
            db.session.rollback()
            fault = _("Not put into use: this version has faults.")
            return self.page(kind, refused.findings, fault), 422
        db.session.commit()
        flash(
            _(
                "Version %(n)d is in use. New letters are made from it; issued ones stay as they "
                "are.",
                n=number,
            ),
            "success",
        )
        return redirect(url_for(".kind", kind=kind))

    @expose("/<kind>/bawaan/", methods=("POST",))
    def retire(self, kind: str) -> ResponseReturnValue:
        """Back to the template that comes with the product."""
        begin_write()
        templates.retire(self.office.id, offered(kind), user=self.person.user, now=utc_now())
        db.session.commit()
        flash(_("New letters are made from the template shipped with Paraf."), "success")
        return redirect(url_for(".kind", kind=kind))


def offered(kind: str) -> str:
    """The kind, if there are letters of it."""
    return kind if kind in OFFERED else abort(404)


def version_line(version: TemplateVersion, zone: str) -> VersionLine:
    """A version in words: who brought it, put it into use and out of use again, and when."""
    states = {
        TemplateState.DRAFT: Tag("wait", _("Not in use yet")),
        TemplateState.ACTIVE: Tag("done", _("In use")),
        TemplateState.OLD: Tag("info", _("Used before")),
    }
    brought = short_moment(version.uploaded_at, zone)
    return VersionLine(
        version.id,
        _("Version %(n)d", n=version.version),
        states[version.state],
        f"{brought} · {version.user.name} · {size_words(version.size)}",
        tuple(uses_of(version, zone)),
        version.state == TemplateState.ACTIVE,
    )


def uses_of(version: TemplateVersion, zone: str) -> Iterator[str]:
    """Since when letters were made from it, and until when."""
    moments = (
        (version.activated_at, version.activated_by, _l("In use since %(day)s, by %(name)s")),
        (version.retired_at, version.retired_by, _l("Out of use since %(day)s, by %(name)s")),
    )
    for at, user, words in moments:
        if at is not None and user is not None:
            yield str(words) % {"day": short_moment(at, zone), "name": user.name}


def field_lines(kind: str) -> Iterator[FieldLine]:
    """Every name of a kind as an author writes it."""
    for name, columns in OFFERED[kind].items():
        if columns is None:
            yield FieldLine(f"{{{{{name}}}}}", meaning_of(name), example_of(name))
        for column in columns or ():
            tag = f"{{{{{name}.{column}}}}}"
            yield FieldLine(tag, meaning_of(name, column), example_of(name, column))


def sent(data: bytes, name: str) -> ResponseReturnValue:
    """A Word file to keep."""
    return send_file(
        BytesIO(data), DOCX, as_attachment=True, download_name=f"{name}.docx", max_age=0
    )
