"""Offices come in from their folders; SOPs become versions that never change."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.errors import PackError
from backoffice.workflow import office_rows, publishing
from backoffice.workflow.lint import lint_folder
from models import Holiday, Office, Post, ProcedureVersion, Role, Unit, VersionState

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
NOW = datetime(2026, 1, 12, 2, 0, tzinfo=UTC)
KEYS = ("disdukcapil", "dinsos-sekadau", "kesra-ambon", "satpol-pp", "dinsos-sampang")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Disdukcapil's folder that a test may spoil."""
    return Path(shutil.copytree(OFFICES / "disdukcapil", tmp_path / "disdukcapil"))


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def office(session: Any, key: str = "disdukcapil") -> Office:
    found: Office = session.scalars(select(Office).where(Office.key == key)).one()
    return found


def versions(session: Any) -> list[tuple[str, int, str]]:
    order = (ProcedureVersion.code, ProcedureVersion.version)
    rows = session.scalars(select(ProcedureVersion).order_by(*order))
    return [(row.code, row.version, str(row.state)) for row in rows]


def count(session: Any, *kinds: Any) -> list[int]:
    return [session.scalar(select(func.count()).select_from(kind)) for kind in kinds]


def test_an_imported_office_has_the_posts_of_its_pack(session: Any) -> None:
    publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    kasubbag = session.scalars(select(Post).where(Post.key == "kasubbag-umum")).one()
    assert kasubbag.title == "Kepala Subbagian Umum dan Kepegawaian"
    assert kasubbag.superior.key == "sekretaris"
    assert (kasubbag.unit.key, kasubbag.unit.parent.key) == ("umum", "sekretariat")
    assert [role.key for role in kasubbag.roles] == ["kasubbag-umum"]
    assert kasubbag.capabilities == ["keep_register"]
    assert office(session).timezone == "Asia/Jakarta"


@pytest.mark.sqlite
def test_a_new_office_begins_with_the_holidays_of_two_years(session: Any) -> None:
    publishing.import_office(OFFICES / "kesra-ambon", now=NOW)
    years = {day.year for day in session.scalars(select(Holiday.day))}
    assert years == {2026, 2027}


def test_imported_sops_are_drafts_until_they_are_published(session: Any) -> None:
    report = publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    codes = ("pengaduan-besar", "pengaduan-kecil", "pengaduan-menengah", "pengaduan-umum")
    assert (report.made, report.drafts) == (True, codes)
    assert versions(session) == [(code, 1, "draft") for code in codes]
    publishing.publish_all(office(session), now=NOW, by=None)
    assert versions(session) == [(code, 1, "published") for code in codes]
    assert [one.code for one in publishing.newest_published(office(session).id)] == list(codes)


@pytest.mark.sqlite
def test_importing_the_same_folder_again_changes_nothing(session: Any) -> None:
    publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    publishing.publish_all(office(session), now=NOW, by=None)
    before = count(session, Office, Unit, Role, Post, ProcedureVersion)
    report = publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    assert (report.made, report.drafts, report.left_alone) == (False, (), ())
    assert count(session, Office, Unit, Role, Post, ProcedureVersion) == before


def test_a_wrong_pack_changes_nothing(session: Any, folder: Path) -> None:
    publishing.import_office(folder, now=NOW)
    change(folder / "office.yaml", "title: Kepala Dinas, ", "title: Kepala Kantor, ")
    change(folder / "procedures" / "pengaduan-umum.yaml", "to: informasi", "to: informsi")
    with pytest.raises(PackError) as refused:
        publishing.import_office(folder, now=NOW)
    assert "pengaduan-umum.yaml:27: kesalahan: Langkah 1 (Pengadu mengambil nomor antrian)" in str(
        refused.value
    )
    assert session.scalars(select(Post.title).where(Post.key == "kadis")).one() == "Kepala Dinas"
    assert {state for _, _, state in versions(session)} == {"draft"}


def test_an_import_renames_posts_and_leaves_those_it_does_not_name(
    session: Any, folder: Path
) -> None:
    publishing.import_office(folder, now=NOW)
    before = session.scalars(select(Post.id).where(Post.key == "kadis")).one()
    change(folder / "office.yaml", "title: Kepala Dinas, ", "title: Kepala Kantor, ")
    change(folder / "office.yaml", "key: tim-teknis-perekaman", "key: tim-teknis-cetak")
    report = publishing.import_office(folder, now=NOW)
    kadis = session.scalars(select(Post).where(Post.key == "kadis")).one()
    assert (kadis.id, kadis.title) == (before, "Kepala Kantor")
    assert report.left_alone == ("Tim Teknis Perekaman dan Pencetakan",)


