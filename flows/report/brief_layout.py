"""The layout of an official note with python-docx: page, fonts by name with fallbacks, headings, annex table.

GB/T 9704-2012: A4, type area 156 mm x 225 mm (margins 37 top, 28 left, 26 right, 35 bottom), title 小标宋 二号,
body 仿宋 三号 with 22 lines a page, first headings 黑体, second 楷体, page number 四号 between dashes, odd to the
right and even to the left.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import date, datetime, time
from typing import Any, TypeAlias

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

Element: TypeAlias = Any  # python-docx has no types
TITLE, BODY, HEAD, SUBHEAD, PLAIN = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# What a machine without the named font should take instead.
FALLBACKS = {TITLE: "华文中宋", BODY: "仿宋", HEAD: "SimHei", SUBHEAD: "楷体", PLAIN: "SimSun"}
LATIN = "Times New Roman"
SIZES = {"title": 22, "body": 16, "page": 14, "table": 9, "note": 10.5}
LINE = Pt(28)  # 22 lines on the page
ALIGN = WD_ALIGN_PARAGRAPH


class Paper:
    """A note being written; `mark` stands in the header of every page."""

    def __init__(self, *, mark: str, created: date) -> None:
        self.document = Document()
        self.created = datetime.combine(created, time())
        self._set_properties()
        self._set_page(self.document.sections[0])
        self._set_style()
        self.document.settings.odd_and_even_pages_header_footer = True
        self._furnish(self.document.sections[0], mark)

    def title(self, *lines: str) -> None:
        """The note's title, centred, broken where the sense allows."""
        for place, text in enumerate(lines):
            paragraph = self._paragraph(
                ALIGN.CENTER, line=Pt(36), space_before=Pt(28) if place == 0 else None
            )
            self._run(paragraph, text, TITLE, SIZES["title"])

    def subtitle(self, text: str) -> None:
        """The line under the title."""
        self._run(self._paragraph(ALIGN.CENTER, space_after=Pt(14)), text, SUBHEAD, SIZES["body"])

    def heading(self, text: str) -> None:
        """A first-level heading."""
        paragraph = self._paragraph(ALIGN.JUSTIFY, indent=True)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, text, HEAD, SIZES["body"])

    def body(self, text: str) -> None:
        """A paragraph."""
        self._run(self._paragraph(ALIGN.JUSTIFY, indent=True), text, BODY, SIZES["body"])

    def item(self, lead: str, text: str) -> None:
        """A paragraph that begins with its subject in 楷体."""
        paragraph = self._paragraph(ALIGN.JUSTIFY, indent=True)
        self._run(paragraph, lead, SUBHEAD, SIZES["body"], bold=True)
        self._run(paragraph, text, BODY, SIZES["body"])

    def warning(self, text: str) -> None:
        """A paragraph nobody overlooks."""
        run = self._run(self._paragraph(ALIGN.JUSTIFY, indent=True), text, HEAD, SIZES["body"])
        run.font.color.rgb = RGBColor(0xB3, 0x17, 0x0E)

    def close(self, annex: str, office: str, day: str) -> None:
        """The annex by name, who issues the note, and its date; never alone on a page without text of the note."""
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        paragraph = self._paragraph(ALIGN.LEFT, indent=True, space_before=LINE)
        paragraph.paragraph_format.keep_with_next = True
        self._run(paragraph, f"附件：{annex}", BODY, SIZES["body"])
        for place, text in enumerate(filter(None, (office, day))):
            paragraph = self._paragraph(ALIGN.RIGHT, space_before=Pt(28) if place == 0 else None)
            paragraph.paragraph_format.right_indent = Pt(SIZES["body"] * 4)
            paragraph.paragraph_format.keep_with_next = place == 0 and bool(office)
            self._run(paragraph, text, BODY, SIZES["body"])

    def annex(
        self,
        title: str,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        note: str,
    ) -> None:
        """A table on pages of its own; its header repeats."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._set_page(section)
        section.left_margin = section.right_margin = Mm(13)
        self._run(self._paragraph(ALIGN.LEFT), "附件", HEAD, SIZES["body"])
        for line in title.split("\n"):
            self._run(self._paragraph(ALIGN.CENTER, space_after=Pt(4)), line, TITLE, 18)
        table = self.document.add_table(rows=0, cols=len(header))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for place, cells in enumerate([header, *rows[:1]]):
            self._row(table, cells, widths, is_header=place == 0)
        for cells in rows[1:]:
            _repeat_row(table, cells)
        self._run(self._paragraph(ALIGN.LEFT, line=Pt(16), space_before=Pt(6)), note, PLAIN, SIZES["note"])

    def bytes(self) -> bytes:
        """The file; entries carry a fixed time, so that the same note has the same bytes."""
        self._name_fallbacks()
        plain = io.BytesIO()
        self.document.save(plain)
        return _with_fixed_times(plain.getvalue())

    # -- parts ----------------------------------------------------------------------------------------------
    def _paragraph(
        self,
        alignment: Element,
        *,
        indent: bool = False,
        line: Pt = LINE,
        space_before: Pt | None = None,
        space_after: Pt | None = None,
    ) -> Element:
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        paragraph.alignment = alignment
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = line
        form.space_before, form.space_after = space_before or Pt(0), space_after or Pt(0)
        if indent:
            _indent_two_characters(paragraph)
        return paragraph

    def _run(self, paragraph: Element, text: str, font: str, size: float, *, bold: bool = False) -> Element:
        run = paragraph.add_run(text)
        run.font.name = LATIN
        run.font.size = Pt(size)
        run.font.bold = bold
        run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
        return run

    def _row(self, table: Element, cells: Sequence[str], widths: Sequence[int], *, is_header: bool) -> None:
        row = table.add_row()
        _mark_row(row, is_header=is_header)
        for place, (cell, text, width) in enumerate(zip(row.cells, cells, widths, strict=True)):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            paragraph = cell.paragraphs[0]
            paragraph.alignment = ALIGN.LEFT if place in (1, 2) and not is_header else ALIGN.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.line_spacing = Pt(13)
            self._run(paragraph, text, HEAD if is_header else BODY, SIZES["table"])

    def _set_properties(self) -> None:
        properties = self.document.core_properties
        properties.author = properties.last_modified_by = "duban"
        properties.created = properties.modified = self.created
        properties.language = "zh-CN"

    def _set_page(self, section: Element) -> None:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
        section.header_distance = Mm(18)

    def _set_style(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = LATIN, Pt(SIZES["body"])
        normal.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
        for language in self.document.styles.element.iter(qn("w:lang")):
            language.set(
                qn("w:eastAsia"), "zh-CN"
            )  # else a fallback font draws Japanese forms and centred commas

    def _furnish(self, section: Element, mark: str) -> None:
        """Headers with the mark, footers with the page number: odd right, even left."""
        for footer, alignment in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = alignment
            self._run(paragraph, "— ", PLAIN, SIZES["page"])
            _add_page_number(self._run(paragraph, "", PLAIN, SIZES["page"]))
            self._run(paragraph, " —", PLAIN, SIZES["page"])
        for header in (section.header, section.even_page_header) if mark else ():
            header.paragraphs[0].alignment = ALIGN.CENTER
            run = self._run(header.paragraphs[0], mark, HEAD, 10.5)
            run.font.color.rgb = RGBColor(0xB3, 0x17, 0x0E)

    def _name_fallbacks(self) -> None:
        """Tell Word in its font table what to take where a named font is missing."""
        for part in self.document.part.package.iter_parts():
            if str(part.partname) == "/word/fontTable.xml":
                fonts = "".join(
                    f'<w:font w:name="{n}"><w:altName w:val="{a}"/><w:charset w:val="86"/></w:font>'
                    for n, a in FALLBACKS.items()
                )
                part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")


def _indent_two_characters(paragraph: Element) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(int(SIZES["body"] * 2 * 20)))


def _repeat_row(table: Element, cells: Sequence[str]) -> None:
    """One more row like the last one, with other words; to form every row anew takes several times as long."""
    last = table._tbl[-1]
    row = deepcopy(last)
    last.addnext(row)
    for run, text in zip(row.iter(qn("w:r")), cells, strict=True):
        run.text = text


def _mark_row(row: Element, *, is_header: bool) -> None:
    """A row stays on one page; the header is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader") if is_header else ("w:cantSplit",):
        properties.append(OxmlElement(name))


def _add_page_number(run: Element) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _with_fixed_times(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
