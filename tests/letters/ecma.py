"""What Word is strict about in a .docx: the order of elements, numbers, relations, content types.

By hand from ECMA-376 part 1 and 4 (transitional): only what our templates and their letters hold.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from backoffice.letters.pictures import DRAWING
from backoffice.letters.tags import TBL, TC, TR, P, R, T, W

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ORDER = {
    name: words.split()
    for name, words in {
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
        "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
        "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
        "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
        "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
        "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish",
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
        "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
        "tcFitText vAlign hideMark",
        "sectPr": "headerReference footnotePr endnotePr type pgSz pgMar paperSrc "
        "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
        "rtlGutter docGrid",
        "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
        "unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr",
        "settings": "writeProtection view zoom removePersonalInformation mirrorMargins "
        "bordersDoNotSurroundHeader bordersDoNotSurroundFooter proofState attachedTemplate "
        "stylePaneFormatFilter documentProtection defaultTabStop autoHyphenation "
        "evenAndOddHeaders drawingGridHorizontalSpacing drawingGridVerticalSpacing "
        "displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
        "characterSpacingControl savePreviewPicture updateFields hdrShapeDefaults footnotePr "
        "endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping "
        "doNotAutoCompressPictures shapeDefaults decimalSymbol listSeparator",
        "tbl": "tblPr tblGrid tr",
        "tblBorders": "top left start bottom right end insideH insideV",
        "tblCellMar": "top left start bottom right end",
        "pBdr": "top left bottom right between bar",
        "body": "p tbl sdt sectPr",
        "inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
    }.items()
}
SAME = {"footerReference": "headerReference"}  # in any order among each other
NEWER = "schemas.microsoft.com"
HOLDERS = {TC, W + "hdr", W + "ftr", W + "txbxContent"}
FIRST = {P: "pPr", R: "rPr", TR: "trPr", TC: "tcPr"}


def faults(data: bytes) -> list[str]:
    """Everything at which Word would ask whether to repair the file, or lose something."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        contents = {name: package.read(name) for name in package.namelist()}
    parts = {
        name: etree.fromstring(content)
        for name, content in contents.items()
        if name.endswith((".xml", ".rels"))
    }
    found = [*_types(contents, parts["[Content_Types].xml"]), *_numbers(parts)]
    for name, root in parts.items():
        found += [f"{name}: {one}" for one in (*_order(root), *_blocks(root), *_texts(root))]
        found += _relations(name, root, parts, contents)
    return [*found, *_styles(parts)]


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _order(root: etree._Element) -> Iterator[str]:
    """Children in the order of the schema, none unknown; what comes first comes first."""
    for element in root.iter(tag=etree.Element):
        if element.tag.startswith(W) or _name(element) == "inline":
            yield from _order_in(element)
    for tag, first in FIRST.items():
        for element in root.iter(tag):
            if first in [_name(one) for one in list(element)[1:]]:
                yield f"{first} is not the first in its {_name(element)}"


def _order_in(element: etree._Element) -> Iterator[str]:
    """The same of one element; newer namespaces are no matter of the schema."""
    known = ORDER.get(_name(element))
    if known is None:
        return
    inside = element.iterchildren(tag=etree.Element)
    names = [SAME.get(_name(one), _name(one)) for one in inside if NEWER not in one.tag]
    unknown = [one for one in names if one not in known]
    if unknown:
        yield f"<{_name(element)}> holds {unknown}"
    elif _name(element) == "body":
        if names[-1:] != ["sectPr"] or "sectPr" in names[:-1]:
            yield "the section does not come last"
    elif sorted(names, key=known.index) != names:
        yield f"<{_name(element)}> in the order {names}"


def _blocks(root: etree._Element) -> Iterator[str]:
    """A cell ends with a paragraph, a header has something, two tables do not touch."""
    for holder in (root, *root.iter(TC, W + "txbxContent")):
        if holder.tag in HOLDERS and (not len(holder) or holder[-1].tag != P):
            yield f"<{_name(holder)}> does not end with a paragraph"
    for table in root.iter(TBL):
        yield from _rows(table)
        following = table.getnext()
        if following is not None and following.tag == TBL:
            yield "two tables touch and would be one"


def _rows(table: etree._Element) -> Iterator[str]:
    """A table has rows, and each of them has its columns."""
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    rows = table.findall(TR)
    if not rows:
        yield "a table has no row"
    for row in rows:
        spans = [one.find(f"{W}tcPr/{W}gridSpan") for one in row.findall(TC)]
        if sum(int(one.get(W + "val")) if one is not None else 1 for one in spans) != columns:
            yield "a row has not as many cells as its table has columns"


def _texts(root: etree._Element) -> Iterator[str]:
    for text in root.iter(T):
        words = text.text or ""
        if words != words.strip() and text.get(SPACE) != "preserve":
            yield f"the spaces around {words!r} would be lost"


def _numbers(parts: dict[str, etree._Element]) -> Iterator[str]:
    """No two pictures, and no two bookmarks, of one number."""
    drawings = Counter(one.get("id") for root in parts.values() for one in root.iter(DRAWING))
    marks = Counter(
        one.get(W + "id") for root in parts.values() for one in root.iter(W + "bookmarkStart")
    )
    for number, times in (*drawings.items(), *marks.items()):
        if times > 1:
            yield f"the number {number} is given {times} times"


def _types(contents: dict[str, bytes], root: etree._Element) -> Iterator[str]:
    """Every part has a content type, and every part that is named is there."""
    endings = {one.get("Extension").lower() for one in root if "Extension" in one.attrib}
    named = [one.get("PartName").lstrip("/") for one in root if "PartName" in one.attrib]
    for name in named:
        if name not in contents:
            yield f"{name} has a content type and is not there"
    for name in contents:
        if name not in named and name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
    if len(named) != len(set(named)):
        yield "a part has two content types"


def _relations(
    name: str, root: etree._Element, parts: dict[str, etree._Element], contents: dict[str, bytes]
) -> Iterator[str]:
    """What a part refers to has its relation, and what a relation names is there."""
    folder, file = posixpath.split(name)
    if name.endswith(".rels"):
        base = posixpath.dirname(folder)
        for one in root:
            target = posixpath.normpath(posixpath.join(base, one.get("Target"))).lstrip("/")
            if one.get("TargetMode") != "External" and target not in contents:
                yield f"{name}: {target} is not there"
        return
    known = parts.get(f"{folder}/_rels/{file}.rels", ())
    ids = {one.get("Id") for one in known}
    for element in root.iter(tag=etree.Element):
        for key, value in element.attrib.items():
            if key.startswith(RELATION) and value not in ids:
                yield f"{name}: {value} is no relation"


def _styles(parts: dict[str, etree._Element]) -> Iterator[str]:
    """Every style that is used is there, once."""
    ids = [one.get(W + "styleId") for one in parts["word/styles.xml"].iter(W + "style")]
    yield from (f"the style {one} is there twice" for one in set(ids) if ids.count(one) > 1)
    for name, root in parts.items():
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for one in root.iter(W + tag):
                if one.get(W + "val") not in ids:
                    yield f"{name}: the style {one.get(W + 'val')} is not there"
