"""One row of a generated screen: shown, written, changed, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin import expose
from flask_admin.form import FormOpts
from sqlalchemy.exc import IntegrityError

from backoffice.errors import Refusal, Stale
from backoffice.text import _
from models import db

from .guard import begin_write
from .listing import ListScreen
from .session import is_resumed
from .wording import word, word_field


class RecordScreen(ListScreen):
    """A refused form is the same page with 422 and every typed character; 409 when too late."""

    @expose("/details/")
    def details_view(self) -> ResponseReturnValue:
        """One row as a summary."""
        row = self.one_or_404() if self.can_view_details else abort(404)
        return self.render(
            self.details_template,
            model=row,
            details_columns=self._details_columns,
            get_value=self.get_detail_value,
            return_url=url_for(".index_view"),
        )

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        """A new row."""
        if not self.may_create():
            abort(404)
        if request.method == "POST":
            begin_write()
        form = self.create_form()
        return self._answer_form(form, None)

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> ResponseReturnValue:
        """A row to change; 409 when it was changed since it was shown."""
        if request.method == "POST":
            begin_write()
        row = self.one_or_404()
        if not self.may_edit(row):
            abort(404)
        form = self.edit_form(row)
        if request.method == "POST" and request.form.get("seen") != self.fingerprint(row):
            # Somebody changed the row meanwhile: both see it, nothing is overwritten.
            flash(word(Stale()), "warning")
            return self._form_page(form, row), 409
        return self._answer_form(form, row)

    @expose("/delete/", methods=("GET", "POST"))
    def delete_view(self) -> ResponseReturnValue:
        """Ask first, then take the row away. What is referred to cannot be deleted."""
        if request.method == "POST":
            begin_write()
        row = self.one_or_404()
        if not self.may_delete(row):
            abort(404)
        if request.method == "GET":
            return self.render("admin/model/delete.html", model=row)
        try:
            self.on_model_delete(row)
            db.session.delete(row)
            db.session.flush()
            self.settle()
            db.session.commit()
        except (IntegrityError, Refusal) as error:
            db.session.rollback()
            flash(self.explain(error), "error")
            return self.render("admin/model/delete.html", model=self.one_or_404()), 422
        flash(_("Deleted."), "success")
        return redirect(url_for(".index_view"))

    def scaffold_form(self) -> Any:
        """A form of the named columns; without any there is none, and nothing to write."""
        return super().scaffold_form() if self.form_columns else self.form_base_class

    def create_form(self, obj: Any = None) -> Any:
        """The form for a new row, without what this person may not write."""
        return self._pruned(super().create_form(obj), self.writable())

    def edit_form(self, obj: Any = None) -> Any:
        """The form for `obj`, without what this person may not write."""
        return self._pruned(super().edit_form(obj), self.writable(obj))

    def _pruned(self, form: Any, allowed: Sequence[str]) -> Any:
        # A field that is only hidden or read-only can be posted all the same: it must go.
        for name in [field.name for field in form]:
            if name not in allowed and name != "csrf_token":
                del form[name]
        return form

    def _answer_form(self, form: Any, row: Any) -> ResponseReturnValue:
        if request.method == "GET" or is_resumed():
            return self._form_page(form, row)
        if form.validate():
            saved = self.save(form, row)
            if saved is not None:
                flash(_("Saved."), "success")
                return redirect(self.get_save_return_url(saved, row is None))
        return self._form_page(form, row), 422

    def _form_page(self, form: Any, row: Any) -> str:
        return self.render(
            self.create_template if row is None else self.edit_template,
            form=form,
            model=row,
            form_opts=FormOpts(widget_args=self.form_widget_args),
            return_url=url_for(".index_view"),
        )

    def save(self, form: Any, row: Any) -> Any:
        """Write the form to `row` or a new one; none, and the reason on the page, if refused."""
        created = row is None
        try:
            row = self.build_new_instance() if created else row
            form.populate_obj(row)
            if created:
                db.session.add(row)
            self._on_model_change(form, row, created)
            db.session.flush()
            self.settle()
            db.session.commit()
        except (IntegrityError, Refusal) as error:
            db.session.rollback()
            self._show_refusal(form, error)
            return None
        self.after_model_change(form, row, created)
        return row

    def settle(self) -> None:
        """What follows from a change of any row, in the same transaction."""

    def _show_refusal(self, form: Any, error: Exception) -> None:
        told = {name: code for name, code in getattr(error, "fields", {}).items() if name in form}
        for name, code in told.items():
            form[name].errors = [*form[name].errors, word_field(code)]
        if not told:  # what stands at its field is not said again above the page
            flash(self.explain(error), "error")

    def explain(self, error: Exception) -> str:
        """The reason in words; the database's own words carry values and are never shown."""
        if isinstance(error, Refusal):
            return word(error)
        return _("This contradicts something already kept: the same key, or a row in use.")

    def handle_view_exception(self, exc: Exception) -> bool:
        """Nothing is swallowed and no SQL is shown: the error page answers."""
        db.session.rollback()
        raise exc

    def get_save_return_url(self, model: Any, is_created: bool = False) -> str:
        """Back to the record, or to the list."""
        if self.can_view_details:
            return url_for(".details_view", id=model.id)
        return url_for(".index_view")

    def fingerprint(self, row: Any) -> str:
        """What the row held when it was shown: the form carries it and the answer compares it."""
        held = [repr(getattr(row, name)) for name in self._fingerprinted(row)]
        return sha256("\x1f".join(held).encode()).hexdigest()[:32]

    def _fingerprinted(self, row: Any) -> list[str]:
        columns = sa.inspect(row).mapper.column_attrs
        return [one.key for one in columns if not one.deferred]  # a hash beside them tells of those
