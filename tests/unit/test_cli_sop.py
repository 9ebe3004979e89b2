"""`backoffice sop`: what the administrator of the machine types, and what is answered."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from docx.shared import Mm
from sqlalchemy import select

from backoffice.cli import main
from backoffice.database import make_engine
from backoffice.workflow.lint import lint_folder
from models import Holding, Post, User

OFFICES = Path(__file__).parents[2] / "seed" / "offices"
UMUM = Path("procedures") / "pengaduan-umum.yaml"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["sop", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Disdukcapil's folder that a test may spoil."""
    return Path(shutil.copytree(OFFICES / "disdukcapil", tmp_path / "disdukcapil"))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation of its own, empty; the machine's environment does not reach in."""
    for name in ("DATABASE_URL", "SECRET_KEY", "PARAF_MODE", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    assert CliRunner().invoke(main, ["migrate"]).exit_code == 0


def spoil(folder: Path) -> None:
    path = folder / UMUM
    text = path.read_text(encoding="utf-8").replace("to: informasi", "to: informsi", 1)
    path.write_text(text, encoding="utf-8")


def test_all_shipped_offices_are_linted_at_once() -> None:
    done = run("lint", OFFICES)
    assert done.exit_code == 0
    folders = [path.parent for path in OFFICES.glob("*/office.yaml")]
    warnings = sum(len(lint_folder(folder).findings) for folder in folders)
    assert len(folders) == 5
    assert done.output.endswith(f"\n0 kesalahan, {warnings} peringatan.\n")


def test_an_error_is_printed_with_its_line_and_ends_the_command_with_one(folder: Path) -> None:
    spoil(folder)
    done = run("lint", folder / UMUM)
    assert done.exit_code == 1
    assert done.output == (
        f"{folder / UMUM}:27: kesalahan: Langkah 1 (Pengadu mengambil nomor antrian), tombol "
        "«Panggil antrian»: Langkah `informsi` tidak ada. Maksud Anda `informasi`? "
        "Perbaiki kuncinya, atau tulis langkah itu.\n"
        "1 kesalahan, 0 peringatan.\n"
    )


def test_one_file_is_judged_in_its_office_and_beside_its_family(folder: Path) -> None:
    (folder / "procedures" / "pengaduan-besar.yaml").unlink()
    path = folder / "procedures" / "pengaduan-menengah.yaml"
    assert run("lint", path).exit_code == 0
    (folder / UMUM).unlink()
    assert "belum mempunyai varian utama" in run("lint", path).output


def test_a_text_is_drawn_beside_itself_or_where_one_says(folder: Path, tmp_path: Path) -> None:
    done = run("draw", folder / UMUM)
    beside = (folder / UMUM).with_suffix(".svg")
    assert done.output == f"Tergambar: {beside}\n"
    assert ">Petugas<" in beside.read_text(encoding="utf-8")
    alone = tmp_path / "naskah.yaml"
    alone.write_bytes((folder / UMUM).read_bytes())
    assert run("draw", alone, "-o", tmp_path / "gambar.svg").exit_code == 0
    assert "petugas-pengaduan" in (tmp_path / "gambar.svg").read_text(encoding="utf-8")
    assert run("draw", alone, "-o", "-").output.startswith("<svg ")
    run("draw", folder, "-o", tmp_path / "semua")
    assert len(list((tmp_path / "semua").glob("*.svg"))) == 4


def test_a_text_is_written_for_word_with_its_identity_page(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "sop.docx"
    assert run("draw", folder / UMUM, "-o", path, "--kertas", "a4").exit_code == 0
    file = docx.Document(str(path))
    assert file.sections[0].page_width == pytest.approx(Mm(297), rel=0.001)
    identity = [cell.text for row in file.tables[0].rows for cell in row.cells]
    assert "PEMERINTAH KOTA CONTOH\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL" in identity
    assert "Kepala Dinas\n………………………………" in identity
    assert any("Prosedur Tetap Pelayanan Pengaduan Skala Kecil" in one for one in identity)


def test_a_text_with_an_error_is_not_drawn(folder: Path) -> None:
    spoil(folder)
    done = run("draw", folder / UMUM)
    assert done.exit_code == 1
    assert "Langkah `informsi` tidak ada." in done.output
    assert "Belum dapat digambar. Perbaiki kesalahannya dahulu." in done.output
    assert not (folder / UMUM).with_suffix(".svg").exists()


@pytest.mark.usefixtures("installed")
def test_an_office_is_imported_published_listed_and_exported(tmp_path: Path) -> None:
    done = run("import", OFFICES / "disdukcapil")
    assert "Instansi disdukcapil dibuat." in done.output
    assert "Naskah baru: pengaduan-besar, pengaduan-kecil, pengaduan-menengah, " in done.output
    assert "pengaduan-umum: versi 1 terbit." in run("publish", "disdukcapil").output
    assert "disdukcapil  pengaduan-besar  versi 1  terbit" in run("list").output
    assert run("export", "disdukcapil", tmp_path / "keluar").exit_code == 0
    ours = (OFFICES / "disdukcapil" / UMUM).read_bytes()
    assert (tmp_path / "keluar" / "disdukcapil" / UMUM).read_bytes() == ours


@pytest.mark.usefixtures("installed")
def test_a_wrong_pack_is_refused_with_its_line_and_nothing_is_imported(folder: Path) -> None:
    spoil(folder)
    done = run("import", folder)
    assert done.exit_code == 1
    assert f"{folder / UMUM}:27: kesalahan: " in done.output
    assert "Tidak ada yang diubah." in done.output
    assert run("list").output == ""


@pytest.mark.usefixtures("installed")
def test_an_office_that_is_not_there_is_said_so() -> None:
    done = run("publish", "dinas-lain")
    assert done.exit_code == 1
    assert "Tidak ada instansi dengan kunci dinas-lain." in done.output


@pytest.mark.usefixtures("installed")
def test_after_an_import_the_command_line_says_how_somebody_can_log_in(tmp_path: Path) -> None:
    done = run("import", OFFICES / "kesra-ambon")
    advice = "create-admin admin.kesra-ambon --office kesra-ambon"
    assert f"backoffice {advice}" in done.output
    given = "sepeda-biru-27\nsepeda-biru-27\n"
    made = CliRunner().invoke(main, advice.split(), input=given)
    assert made.exit_code == 0, made.output
    assert "harus diganti" in made.output
    assert "create-admin" not in run("import", OFFICES / "kesra-ambon").output
    engine = make_engine(f"sqlite:///{tmp_path}/var/paraf.db")
    with engine.connect() as rows:
        asked = select(Post.key).join(Holding).join(User, User.id == Holding.user_id)
        held = asked.where(User.username == "admin.kesra-ambon", User.must_change_password)
        assert rows.execute(held).scalars().all() == ["administrator"]
    engine.dispose()


@pytest.mark.usefixtures("installed")
def test_an_administrator_of_an_office_that_is_not_there_is_not_made() -> None:
    given = "sepeda-biru-27\nsepeda-biru-27\n"
    arguments = ["create-admin", "eka", "--office", "entah"]
    done = CliRunner().invoke(main, arguments, input=given)
    assert done.exit_code == 1
    assert "Tidak ada instansi dengan kunci entah." in done.output
