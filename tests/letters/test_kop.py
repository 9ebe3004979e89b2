"""The logo of an office: read from whatever was brought, and in the kop of everything it writes."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256

import pytest
from docx import Document
from PIL import Image, ImageChops, ImageDraw

from backoffice import emblem
from backoffice.errors import Incomplete
from backoffice.figures.paper import Paper
from backoffice.letters import (
    disposition_sheet,
    drafting,
    issuing,
    kop,
    meeting_papers,
    pictures,
    templates,
)
from backoffice.letters.checking import OFFERED
from backoffice.letters.fill import fill
from backoffice.letters.pictures import LOGO
from models import Disposition, Meeting, Office, db
from tests.factories import NOW, actor, make_case, post_of
from tests.letters import ecma
from tests.letters.samples import SAMPLES, template
from tests.statements import counted

pytestmark = [pytest.mark.letters, pytest.mark.sqlite]
SHAPES = {"potret": (320, 400), "lanskap": (500, 150), "persegi": (300, 300)}
BLUE = (20, 90, 160)


def arms(size: tuple[int, int] = (320, 400), kind: str = "PNG", rim: int = 0) -> bytes:
    """A blue shield of that size on nothing (on white, where the kind knows no transparency)."""
    mode, around = ("RGB", (255, 255, 255)) if kind == "JPEG" else ("RGBA", (0, 0, 0, 0))
    picture = Image.new(mode, (size[0] + 2 * rim, size[1] + 2 * rim), around)
    corner = (rim + size[0] - 1, rim + size[1] - 1)
    ImageDraw.Draw(picture).ellipse(
        [(rim, rim), corner], fill=BLUE if mode == "RGB" else (*BLUE, 255)
    )
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """A picture in memory."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture


def refused(data: bytes) -> str:
    """The code with which a file is refused as a logo."""
    with pytest.raises(Incomplete) as refusal:
        emblem.read(data)
    return refusal.value.fields["logo"]