def test_a_changed_text_is_a_new_version_and_the_published_one_stays(
    session: Any, folder: Path
) -> None:
    publishing.import_office(folder, now=NOW)
    publishing.publish_all(office(session), now=NOW, by=None)
    first = session.scalars(
        select(ProcedureVersion).where(ProcedureVersion.code == "pengaduan-menengah")
    ).one()
    sha256 = first.sha256
    change(folder / "procedures" / "pengaduan-menengah.yaml", "time: 1 jam", "time: 2 jam")
    assert publishing.import_office(folder, now=NOW).drafts == ("pengaduan-menengah",)
    publishing.publish(office(session), "pengaduan-menengah", now=NOW, by=None)
    assert ("pengaduan-menengah", 2, "published") in versions(session)
    session.refresh(first)
    assert (first.version, first.sha256) == (1, sha256)


@pytest.mark.sqlite
def test_a_draft_is_written_over_until_it_is_published(session: Any) -> None:
    publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    text = (OFFICES / "disdukcapil" / "procedures" / "pengaduan-umum.yaml").read_text("utf-8")
    draft = publishing.save_draft(office(session), text.replace("5 menit", "10 menit"))
    assert (draft.version, draft.state) == (1, VersionState.DRAFT)
    assert "10 menit" in draft.source_text
    publishing.publish_all(office(session), now=NOW, by=None)
    again = publishing.save_draft(office(session), text)
    assert (again.version, again.state) == (2, VersionState.DRAFT)


@pytest.mark.sqlite
def test_a_draft_with_errors_is_kept_with_its_findings_and_not_published(session: Any) -> None:
    publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    text = (OFFICES / "disdukcapil" / "procedures" / "pengaduan-umum.yaml").read_text("utf-8")
    draft = publishing.save_draft(office(session), text.replace("to: informasi", "to: informsi"))
    assert [one["level"] for one in draft.findings] == ["error"]
    with pytest.raises(PackError):
        publishing.publish(office(session), draft, now=NOW, by=None)
    assert {state for _, _, state in versions(session)} == {"draft"}


@pytest.mark.sqlite
def test_a_text_that_does_not_say_its_code_is_no_draft(session: Any) -> None:
    publishing.import_office(OFFICES / "kesra-ambon", now=NOW)
    before = versions(session)
    with pytest.raises(PackError):
        publishing.save_draft(office(session, "kesra-ambon"), "code: [")
    assert versions(session) == before


@pytest.mark.sqlite
def test_a_variant_is_published_beside_the_others_or_not_at_all(session: Any) -> None:
    publishing.import_office(OFFICES / "disdukcapil", now=NOW)
    with pytest.raises(PackError, match="belum mempunyai varian utama"):
        publishing.publish(office(session), "pengaduan-menengah", now=NOW, by=None)
    publishing.publish(office(session), "pengaduan-umum", now=NOW, by=None)
    publishing.publish(office(session), "pengaduan-menengah", now=NOW, by=None)
    text = (OFFICES / "disdukcapil" / "procedures" / "pengaduan-besar.yaml").read_text("utf-8")
    publishing.save_draft(office(session), text.replace("arahan", "petunjuk"))
    with pytest.raises(PackError, match="tidak mempunyai langkah `petunjuk`"):
        publishing.publish(office(session), "pengaduan-besar", now=NOW, by=None)


@pytest.mark.sqlite
def test_publishing_what_has_no_draft_is_refused(session: Any) -> None:
    publishing.import_office(OFFICES / "kesra-ambon", now=NOW)
    publishing.publish_all(office(session, "kesra-ambon"), now=NOW, by=None)
    with pytest.raises(PackError, match="bantuan-qurban:1: kesalahan: Tidak ada naskah"):
        publishing.publish(office(session, "kesra-ambon"), "bantuan-qurban", now=NOW, by=None)


@pytest.mark.sqlite
def test_a_role_whose_last_post_lost_it_keeps_the_sop_from_being_published(session: Any) -> None:
    publishing.import_office(OFFICES / "kesra-ambon", now=NOW)
    session.scalars(select(Post).where(Post.key == "staf")).one().roles = []
    session.commit()
    with pytest.raises(PackError, match="Pelaksana «Staf» belum dipegang jabatan mana pun"):
        publishing.publish_all(office(session, "kesra-ambon"), now=NOW, by=None)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.sqlite
def test_an_exported_office_imports_as_the_same(session: Any, tmp_path: Path, key: str) -> None:
    publishing.import_office(OFFICES / key, now=NOW)
    publishing.publish_all(office(session, key), now=NOW, by=None)
    files = publishing.export_office(office(session, key), tmp_path)
    assert tmp_path / key / "office.yaml" in files
    again = lint_folder(tmp_path / key)
    assert [one.message for one in again.findings if one.level == "error"] == []
    loaded = office_rows.load(office(session, key))
    assert again.office is not None
    assert office_rows.as_yaml(again.office) == office_rows.as_yaml(loaded)
    for path in (OFFICES / key / "procedures").glob("*.yaml"):
        assert (tmp_path / key / "procedures" / path.name).read_bytes() == path.read_bytes()
    assert publishing.import_office(tmp_path / key, now=NOW).drafts == ()
