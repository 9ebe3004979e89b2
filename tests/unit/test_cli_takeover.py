"""`backoffice takeover`: a register is checked and taken over from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from backoffice.cli import main
from backoffice.takeover.words import OPEN
from models import Case, Office, db
from tests import factories
from tests.registers import COUNT, ended, going, register

pytestmark = pytest.mark.sqlite


@pytest.fixture
def office(
    dukcapil: Office, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Office:
    """The Disdukcapil, on a machine whose environment names its database."""
    for name in ("SECRET_KEY", "PARAF_MODE", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    return dukcapil


def run(tmp_path: Path, data: bytes, *more: str, office: str = "disdukcapil") -> Result:
    file = tmp_path / "register.xlsx"
    file.write_bytes(data)
    db.session.rollback()
    return CliRunner().invoke(main, ["takeover", office, str(file), *more])


def numbers() -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(Case.number).order_by(Case.id)))


def test_a_check_says_what_would_be_done_and_does_nothing(office: Office, tmp_path: Path) -> None:
    done = run(tmp_path, register([going()], [ended()], [COUNT]), "--check")
    assert (done.exit_code, done.output) == (
        0,
        "Prosedur Tetap Pelayanan Pengaduan Skala Menengah: 1 berjalan, 1 selesai\n"
        "Nomor berikutnya: ADU-2025-0001 -> ADU-2025-0311\n"
        "Nomor berikutnya: ADU-2026-0001 -> ADU-2026-0042\n"
        "Tidak ada kesalahan; belum ada yang diubah.\n",
    )
    assert numbers() == []


def test_without_it_the_register_is_taken_over_in_somebodys_name(
    office: Office, tmp_path: Path
) -> None:
    done = run(tmp_path, register([going()]))
    assert done.exit_code == 0
    assert done.output.endswith("Diambil alih atas nama disdukcapil.administrator.\n")
    assert numbers() == ["ADU-2026-0007"]
    (event,) = db.session.scalars(select(Case)).one().events
    assert event.user.username == "disdukcapil.administrator"
    assert "register.xlsx" in event.reason


@pytest.mark.parametrize("more", [(), ("--check",)])
def test_every_fault_is_printed_and_ends_the_command_with_one(
    office: Office, tmp_path: Path, more: tuple[str, ...]
) -> None:
    done = run(tmp_path, register([going(), going(number="ADU-2026-0008", step="mana")]), *more)
    assert (done.exit_code, done.output) == (
        1,
        f"{OPEN} baris 3, kolom Langkah: SOP ini tidak mempunyai langkah “mana”. "
        "Pilihannya: antrian, informasi, pencatatan, arahan, penyusunan, pemeriksaan, "
        "pengiriman, penerimaan.\n"
        "Error: 1 kesalahan. Tidak ada yang diubah.\n",
    )
    assert numbers() == []


def test_what_cannot_be_done_is_said_in_one_sentence(office: Office, tmp_path: Path) -> None:
    sound = register([going()])
    for data, more, key, why in (
        (b"No;Nama\n", (), "disdukcapil", "bukan buku kerja Excel"),
        (register(), (), "disdukcapil", "Formulir ini belum diisi."),
        (sound, (), "mana", "Tidak ada instansi dengan kunci mana."),
        (sound, ("--as", "disdukcapil.kadis"), "disdukcapil", "bukan administrator"),
    ):
        done = run(tmp_path, data, *more, office=key)
        assert done.exit_code == 1
        assert why in done.output
        assert "Traceback" not in done.output
    assert numbers() == []


def test_it_may_be_done_in_the_name_of_another_administrator(
    office: Office, tmp_path: Path
) -> None:
    factories.make_user("oka.peraga", factories.post_of(office, "administrator"))
    db.session.commit()
    done = run(tmp_path, register([going()]), "--as", "oka.peraga")
    assert done.output.endswith("Diambil alih atas nama oka.peraga.\n")