def ink_of(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where the picture is not white."""
    flat = emblem.on_white(picture.convert("RGBA"))
    apart = ImageChops.difference(flat, Image.new("RGB", flat.size, "white")).convert("L")
    box = apart.point(lambda value: 255 if value > 60 else 0).getbbox()
    assert box is not None
    return box


# -- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_of_any_usual_kind_is_kept_as_a_png_without_its_rim(kind: str) -> None:
    kept = opened(emblem.read(arms(kind=kind, rim=90)))
    assert kept.format == "PNG"
    assert abs(kept.width - 320) < 9
    assert abs(kept.height - 400) < 9
    assert kept.has_transparency_data == (kind != "JPEG")


def test_a_large_logo_is_made_smaller_and_the_same_file_gives_the_same_bytes() -> None:
    kept = emblem.read(arms((960, 1200)))
    assert opened(kept).size == (480, 600)
    assert emblem.read(arms((960, 1200))) == kept


def test_nothing_but_the_picture_is_kept() -> None:
    picture = opened(arms())
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = "RAHASIA"
    picture.save(out, "PNG", exif=exif)
    assert b"RAHASIA" in out.getvalue()
    assert b"RAHASIA" not in emblem.read(out.getvalue())


def test_a_file_that_is_no_logo_is_refused_with_its_reason() -> None:
    blank = io.BytesIO()
    Image.new("RGB", (400, 400), "white").save(blank, "PNG")
    moving = io.BytesIO()
    frames = [Image.new("RGB", (200, 200), one) for one in ("red", "blue")]
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    large = io.BytesIO()
    Image.new("1", (8000, 6000)).save(large, "PNG")
    assert refused(b"") == "logo_empty"
    assert refused(bytes(emblem.MOST_BYTES + 1)) == "logo_big"
    assert refused(b"<svg xmlns='http://www.w3.org/2000/svg'/>") == "logo_type"
    assert refused(b"%PDF-1.7") == "logo_type"
    assert refused(arms()[:200]) == "logo_damaged"
    assert refused(blank.getvalue()) == "logo_blank"
    assert refused(moving.getvalue()) == "logo_moves"
    assert refused(large.getvalue()) == "logo_pixels"
    assert refused(arms((60, 80))) == "logo_small"
    assert refused(arms((600, 60))) == "logo_oblong"


# -- in its frame --------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_a_logo_of_any_shape_stands_in_the_middle_of_its_frame_and_is_not_stretched(
    shape: str,
) -> None:
    wide, high = SHAPES[shape]
    placed = opened(pictures.framed(emblem.read(arms((wide, high))), (16, 20)))
    assert abs(placed.width / placed.height - 16 / 20) < 0.02
    left, top, right, bottom = ink_of(placed)
    assert abs((right - left) / (bottom - top) - wide / high) < 0.1
    assert abs(left - (placed.width - right)) <= 2
    assert abs(top - (placed.height - bottom)) <= 2
    assert max((right - left) / placed.width, (bottom - top) / placed.height) > 0.97


def test_a_picture_of_the_shape_of_its_frame_is_put_in_as_it_is() -> None:
    logo = emblem.read(arms())
    assert pictures.framed(logo, (16, 20)) is logo
    assert pictures.framed(logo, None) is logo


def test_a_heavy_logo_is_made_lighter_for_the_letters() -> None:
    noise = Image.effect_noise((480, 600), 90).convert("RGB")
    logo = emblem.read(emblem.png(noise))
    assert len(logo) > 400_000
    light = pictures.framed(logo, (16, 20))
    assert len(light) < 100_000
    assert opened(light).size == (256, 320)


# -- in the letters ------------------------------------------------------------------------------


def pictures_in(letter: bytes) -> list[bytes]:
    """The pictures of a Word file that something in it shows."""
    with zipfile.ZipFile(io.BytesIO(letter)) as package:
        names = package.namelist()
        kop_of = [one for one in names if one.startswith("word/header")]
        shown = [one for one in kop_of if b'descr="Lambang daerah"' in package.read(one)]
        media = [one for one in names if one.startswith("word/media/")]
        return [package.read(one) for one in media] if shown else []


@pytest.fixture
def office(dukcapil: Office) -> Office:
    """Disdukcapil with its arms."""
    emblem.give(dukcapil, arms(SHAPES["lanskap"]))
    db.session.commit()
    return dukcapil


def test_without_a_logo_its_picture_is_gone_from_every_paper() -> None:
    for kind, values in SAMPLES.items():
        assert pictures_in(fill(template(kind), values)) == []


def test_everything_an_office_writes_has_its_logo_in_the_kop(office: Office) -> None:
    logo = pictures.framed(kop.logo_of(office) or b"", (16, 20))
    case = make_case(office, "pengaduan-menengah", "penyusunan")
    ani, citra = actor(office, "petugas-pengaduan"), actor(office, "kadis")
    letter = drafting.save_draft_letter(
        case, "surat-balasan", {"isi": "Selesai.", "hal": "Jawaban"}, actor=ani, now=NOW
    )
    made = [drafting.render(letter), drafting.render(letter, konsep=True)]
    drafting.approve(letter, actor=citra, now=NOW)
    issued = issuing.issued_of(letter.id, with_files=True)
    assert issued is not None
    made += [issued.net, issued.draft, drafting.receipt(case)]
    made += [
        drafting.paper(case, one, actor=ani, now=NOW) for one in ("nota-dinas", "tanda-terima")
    ]
    made.append(drafting.paper(case, "formulir-umpan-balik", actor=ani, now=NOW))
    meeting = Meeting(
        case=case, subject="Rapat", starts_at=NOW, place="Ruang rapat", called_at=NOW,
        chair_post=citra.post, user=citra.user, post=citra.post,
    )  # fmt: skip
    made += [meeting_papers.render(meeting, one) for one in ("undangan-rapat", "daftar-hadir")]
    row = Disposition(
        case=case, from_post=citra.post, to_post=post_of(office, "sekretaris"), user=citra.user,
        duty="report", given_at=NOW, event_id=case.events[0].id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    made.append(disposition_sheet.sheet_file(disposition_sheet.chain_of(row)))
    assert [n for n, one in enumerate(made) if logo not in pictures_in(one)] == []


def test_the_sample_of_every_template_with_a_kop_has_the_logo(office: Office) -> None:
    without = [one for one in OFFERED if not pictures_in(templates.sample(office, one))]
    assert without == ["daftar-rekapan", "daftar-penerima"]  # attachments to a letter


def test_the_logo_is_read_once_for_all_letters_and_never_with_the_office(office: Office) -> None:
    values = SAMPLES["surat-balasan"]
    first = kop.made(office, "surat-balasan", values)
    db.session.expire_all()
    with counted() as statements:
        again = kop.made(office, "surat-balasan", values)
    assert again == first
    assert [one for one in statements if "offices.logo," in one or "offices.logo \n" in one] == []
    assert len(statements) <= 2  # the office, and which templates are in use


def test_a_logo_that_was_exchanged_or_taken_away_is_so_in_the_next_letter(office: Office) -> None:
    before = kop.logo_of(office)
    emblem.give(office, arms(SHAPES["potret"]))
    db.session.commit()
    after = kop.logo_of(office)
    assert after is not None
    assert after != before
    assert office.logo_sha256 == sha256(after).hexdigest()
    emblem.take_away(office)
    db.session.commit()
    assert kop.pictures_of(office)[LOGO] is None


@pytest.mark.parametrize("lying", [False, True])
def test_a_report_and_a_book_have_the_logo_in_their_kop_too(lying: bool) -> None:
    paper = Paper("Laporan", NOW, lying=lying)
    logo = emblem.read(arms(SHAPES["lanskap"]))
    paper.letterhead(SAMPLES["surat-balasan"], logo)
    made = paper.saved()
    assert ecma.faults(made) == []
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        media = [package.read(one) for one in package.namelist() if one.startswith("word/media/")]
    assert media == [pictures.framed(logo, (16, 20))]
    middle = Document(io.BytesIO(made)).tables[0].cell(0, 1)
    assert [one.text for one in middle.paragraphs][:3] == [
        "PEMERINTAH KOTA CONTOH",
        "DINAS KEPENDUDUKAN",
        "DAN PENCATATAN SIPIL",
    ]
