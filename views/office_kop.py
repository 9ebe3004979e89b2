"""Kop surat of an office: as it will look on paper, and the logo that stands in it."""

from __future__ import annotations

from io import BytesIO

from flask import Response, abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose

from backoffice import access, emblem
from backoffice.errors import Incomplete
from backoffice.letters.kop import logo_of
from backoffice.letters.pictures import framed
from backoffice.letters.values import letterhead
from backoffice.text import _
from models import Office, TemplateVersion, db
from views.guard import begin_write
from views.settings import SettingsView
from views.wording import word, word_field

FRAME = (16, 20)  # millimetres of the logo in the templates that are shipped
PNG = "image/png"


def brought() -> bytes:
    """The file that came with the form, as far as a logo may be large."""
    file = request.files.get("logo")
    if file is None or not file.filename:
        raise Incomplete({"logo": "logo_none"})
    data = file.stream.read(emblem.MOST_BYTES + 1)
    file.close()
    return data


class OfficeKop(SettingsView):
    """The pages of the kop, for who manages the office."""

    def keeps(self, office: Office) -> bool:
        """Whether the person manages this very office."""
        return self.person.can("manage_office") and self.person.office_id == office.id

    def kept_or_404(self) -> Office:
        """The office, for who manages it."""
        office: Office = self.one_or_404()
        return office if self.keeps(office) else abort(404)

    @expose("/kop/", methods=("GET", "POST"))
    def kop(self) -> ResponseReturnValue:
        """The kop with its lines and its logo; a new logo is brought here."""
        if request.method == "GET":
            return self.kop_page(self.kept_or_404())
        begin_write()
        office = self.kept_or_404()
        try:
            emblem.give(office, brought())
        except Incomplete as refusal:
            db.session.rollback()
            return self.kop_page(self.kept_or_404(), refusal), 422
        return self.back_to_kop(office, _("The logo stands in the kop of every new letter."))

    @expose("/kop/hapus/", methods=("POST",))
    def drop_logo(self) -> ResponseReturnValue:
        """Letters go without a logo again; those that were issued keep theirs."""
        begin_write()
        office = self.kept_or_404()
        emblem.take_away(office)
        return self.back_to_kop(office, _("New letters have no logo any more."))

    def back_to_kop(self, office: Office, words: str) -> ResponseReturnValue:
        """Keep it, say so, and show the kop as it looks now."""
        key = office.id
        db.session.commit()
        flash(words, "success")
        return redirect(url_for(".kop", id=key))

    def kop_page(self, office: Office, refusal: Incomplete | None = None) -> str:
        """The page; `refusal` of the file that was brought."""
        return self.render(
            "settings/kop.html",
            model=office,
            paper=letterhead(office),
            message=word(refusal) if refusal is not None else "",
            fault=word_field(refusal.fields["logo"]) if refusal is not None else "",
            most=emblem.MOST_BYTES // emblem.MEBIBYTE,
            keeps_templates=access.may_open(self.person, TemplateVersion),
        )

    @expose("/kop/logo/")
    def logo(self) -> Response:
        """The logo as it stands in its frame on paper."""
        logo = logo_of(self.kept_or_404())
        return send_file(BytesIO(framed(logo, FRAME)), PNG) if logo is not None else abort(404)
