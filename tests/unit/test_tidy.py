"""Files of forms that were never accepted go; whatever a case names stays."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from backoffice import storage
from backoffice.config import Settings
from backoffice.takeover import drafts
from backoffice.tidy import tidy
from models import Attachment, Job, JobState, Office, Recapitulation, db
from tests import factories

HOUR = 3600
NOW = factories.NOW.timestamp()

pytestmark = pytest.mark.sqlite


def pdf(text: str) -> io.BytesIO:
    """A document of no other use."""
    return io.BytesIO(f"%PDF-1.7\n{text}\n%%EOF\n".encode())


def brought(settings: Settings, text: str, hours_ago: float) -> Path:
    """A file that came with a form so long ago."""
    kept = storage.store(settings.files, "berkas.pdf", pdf(text))
    file = storage.path(settings.files, kept.sha256)
    os.utime(file, (NOW, NOW - hours_ago * HOUR))
    return file


def test_what_no_case_names_goes_after_a_day(settings: Settings, dukcapil: Office) -> None:
    case = factories.make_case(dukcapil, "pengaduan-menengah")
    filed = brought(settings, "surat permohonan", 400)
    refused = brought(settings, "formulir yang ditolak", 25)
    going_on = brought(settings, "formulir yang masih diisi", 11)
    half = refused.with_name(".new-putus")
    half.write_text("setengah")
    os.utime(half, (NOW, NOW - 30 * HOUR))
    db.session.add(
        Attachment(
            case=case,
            name="surat.pdf",
            content_type="application/pdf",
            size=16,
            sha256=filed.name,
            uploaded_at=factories.NOW,
            user_id=factories.user_of(dukcapil, "kadis").id,
        )
    )
    db.session.commit()

    assert tidy(settings, NOW) == 2

    assert (filed.exists(), going_on.exists()) == (True, True)
    assert (refused.exists(), half.exists()) == (False, False)
    assert tidy(settings, NOW) == 0


def test_a_file_that_is_brought_again_is_new_again(settings: Settings, dukcapil: Office) -> None:
    old = brought(settings, "dikirim dua kali", 100)
    storage.store(settings.files, "lagi.pdf", pdf("dikirim dua kali"))

    assert tidy(settings, NOW) == 0
    assert old.exists()


def test_an_installation_without_files_is_tidy(tmp_path: Path, settings: Settings) -> None:
    assert not settings.files.exists()
    assert tidy(settings, NOW) == 0


def test_a_register_that_nobody_confirmed_goes_after_a_day(settings: Settings) -> None:
    folder = drafts.folder_of(settings.data_dir, 1)
    old, new = (storage.path(folder, drafts.keep(folder, one)) for one in (b"lama", b"baru"))
    os.utime(old, (NOW, NOW - 25 * HOUR))
    os.utime(new, (NOW, NOW - 11 * HOUR))

    assert tidy(settings, NOW) == 1
    assert drafts.load(folder, old.name) is None
    assert drafts.load(folder, new.name) == b"baru"


def test_a_file_that_another_table_than_the_attachments_names_stays_too(
    settings: Settings, ambon: Office
) -> None:
    factories.make_case(ambon, "bantuan-qurban", "koreksi")
    frozen = db.session.scalars(sa.select(Recapitulation)).one()
    file = brought(settings, "daftar yang dibekukan", 400)
    frozen.sha256 = file.name
    db.session.commit()

    assert tidy(settings, NOW) == 0
    assert file.exists()


@pytest.mark.parametrize(("days", "there"), [(6, True), (8, False)])
def test_what_a_job_made_is_kept_for_a_week(
    settings: Settings, dukcapil: Office, days: int, there: bool
) -> None:
    file = brought(settings, "banyak surat", days * 24)
    asked = factories.NOW - timedelta(days=days)
    db.session.add(
        Job(
            office=dukcapil,
            user=factories.user_of(dukcapil, "kadis"),
            kind="letters",
            state=JobState.DONE,
            asked_at=asked,
            next_at=asked,
            ended_at=asked,
            result_name="surat-balasan.zip",
            result_sha256=file.name,
        )
    )
    db.session.commit()

    tidy(settings, NOW)

    assert file.exists() is there
    db.session.expire_all()
    job = db.session.scalars(sa.select(Job)).one()
    assert (job.result_name, bool(job.result_sha256)) == ("surat-balasan.zip", there)
