"""Lint of an office: its tree of units and posts must hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backoffice.workflow.findings import Finding, Level
from backoffice.workflow.office_pack import OfficePack, OfficeSource


def lint_office(source: OfficeSource) -> tuple[Finding, ...]:
    """Everything wrong with an office.yaml: what it names, what it repeats, trees in a circle."""
    if source.office is None:
        return source.findings
    judge = _Judge(source, source.office)
    judge.repeated()
    judge.references()
    if not judge.findings:
        judge.circles()
        judge.leadership()
    return tuple(sorted([*source.findings, *judge.findings]))


class _Judge:
    def __init__(self, source: OfficeSource, office: OfficePack) -> None:
        self.source, self.office = source, office
        self.findings: list[Finding] = []

    def note(self, place: tuple[str | int, ...], message: str, level: Level = Level.ERROR) -> None:
        line = self.source.lines.at(*place)
        self.findings.append(Finding(self.source.file, line, level, message))

    def repeated(self) -> None:
        """Keys written twice."""
        lists: Mapping[str, Sequence[str]] = {
            "units": [one.key for one in self.office.units],
            "roles": [one.key for one in self.office.roles],
            "posts": [one.key for one in self.office.posts],
            "categories": [key for key, _ in self.office.categories],
        }
        for name, keys in lists.items():
            for index, key in enumerate(keys):
                if key in keys[:index]:
                    self.note((name, index, "key"), f"kunci `{key}` dipakai dua kali")

    def references(self) -> None:
        """Units, posts and roles that are not there."""
        units = [one.key for one in self.office.units]
        posts = [one.key for one in self.office.posts]
        roles = {one.key: one.outside for one in self.office.roles}
        for index, unit in enumerate(self.office.units):
            self._known(("units", index, "in"), "bidang", unit.within, units)
        for index, post in enumerate(self.office.posts):
            self._known(("posts", index, "unit"), "bidang", post.unit, units)
            self._known(("posts", index, "under"), "jabatan", post.under, posts)
            self._known(("posts", index, "recorded_by"), "jabatan", post.recorded_by, posts)
            for role in post.roles:
                place = ("posts", index, "roles")
                self._known(place, "peran", role, list(roles))
                if roles.get(role):
                    self.note(place, f"peran `{role}` di luar instansi dan tidak dipegang jabatan")
            if post.recorded_by == post.key:
                self.note(("posts", index, "recorded_by"), "jabatan tidak mencatat untuk dirinya")

    def _known(
        self, place: tuple[str | int, ...], what: str, key: str | None, keys: Sequence[str]
    ) -> None:
        if key is not None and key not in keys:
            self.note(place, f"{what} `{key}` tidak ada")

    def circles(self) -> None:
        """A unit in itself, a post under itself."""
        for name, above in (
            ("units", {one.key: one.within for one in self.office.units}),
            ("posts", {one.key: one.under for one in self.office.posts}),
        ):
            for index, key in enumerate(above):
                seen: set[str] = set()
                at: str | None = key
                while at is not None and at not in seen:
                    seen.add(at)
                    at = above[at]
                if at == key:
                    self.note((name, index), f"`{key}` berada di bawah dirinya sendiri")

    def leadership(self) -> None:
        """One post at the top, so that no vacant post's work lies nowhere; somebody who manages."""
        tops = [one for one in self.office.posts if one.under is None]
        for one in tops[1:]:
            index = self.office.posts.index(one)
            message = f"`{one.key}` tanpa atasan (`under`); bila kosong pekerjaannya tak bertuan"
            self.note(("posts", index), message, Level.WARNING)
        if not any("manage_office" in one.capabilities for one in self.office.posts):
            self.note(("posts",), "tidak ada jabatan dengan `manage_office`", Level.WARNING)
