"""Word files on paper, as LibreOffice prints them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from PIL import Image


def program(name: str, package: str) -> str:
    """Where a program lies; the tests fail without it."""
    found = shutil.which(name)
    assert found, f"{name} ({package}) is needed to print letters in the tests"
    return found


def run(*command: str) -> str:
    """What a program prints; it may take its time on a busy machine."""
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=180)  # noqa: S603
    return done.stdout


def print_all(folder: Path, *files: Path) -> None:
    """Every file as a PDF in the folder; one start of LibreOffice makes them all."""
    soffice = program("soffice", "LibreOffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    to_pdf = ("--headless", "--convert-to", "pdf", "--outdir", str(folder))
    run(soffice, profile, *to_pdf, *map(str, files))


def text_of(pdf: Path) -> str:
    """What the PDF prints, pages divided by form feeds, on one line each."""
    text = run(program("pdftotext", "poppler-utils"), "-layout", str(pdf), "-")
    return "\f".join(" ".join(page.split()) for page in text.split("\f"))


def picture_of(pdf: Path) -> Image.Image:
    """The first page as a picture, in grey."""
    stem = pdf.with_suffix("")
    run(
        program("pdftoppm", "poppler-utils"), "-r", "60", "-png", "-singlefile", str(pdf), str(stem)
    )
    with Image.open(stem.with_suffix(".png")) as picture:
        return picture.convert("L")
