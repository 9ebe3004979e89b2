"""Pictures are painted anew: what hides behind, in or around one does not come along."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from backoffice.documents import JPEG, PNG, FileKind, Unfit

LONGEST_SIDE = 2400
MOST_PIXELS = 64_000_000
MOST_JPEG_PIXELS = 220_000_000  # a JPEG is read at a fraction of its size, so it may be larger

# Our own limits stand below, before a pixel is read; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None


def clean(data: bytes) -> tuple[bytes, FileKind]:
    """The same picture upright, at most 2,400 pixels long, without place, camera or comment."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP"]) as picture:
            _refuse_bomb(picture)
            return _encode(_painted(picture), lossless=picture.format == "PNG")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unfit("attachment_damaged") from error


def _refuse_bomb(picture: Image.Image) -> None:
    most = MOST_JPEG_PIXELS if picture.format == "JPEG" else MOST_PIXELS
    if picture.width * picture.height > most:
        raise Unfit("attachment_bomb")


def _painted(picture: Image.Image) -> Image.Image:
    if picture.format == "JPEG":
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    clear = picture.has_transparency_data
    mode = "RGBA" if clear else "RGB"
    upright = upright.convert(mode)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # A new canvas has none of the old one's information: no EXIF, no GPS, no profile, no text.
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright)
    return canvas


def _encode(picture: Image.Image, *, lossless: bool) -> tuple[bytes, FileKind]:
    out = io.BytesIO()
    if lossless or picture.mode == "RGBA":
        picture.save(out, "PNG", optimize=True)
        return out.getvalue(), PNG
    picture.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue(), JPEG
