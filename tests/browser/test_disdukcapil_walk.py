"""A complaint at the Disdukcapil in Chromium: from the queue number to the received reply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import expect

from models import Case, Letter, LetterState, Office, Status, db
from tests.browser.desk import Desk, fill, photo
from tests.browser.leaving import follow
from tests.letters.printing import picture_of, print_all, text_of

pytestmark = [pytest.mark.browser, pytest.mark.letters, pytest.mark.slow]
QUEUE = "Antrian A-017 · belum ada perihal"
SUBJECT = "KTP-el belum tercetak sejak Oktober 2025"
COMPLAINT = {
    "Perihal": SUBJECT,
    "Uraian": "Perekaman 6 Oktober 2025. Sudah tiga kali datang ke loket 2, KTP-el belum ada.",
    "Saluran": "Datang sendiri",
    "Kategori": "Pelayanan masyarakat",
    "Nama lengkap": "Fitri Teladani",
    "NIK atau nomor identitas lain": "0000000000000142",
    "Alamat": "Jalan Contoh Nomor 2\nKelurahan Contoh Hulu",
    "Telepon": "0800-0000-142",
}
ORDER = "Jawab dengan jadwal cetak yang pasti, sertakan permohonan maaf."
FIRST_TEXT = "KTP-el Saudara dapat diambil di loket 2 pada tanggal 9 Januari 2026."
OBJECTION = "Tanggalnya belum sesuai berita acara. Mohon dicocokkan."
SECOND_ORDER = "Pakai tanggal dari sistem antrean cetak."
SECOND_TEXT = (
    "KTP-el Saudara dapat diambil di kantor kecamatan pada tanggal 13 Januari 2026.\n"
    "Kami mohon maaf atas keterlambatan ini."
)
HAND_OVER = "Serahkan surat balasan untuk diperiksa"
GIVE_ORDER = "Beri arahan kepada Petugas Pengaduan"


@pytest.fixture
def desk(page: Any, app: Flask, dukcapil: Office) -> Desk:
    """A computer of the Disdukcapil."""
    return Desk(page, app, dukcapil)


def test_a_complaint_goes_from_a_queue_number_to_the_received_reply(
    desk: Desk, tmp_path: Path
) -> None:
    customer_service_opens_it_with_a_number_alone(desk)
    petugas_records_it_and_prints_the_receipt(desk)
    kasubbag_gives_direction(desk, ORDER)
    petugas_drafts(desk, ORDER, FIRST_TEXT)
    kepala_dinas_returns_it(desk)
    kasubbag_gives_direction(desk, SECOND_ORDER, after=OBJECTION)
    petugas_drafts(desk, SECOND_ORDER, SECOND_TEXT)
    kepala_dinas_sees_what_changed_and_approves(desk)
    letter = petugas_downloads_the_letter(desk, tmp_path)
    petugas_sends_it_and_records_its_receipt(desk)
    the_letter_says_what_was_typed(letter)
    the_letter_prints_on_one_page(letter)
    the_case_is_closed_with_all_its_steps()


def customer_service_opens_it_with_a_number_alone(desk: Desk) -> None:
    desk.log_in("customer-service")
    desk.sees("Tidak ada pekerjaan yang menunggu Anda")
    follow(desk.page.get_by_role("link", name="Catat pengaduan baru"))
    form = desk.page.locator("main form")
    scale = "Prosedur Tetap Pelayanan Pengaduan Skala Menengah"
    fill(form, {"Prosedur": scale, "Nomor antrian": "A-017"})
    follow(form.get_by_role("button", name="Catat pengaduan baru"))
    desk.says("Sudah dicatat. Lanjutkan langkah pertamanya di bawah.")
    expect(desk.heading).to_have_text(QUEUE)
    desk.sees("Belum bernomor · skala menengah", "Customer Service – Anda", "langkah 1 dari 8")

    desk.act("Panggil antrian")
    desk.says("Panggil antrian. Berkas ada di meja Anda.")
    desk.sees("langkah 2 dari 8", "5 menit dari 5 menit")
    desk.act("Antar ke Petugas Pengaduan")
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 3 dari 8).")
    desk.sees("Tidak ada tugas Anda di berkas ini")
    desk.log_out()


def petugas_records_it_and_prints_the_receipt(desk: Desk) -> None:
    desk.log_in("petugas-pengaduan")
    desk.sees("Sisa 1 hari kerja", "Koordinasikan dengan Kasubbag", "Dari Customer Service")
    desk.open(QUEUE)
    desk.act("Koordinasikan dengan Kasubbag", COMPLAINT)
    desk.says("ADU-2026-0001: Koordinasikan dengan Kasubbag.")
    expect(desk.heading).to_have_text(SUBJECT)
    desk.sees("Fitri Teladani", "Kepala Subbagian Umum dan Kepegawaian", "langkah 4 dari 8")

    follow(desk.page.get_by_role("link", name="Tanda terima", exact=True))
    expect(desk.heading).to_have_text("Tanda terima")
    desk.sees("ADU-2026-0001", "A-017", "Fitri Teladani", "Senin, 12 Januari 2026 pukul 09.20 WIB")
    desk.log_out()


def kasubbag_gives_direction(desk: Desk, order: str, *, after: str = "") -> None:
    desk.log_in("kasubbag-umum")
    desk.sees("Dikembalikan Kepala Dinas" if after else "Dari Petugas Pengaduan")
    desk.open(SUBJECT)
    if after:
        desk.sees("Kembalikan untuk diperbaiki – Kepala Dinas", after)
    desk.act(GIVE_ORDER, {"Catatan": order})
    desk.says(f"{GIVE_ORDER}. Sekarang di meja Petugas Pengaduan (langkah 5 dari 8).")
    desk.log_out()


def petugas_drafts(desk: Desk, order: str, text: str) -> None:
    desk.log_in("petugas-pengaduan")
    desk.open(SUBJECT)
    expect(desk.page.get_by_role("region", name="Pesan dari meja sebelumnya")).to_contain_text(
        order
    )
    form = desk.form(HAND_OVER)
    expect(form.get_by_label("Yth. (penerima surat)")).to_have_value("Sdr. Fitri Teladani")
    desk.act(HAND_OVER, {"Isi surat": text})
    desk.says(f"{HAND_OVER}. Sekarang di meja Kepala Dinas (langkah 6 dari 8).")
    desk.log_out()


def kepala_dinas_returns_it(desk: Desk) -> None:
    desk.log_in("kadis")
    desk.open(SUBJECT)
    expect(desk.page.get_by_role("article", name="Surat balasan")).to_contain_text(FIRST_TEXT)
    form = desk.form("Kembalikan untuk diperbaiki")
    expect(form).to_contain_text(
        "Berkas kembali ke Kepala Subbagian Umum dan Kepegawaian (langkah 4)."
    )
    desk.act("Kembalikan untuk diperbaiki", {"Apa yang harus diperbaiki": OBJECTION})
    desk.says("Sekarang di meja Kepala Subbagian Umum dan Kepegawaian (langkah 4 dari 8).")
    desk.log_out()


def kepala_dinas_sees_what_changed_and_approves(desk: Desk) -> None:
    desk.log_in("kadis")
    desk.sees("sudah 1× dikembalikan")
    desk.open(SUBJECT)
    letter = desk.page.get_by_role("article", name="Surat balasan")
    expect(letter.locator("del")).to_have_text(["dihapus: loket 2", "dihapus: 9"])
    apology = "ditambah: Kami mohon maaf atas keterlambatan ini."
    expect(letter.locator("ins")).to_have_text(
        ["ditambah: kantor kecamatan", "ditambah: 13", apology]
    )
    desk.sees("Surat bersih dicetak untuk ditandatangani; pindaiannya diunggah petugas.")
    desk.act("Setujui dan tanda tangani")
    desk.says("Sekarang di meja Petugas Pengaduan (langkah 7 dari 8).")
    desk.log_out()


def petugas_downloads_the_letter(desk: Desk, folder: Path) -> Path:
    desk.log_in("petugas-pengaduan")
    desk.open(SUBJECT)
    desk.sees("Disetujui, siap ditandatangani", "Disetujui: Kepala Dinas")
    expect(desk.page.locator("article.letter").locator("ins, del")).to_have_count(0)
    with desk.page.expect_download() as waiting:
        desk.page.locator("#surat").get_by_role("link", name="Unduh Word").click()
    assert waiting.value.suggested_filename == "ADU-2026-0001-surat-balasan-2.docx"
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def petugas_sends_it_and_records_its_receipt(desk: Desk) -> None:
    desk.act("Kirim surat balasan", {"Pindaian surat bertanda tangan": photo("pindaian.jpg")})
    desk.says("Kirim surat balasan. Berkas ada di meja Anda.")
    desk.sees("Menunggu Pengadu", "Pindaian surat bertanda tangan (pindaian.jpg)", "Terkirim")
    desk.act("Surat telah diterima")
    desk.says("ADU-2026-0001: Surat telah diterima. Berkas selesai.")
    desk.log_out()


def the_letter_says_what_was_typed(path: Path) -> None:
    word = Document(str(path))
    head = {row.cells[0].text: row.cells[2].text for row in word.tables[0].rows}
    text = "\n".join(one.text for one in word.paragraphs)

    assert head["Hal"] == f"Jawaban atas pengaduan tentang {SUBJECT}"
    assert "Yth. Sdr. Fitri Teladani\ndi Jalan Contoh Nomor 2\nKelurahan Contoh Hulu" in text
    assert "pengaduan Saudara nomor ADU-2026-0001 tanggal 12 Januari 2026" in text
    assert SECOND_TEXT in text
    assert "loket 2" not in text
    assert "{{" not in text


def the_letter_prints_on_one_page(path: Path) -> None:
    print_all(path.parent, path)
    printed = path.with_suffix(".pdf")
    text = text_of(printed)

    assert text.count("\f") == 1
    assert "PEMERINTAH KOTA CONTOH DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL" in text
    assert "Contoh, 12 Januari 2026" in text
    assert "KEPALA DINAS, Disdukcapil.Kadis Contoh" in text
    paper = picture_of(printed)
    dark = sum(paper.histogram()[:128]) / (paper.width * paper.height)
    assert 0.005 < dark < 0.2  # a page of text: neither empty nor a black box


def the_case_is_closed_with_all_its_steps() -> None:
    db.session.rollback()
    case = db.session.scalars(db.select(Case)).one()
    letter = db.session.scalars(db.select(Letter)).one()

    assert (case.status, case.outcome, case.number) == (Status.CLOSED, "selesai", "ADU-2026-0001")
    assert case.procedure_version.code == "pengaduan-menengah"
    assert [(one.step, one.action) for one in case.events if one.action] == [
        ("antrian", "forward"),
        ("informasi", "forward"),
        ("pencatatan", "forward"),
        ("arahan", "forward"),
        ("penyusunan", "forward"),
        ("pemeriksaan", "return"),
        ("arahan", "forward"),
        ("penyusunan", "forward"),
        ("pemeriksaan", "approve"),
        ("pengiriman", "forward"),
        ("penerimaan", "close"),
    ]
    assert (letter.state, letter.revision, letter.fields["isi"]) == (
        LetterState.RECEIVED,
        2,
        SECOND_TEXT,
    )
    assert all(desk.left_at for desk in case.assignments)
