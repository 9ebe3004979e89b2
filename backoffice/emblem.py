"""The logo of an office's kop: any picture that was brought, painted anew and kept as a small PNG.

What lay behind or around the picture (place, camera, further frames, an empty rim) does not come
along. White paper shines through where it is transparent.
"""

from __future__ import annotations

import hashlib
import io

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from backoffice.errors import Incomplete
from models import Office

MEBIBYTE = 1024 * 1024
MOST_BYTES, MOST_PIXELS = 5 * MEBIBYTE, 40_000_000
LONGEST_SIDE, SHORTEST_SIDE = 600, 120  # pixels of the longer side: kept, and the least to print
MOST_OBLONG = 5  # how many times longer than wide; more would be a thread beside the text
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
RIM = 32  # how far from white, of 255, still counts as the empty rim; JPEG leaves a shadow
WHITE = (255, 255, 255)


def read(data: bytes, *, trimmed: bool = False) -> bytes:
    """The logo as a PNG, its longer side at most 600 pixels, the same bytes for the same file.

    `trimmed`: it was read before, in another installation, and stays exactly as it is.
    Refuses with a code at `logo`: `logo_empty`, `logo_big`, `logo_type`, `logo_moves`,
    `logo_pixels`, `logo_damaged`, `logo_blank`, `logo_small`, `logo_oblong`.
    """
    if not data:
        raise _refused("logo_empty")
    if len(data) > MOST_BYTES:
        raise _refused("logo_big")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _judge(picture)
            painted = _painted(picture)
            painted = painted.crop(_inside(painted)) if not trimmed else painted
    except UnidentifiedImageError as error:
        raise _refused("logo_type") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused("logo_damaged") from error
    painted.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return png(painted)


def give(office: Office, data: bytes) -> None:
    """Read a picture and make it the logo of the office; refuses as `read` does."""
    put(office, read(data))


def put(office: Office, logo: bytes) -> None:
    """Make what was read the logo of the office."""
    office.logo, office.logo_sha256 = logo, hashlib.sha256(logo).hexdigest()


def take_away(office: Office) -> None:
    """Letters have no logo any more; what was issued keeps the one it had."""
    office.logo, office.logo_sha256 = None, ""


def png(picture: Image.Image) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _refused(code: str) -> Incomplete:
    return Incomplete({"logo": code})


def _judge(picture: Image.Image) -> None:
    """Refuse before a pixel is read."""
    if picture.width * picture.height > MOST_PIXELS:
        raise _refused("logo_pixels")
    if getattr(picture, "n_frames", 1) > 1:
        raise _refused("logo_moves")


def _painted(picture: Image.Image) -> Image.Image:
    """The picture upright on a new canvas, which has none of the old one's information."""
    if picture.format == "JPEG":
        picture.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    upright = ImageOps.exif_transpose(picture).convert(mode)
    canvas = Image.new(mode, upright.size)
    canvas.paste(upright)
    return canvas


def _inside(picture: Image.Image) -> tuple[int, int, int, int]:
    """The box within the white or transparent rim, which would make the logo small on paper."""
    flat = on_white(picture)
    apart = ImageChops.difference(flat, Image.new("RGB", flat.size, WHITE)).convert("L")
    box = apart.point(lambda value: 255 if value > RIM else 0).getbbox()
    if box is None:
        raise _refused("logo_blank")
    long, short = sorted((box[2] - box[0], box[3] - box[1]), reverse=True)
    if long < SHORTEST_SIDE:
        raise _refused("logo_small")
    if long > MOST_OBLONG * short:
        raise _refused("logo_oblong")
    return box


def on_white(picture: Image.Image) -> Image.Image:
    """The picture as it looks on paper."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    paper = Image.new("RGB", picture.size, WHITE)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper
