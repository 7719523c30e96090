"""The workbook's sheets about what was delivered, and its dictionary."""

from __future__ import annotations

from collections.abc import Iterable

from flows.report.palette import STATUSES
from flows.report.reading import Row
from flows.report.sheet import Column, Pen
from models import notation
from models.words import reason_word, word


def write_refusals(pen: Pen) -> None:
    """Everything refused or set apart, with file, row and reason."""
    rows = [
        problem | {"received": delivery["received"], "reporting_office": delivery["reporting_office"]}
        for delivery in pen.month.deliveries
        for problem in map(dict, pen.month.rejections.get(delivery["delivery_id"], ()))
    ]
    columns = (
        Column("received", 12, "date", lambda row: row["received"]),
        Column(
            "reporting_office",
            18,
            "wrap",
            lambda row: pen.month.office_name(row["reporting_office"], pen.lang),
        ),
        Column("file", 34, "wrap", lambda row: row["file"]),
        Column("sheet", 12, "text", lambda row: row["sheet"]),
        Column("row", 7, "integer", lambda row: row["row"] or None),
        Column("column", 10, "text", lambda row: row["column"]),
        Column("value", 14, "text", lambda row: row["value"]),
        Column("rule", 22, "text", lambda row: row["rule"]),
        Column("message", 60, "wrap", lambda row: reason_word(row, pen.lang)),
        Column("decision", 10, "text", lambda row: _decision(row, pen.lang)),
        Column("decided_by", 12, "text", lambda row: row["decided_by"]),
    )
    _plain_sheet(pen, "refusals", columns, rows)


def _decision(row: Row, lang: str) -> str:
    return word(f"decision.{row['decision']}", lang) if row["decision"] else word("decision.open", lang)


def write_receipts(pen: Pen) -> None:
    """One receipt a delivery: what came, when, and what became of it."""
    columns = (
        Column("received", 12, "date", lambda row: row["received"]),
        Column(
            "reporting_office",
            18,
            "wrap",
            lambda row: pen.month.office_name(row["reporting_office"], pen.lang),
        ),
        Column("file", 34, "wrap", lambda row: row["file"]),
        Column(
            "outcome",
            10,
            "text",
            lambda row: word(f"outcome.{row['outcome']}", pen.lang) if row["outcome"] else "",
        ),
        Column("rows_read", 9, "integer", lambda row: row["rows_read"]),
        Column("rows_accepted", 9, "integer", lambda row: row["rows_accepted"]),
        Column("rows_quarantined", 9, "integer", lambda row: row["rows_quarantined"]),
        Column(
            "finality",
            9,
            "text",
            lambda row: word(f"finality.{row['finality']}", pen.lang) if row["finality"] else "",
        ),
        Column(
            "provenance",
            9,
            "text",
            lambda row: word(f"provenance.{row['provenance']}", pen.lang) if row["provenance"] else "",
        ),
        Column("encoding", 10, "text", lambda row: row["encoding"]),
        Column("sha256", 70, "text", lambda row: row["sha256"]),
        Column("delivery_id", 20, "text", lambda row: row["delivery_id"]),
    )
    _plain_sheet(pen, "receipts", columns, pen.month.deliveries, printed=len(columns) - 2)


def _plain_sheet(
    pen: Pen, name: str, columns: tuple[Column, ...], rows: Iterable[Row], *, printed: int | None = None
) -> None:
    sheet = pen.sheet(name, landscape=True)
    top = pen.table(sheet, name, columns, tuple(rows), printed=printed)
    sheet.freeze_panes(top + 1, 0)


def write_dictionary(pen: Pen) -> None:
    """What each status means, the rules behind the colours, and what each column of the tables says."""
    from models.relations import PUBLISHED

    variance = next(relation for relation in PUBLISHED if relation.name == "variance")
    lines = [("AC, PL, ΔPL", word("page.notation", pen.lang))]
    lines += [(word(f"status.{s}", pen.lang), word(f"status_meaning.{s}", pen.lang)) for s in STATUSES]
    lines += [(rule_name(rule, pen.lang), rule_text(rule, pen.lang)) for rule in pen.month.rules]
    lines += [(c.name, c.zh if pen.lang == "zh" else c.en) for c in variance.columns]
    columns = (
        Column("term", 34, "wrap", lambda row: row["term"]),
        Column("meaning", 90, "wrap", lambda row: row["meaning"]),
    )
    _plain_sheet(pen, "dictionary", columns, [{"term": term, "meaning": meaning} for term, meaning in lines])


def rule_name(rule: Row, lang: str) -> str:
    """Rule set, kind and nature: `default@1 增速`."""
    nature = "" if rule["nature"] in (None, "*") else f" {word('key.' + rule['nature'], lang)}"
    return f"{rule['rule_set']} {word('kind.' + rule['kind'], lang)}{nature} {rule['priority']}"


def rule_text(rule: Row, lang: str) -> str:
    """The condition and the status it gives, then the book's own words."""
    status = word(f"status.{rule['status']}", lang)
    if rule["operator"] == "any":
        condition = word("rule.otherwise", lang)
    else:
        subject = word(f"rule.{rule['rule_subject']}", lang)
        condition = f"{subject} {rule['operator']} {notation.number(rule['threshold'])}"
    text = f"{condition} → {status}"
    label = (rule.get("label_en") if lang == "en" else None) or rule["label"]
    return word("rule.labelled", lang, text=text, label=label) if label else text
