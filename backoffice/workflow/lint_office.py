"""Lint of an office: its tree of units and posts must hold together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backoffice.workflow.findings import Finding, Level
from backoffice.workflow.nodes import near
from backoffice.workflow.office_definition import OfficePack
from backoffice.workflow.office_pack import OfficeSource


def lint_office(source: OfficeSource) -> tuple[Finding, ...]:
    """Everything wrong with an office.yaml: what it names, what it repeats, trees in a circle."""
    if source.office is None:
        return source.findings
    judge = _Judge(source, source.office)
    judge.repeated()
    judge.references()
    judge.escalations()
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
        where = self._where(place)
        self.findings.append(Finding(self.source.file, line, level, message, where))

    def _where(self, place: tuple[str | int, ...]) -> str:
        """Jabatan «Camat», Bidang «Sekretariat»; empty for the office as a whole."""
        match place:
            case ("posts", int(index), *_):
                return f"Jabatan «{self.office.posts[index].title}»"
            case ("units", int(index), *_):
                return f"Bidang «{self.office.units[index].name}»"
            case ("roles", int(index), *_):
                return f"Pelaksana «{self.office.roles[index].title}»"
        return ""

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
                    message = f"Kunci `{key}` dipakai dua kali. Beri salah satunya kunci lain."
                    self.note((name, index, "key"), message)

    def references(self) -> None:
        """Units, posts and roles that are not there."""
        units = [one.key for one in self.office.units]
        posts = [one.key for one in self.office.posts]
        roles = {one.key: one.outside for one in self.office.roles}
        for index, unit in enumerate(self.office.units):
            self._known(("units", index, "in"), "Bidang", unit.within, units)
        for index, post in enumerate(self.office.posts):
            self._known(("posts", index, "unit"), "Bidang", post.unit, units)
            self._known(("posts", index, "under"), "Jabatan", post.under, posts)
            self._known(("posts", index, "recorded_by"), "Jabatan", post.recorded_by, posts)
            for role in post.roles:
                place = ("posts", index, "roles")
                self._known(place, "Pelaksana", role, list(roles))
                if roles.get(role):
                    message = f"Pelaksana `{role}` di luar instansi dan tidak dipegang jabatan."
                    self.note(place, f"{message} Hapus dari jabatan ini.")
            if post.recorded_by == post.key:
                message = "Jabatan ini mencatat untuk dirinya sendiri. Tulis jabatan lain."
                self.note(("posts", index, "recorded_by"), message)

    def _known(
        self, place: tuple[str | int, ...], what: str, key: str | None, keys: Sequence[str]
    ) -> None:
        if key is not None and key not in keys:
            advice = near(key, list(keys))
            self.note(place, f"{what} `{key}` tidak ada. {advice}".rstrip())

    def escalations(self) -> None:
        """Where a case goes whose terlapor is the head: one post, outside, with its recorder."""
        asked = {
            "recorded_by": "Tulis `recorded_by`: jabatan yang mencatat untuknya.",
            "under": "Hapus `under`: ia tidak di bawah siapa pun di kantor ini.",
            "roles": "Hapus `roles`: ia tidak bekerja di SOP mana pun.",
            "capabilities": "Hapus `capabilities`.",
        }
        found = 0
        for index, post in enumerate(self.office.posts):
            if not post.escalation:
                continue
            found += 1
            for name, advice in asked.items():
                if bool(getattr(post, name)) != (name == "recorded_by"):
                    message = "Jabatan penerima eskalasi berada di luar kantor."
                    self.note(("posts", index, name), f"{message} {advice}")
            if found > 1:
                message = "Sudah ada jabatan penerima eskalasi. Hapus `escalation` di sini."
                self.note(("posts", index, "escalation"), message)

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
                    message = f"`{key}` berada di bawah dirinya sendiri. Perbaiki yang di atasnya."
                    self.note((name, index), message)

    def leadership(self) -> None:
        """One post at the top, so that no vacant post's work lies nowhere; somebody who manages."""
        tops = [one for one in self.office.posts if one.under is None and not one.escalation]
        for one in tops[1:]:
            index = self.office.posts.index(one)
            message = "Jabatan ini tanpa atasan (`under`); bila kosong, pekerjaannya tak bertuan."
            self.note(("posts", index), message, Level.WARNING)
        if not any(self.office.hours.values()):
            self.note(("hours",), "Instansi ini tidak pernah buka. Tulis jam kerjanya.")
        if not any("manage_office" in one.capabilities for one in self.office.posts):
            message = "Belum ada jabatan yang mengatur instansi ini. Beri satu jabatan"
            said = f"{message} `capabilities: [manage_office]`."
            self.note(("posts",), said, Level.WARNING)
