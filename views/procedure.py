"""SOP: its table for everybody who works by it; for who keeps it also its text and lint."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from flask import abort, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from jinja2 import pass_context

from backoffice.errors import PackError, Stale
from backoffice.text import _, _l
from backoffice.workflow import office_rows, publishing
from backoffice.workflow.definition import Procedure
from backoffice.workflow.findings import Finding, has_errors
from backoffice.workflow.skeleton import outline_of, skeleton
from backoffice.workflow.versions import newest_versions
from models import Office, ProcedureVersion, VersionState, db
from views.filters import ChoiceFilter
from views.session import is_resumed, resumes, utc_now
from views.settings import SettingsView
from views.sop_help import CHAPTERS
from views.sop_page import drawing_of, paper_of, sound
from views.sop_print import SopPaper
from views.tree import GROUP
from views.wording import word

STATES = (
    (VersionState.DRAFT, _l("Draft")),
    (VersionState.PUBLISHED, _l("Published")),
)
LONGEST_TEXT = 300_000
SVG = "image/svg+xml"


class ProcedureView(SopPaper, SettingsView):
    """Versions of the SOPs. A published one never changes: what is written becomes a new draft."""

    model = ProcedureVersion
    slug = "sop"
    group = GROUP
    title = _l("SOPs")
    lead = _l("The procedures by which this office works.")
    new_label = _l("Write a new SOP")
    can_view_details = True
    details_template = "settings/procedure.html"
    column_default_sort = ("id", True)
    column_list = ("title", "code", "version", "state", "published_at")
    column_labels = {
        "title": _l("SOP"),
        "code": _l("Code"),
        "version": _l("Version"),
        "state": _l("State"),
        "published_at": _l("Published"),
    }
    column_choices = {"state": STATES}
    column_searchable_list = ("title", "code")
    column_filters = (
        ChoiceFilter(
            "keadaan",
            _l("State"),
            STATES,
            lambda value: ProcedureVersion.state == VersionState(value),
        ),
    )
    form_columns = ("source_text",)

    @property
    def keeps(self) -> bool:
        """Whether the person writes the SOPs; the others read what was published."""
        return self.person.can("manage_sop")

    def keeper_or_404(self) -> None:
        """Nobody else comes to the pages on which an SOP is written."""
        if not self.keeps:
            abort(404)

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """The text of a version, and what lint said of it; of a draft, what it says today."""
        version = self.one_or_404()
        findings = self.findings_of(version)
        return self.render(
            self.details_template,
            model=version,
            lines=version.source_text.split("\n"),
            findings=findings,
            paper=paper_of(version, findings),
        )

    @expose("/drawing/")
    def drawing(self) -> ResponseReturnValue:
        """The official table of a version as a file to be saved."""
        version = self.one_or_404()
        svg = drawing_of(version, self.findings_of(version))
        if svg is None:
            abort(404)
        name = f"{version.code}-v{version.version}.svg"
        data = BytesIO(svg.encode())
        return send_file(data, SVG, as_attachment=True, download_name=name, max_age=0)

    def readable(self, version: ProcedureVersion) -> Procedure | None:
        """What a version says, if it can be drawn and printed."""
        return sound(version, self.findings_of(version))

    @resumes
    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        """A new SOP, from nothing."""
        self.keeper_or_404()
        return self.write(None)

    @resumes
    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> ResponseReturnValue:
        """The text of a draft, or of a published version as the beginning of the next."""
        self.keeper_or_404()
        version = self.one_or_404()
        draft = self.draft_of(version)
        if draft is not None and request.method == "GET":
            return redirect(url_for(".edit_view", id=draft.id))
        return self.write(version)

    def draft_of(self, version: ProcedureVersion) -> ProcedureVersion | None:
        """The draft that somebody has begun of the same SOP, if it is not this one."""
        drafts = publishing.drafts_of(version.office_id)
        return next((one for one in drafts if one.code == version.code and one != version), None)

    def write(self, version: ProcedureVersion | None) -> ResponseReturnValue:
        """The text with lint beside it; kept as a draft when the button says so."""
        if request.method == "GET":
            text = version.source_text if version is not None else self.skeleton()
            return self.page(version, text, self.findings(text))
        text = request.form.get("source_text", "").replace("\r\n", "\n").replace("\0", "")
        if len(text) > LONGEST_TEXT:
            flash(_("Not kept: the text is too long for one SOP."), "error")
            return self.page(version, text, ()), 422
        findings = self.findings(text)
        if is_resumed() or request.form.get("do") != "save":
            return self.page(version, text, findings)
        if self.is_stale(version, text):
            flash(word(Stale()), "warning")
            return self.page(version, text, findings), 409
        return self.keep(version, text)

    def is_stale(self, version: ProcedureVersion | None, text: str) -> bool:
        """Whether keeping the text would write over what somebody else wrote meanwhile."""
        if version is not None and request.form.get("seen") != self.seen(version):
            return True
        outline = outline_of(text, version.code if version is not None else "")
        drafts = publishing.drafts_of(self.office().id)
        mine = version.id if version is not None else None
        return outline is not None and any(
            one.code == outline.code and one.id != mine for one in drafts
        )

    def keep(self, version: ProcedureVersion | None, text: str) -> ResponseReturnValue:
        """Keep the text as the draft of its SOP."""
        version_id = version.id if version is not None else None
        code = version.code if version is not None else ""
        try:
            draft = publishing.save_draft(self.office(), text, code=code)
        except PackError as error:
            again = self.get_one(version_id) if version_id is not None else None
            flash(_("Not kept yet: write behind code: by which name the draft is kept."), "error")
            return self.page(again, text, error.findings), 422
        flash(_("The draft was kept. It binds nobody until it is published."), "success")
        return redirect(url_for(".details_view", id=draft.id))

    @expose("/publish/", methods=("GET", "POST"))
    def publish(self) -> ResponseReturnValue:
        """Ask first; then the draft becomes a version that never changes, and others with it."""
        self.keeper_or_404()
        draft = self.one_or_404()
        if draft.state != VersionState.DRAFT:
            abort(404)
        if request.method == "GET":
            return self.publish_page(draft, self.findings(draft.source_text))
        also = self.also(draft)
        if also is None or request.form.get("seen") != self.seen(draft):
            flash(word(Stale()), "warning")
            return self.publish_page(draft, self.findings(draft.source_text)), 409
        draft_id, codes = draft.id, [draft.code, *(one.code for one in also)]
        try:
            publishing.publish_all(self.office(), codes, now=utc_now(), by=self.person.user)
        except PackError as error:
            flash(_("Not published: mend the errors first."), "error")
            again = self.get_one(draft_id)
            return self.publish_page(again, error.findings), 422
        flash(
            _("Published. New cases follow this version; running ones stay on theirs."), "success"
        )
        return redirect(url_for(".details_view", id=draft_id))

    def publish_page(self, draft: ProcedureVersion, findings: tuple[Finding, ...]) -> str:
        """The question, with the other drafts that may be published in the same moment."""
        page: str = self.render(
            "settings/publish.html",
            model=draft,
            findings=findings,
            others=[(one, self.token(one)) for one in self.other_drafts(draft)],
        )
        return page

    def other_drafts(self, draft: ProcedureVersion) -> list[ProcedureVersion]:
        """The other drafts of the office."""
        return [one for one in publishing.drafts_of(draft.office_id) if one.id != draft.id]

    def token(self, draft: ProcedureVersion) -> str:
        """A draft as it was ticked: its key, and the text that was seen."""
        return f"{draft.id}-{self.seen(draft)}"

    def also(self, draft: ProcedureVersion) -> list[ProcedureVersion] | None:
        """The other drafts that were ticked; none where one of them has changed meanwhile."""
        ticked = set(request.form.getlist("also"))
        found = [one for one in self.other_drafts(draft) if self.token(one) in ticked]
        return found if len(found) == len(ticked) else None

    def skeleton(self) -> str:
        """What a new SOP begins with."""
        return skeleton(office_rows.load(self.office()))

    def office(self) -> Office:
        """The office whose SOPs these are."""
        return db.session.get_one(Office, self.person.office_id)

    def findings(self, text: str) -> tuple[Finding, ...]:
        """What lint says of a text in this office; nothing of an empty one."""
        return publishing.check(self.office(), text)[1] if text.strip() else ()

    def findings_of(self, version: ProcedureVersion) -> Sequence[Any]:
        """What a published version keeps of lint; of a draft what lint says of it today."""
        return self.findings(version.source_text) if self.is_draft(version) else version.findings

    def seen(self, version: ProcedureVersion) -> str:
        """What the writer had before him: another text means somebody else wrote meanwhile."""
        return f"{version.sha256}-{version.state}"

    def page(
        self, version: ProcedureVersion | None, text: str, findings: tuple[Finding, ...]
    ) -> str:
        """The text and what is wrong with it."""
        return self.render(
            "settings/write.html",
            model=version,
            text=text,
            findings=findings,
            wrong=has_errors(findings),
            chapters=CHAPTERS,
        )

    @pass_context
    def get_list_value(self, context: Any, model: Any, name: str) -> Any:
        """The words of a cell; a version that another follows says so."""
        newer = self.newer_than(model) if name == "state" else 0
        if newer:
            return _("Replaced by version %(n)d", n=newer)
        return super().get_list_value(context, model, name)

    def newer_than(self, version: ProcedureVersion) -> int:
        """The number of the version that new cases follow instead of this one, or 0."""
        if self.is_draft(version):
            return 0
        newest = newest_versions(version.office_id)
        found = (one.version for one in newest if one.code == version.code)
        number = next(found, version.version)
        return number if number > version.version else 0

    def is_draft(self, version: ProcedureVersion) -> bool:
        """Whether it may still be published."""
        return version.state == VersionState.DRAFT

    def may_edit(self, row: Any) -> bool:
        """Whoever keeps the SOPs may begin from any version."""
        return self.keeps
