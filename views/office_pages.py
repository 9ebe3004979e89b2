"""Founding offices, bringing them in and taking them along: pages beside an office's own form."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from flask import abort, flash, g, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import accounts
from backoffice.errors import Incomplete, PackError
from backoffice.text import _
from backoffice.workflow import office_archive, publishing
from models import Office, User, db
from views.fields import cleaned
from views.guard import begin_write
from views.office_kop import OfficeKop
from views.session import utc_now
from views.wording import word, word_field

ZIP = "application/zip"


class OfficePages(OfficeKop):
    """What the system administrator does with offices, and an office with its own pack."""

    def founds(self) -> bool:
        """Whether the person founds offices; whoever works in one does not."""
        return self.person.system_admin and self.person.office_id is None

    # Its first administrator

    def managers(self, office: Office) -> list[User]:
        """Who can log in and manage the office today; asked for all rows of a page together."""
        known: dict[int, list[User]] = g.get("managers", {})
        return known[office.id] if office.id in known else self.ask_managers([office])[office.id]

    def ask_managers(self, offices: Sequence[Office]) -> dict[int, list[User]]:
        """The same for several offices in one statement."""
        g.managers = accounts.managers_of([one.id for one in offices], utc_now())
        found: dict[int, list[User]] = g.managers
        return found

    def may_name(self, office: Office) -> bool:
        """Whether nobody manages the office yet: nobody is there, or has ever logged in."""
        return self.founds() and all(one.must_change_password for one in self.managers(office))

    @expose("/administrator/", methods=("GET", "POST"))
    def administrator(self) -> ResponseReturnValue:
        """The first administrator of an office: an account with a password that is shown once."""
        if request.method == "POST":
            begin_write()
        office = self.one_or_404()
        if not self.may_name(office):
            abort(404)
        waiting = next(iter(self.managers(office)), None)
        if request.method == "GET":
            return self.name_page(office, waiting)
        if waiting is not None:
            return self.show_password(waiting, accounts.reset_password(waiting))
        return self.make_administrator(office)

    def make_administrator(self, office: Office) -> ResponseReturnValue:
        """Make the account, or say at which field it cannot be."""
        given = cleaned(request.form.get("name"))[:200]
        username = cleaned(request.form.get("username"))
        office_id, password = office.id, accounts.temporary_password()
        try:
            if not given:
                raise Incomplete({"name": "required"})
            user = accounts.create_office_admin(office, username, given, password, utc_now())
            db.session.commit()
        except Incomplete as refusal:
            db.session.rollback()
            faults = {name: word_field(code) for name, code in refusal.fields.items()}
            page = self.name_page(db.session.get_one(Office, office_id), None, faults)
            return page, 422
        return self.show_password(user, password)

    def name_page(
        self, office: Office, waiting: User | None, faults: dict[str, str] | None = None
    ) -> str:
        """Who is to manage the office; or that somebody was named and never came."""
        typed = {name: request.form.get(name, "") for name in ("name", "username")}
        typed["username"] = typed["username"] or f"admin.{office.key}"[: accounts.LONGEST_NAME]
        return self.render(
            "settings/administrator.html",
            model=office,
            waiting=waiting,
            typed=typed,
            faults=faults or {},
        )

    # Bringing one in

    @expose("/import/", methods=("GET", "POST"))
    def take_in(self) -> ResponseReturnValue:
        """A new office from a pack; all of it or nothing."""
        if not self.founds():
            abort(404)
        if request.method == "GET":
            return self.import_page()
        file = request.files.get("file")
        if file is None or not file.filename:
            return self.import_page(_("Choose the file first.")), 422
        data = file.stream.read(office_archive.MOST_PACKED + 1)
        file.close()
        try:
            taken = office_archive.take_in(data, now=utc_now())
        except PackError as error:
            return self.import_page(findings=error.findings), 422
        except (office_archive.ArchiveRefused, publishing.OfficeExists) as refusal:
            return self.import_page(word(refusal)), 422
        office = db.session.scalars(db.select(Office).where(Office.key == taken.report.office))
        return self.render("settings/imported.html", model=office.one(), taken=taken)

    def import_page(self, error: str = "", findings: tuple[object, ...] = ()) -> str:
        """The form, and what kept the last file out."""
        if findings:
            flash(_("Nothing was brought in: mend the errors in the pack first."), "error")
        return self.render("settings/import.html", error=error, findings=findings)

    # Taking it along

    @expose("/pack/")
    def pack(self) -> ResponseReturnValue:
        """What the pack of the office has in it, and what it has not."""
        office = self.kept_or_404()
        drafts = {one.code for one in publishing.drafts_of(office.id)}
        published = {one.code for one in publishing.newest_published(office.id)}
        return self.render(
            "settings/pack.html",
            model=office,
            packed=office_archive.pack(office),
            left=sorted(drafts & published),
            return_url=url_for(".details_view", id=office.id),
        )

    @expose("/pack/file/")
    def pack_file(self) -> ResponseReturnValue:
        """The pack as a .zip."""
        office = self.kept_or_404()
        data = BytesIO(office_archive.pack(office).data)
        return send_file(data, ZIP, as_attachment=True, download_name=f"{office.key}.zip")
