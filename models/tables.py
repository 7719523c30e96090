"""SQLAlchemy tables made from models/relations.py: the one place that turns the vocabulary into DDL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from models import columns
from models.relations import Relation

_TYPES: dict[str, TypeEngine[Any]] = {
    columns.TEXT: sa.Text(),
    columns.DATE: sa.Date(),
    columns.INTEGER: sa.Integer(),
    columns.BOOLEAN: sa.Boolean(),
    columns.TIMESTAMP: sa.DateTime(),
    columns.DOUBLE: sa.Double(),
    columns.DECIMAL: sa.Numeric(20, 6),
    columns.SHARE: sa.Numeric(18, 6),
}


def build(
    relations: tuple[Relation, ...], schema: str | None = None, *, has_keys: bool = False
) -> sa.MetaData:
    """All `relations` as tables of one metadata, with comments; with their keys only where asked for."""
    metadata = sa.MetaData(schema=schema)
    for item in relations:
        keys = item.key if has_keys else ()
        cells = [
            sa.Column(
                c.name, _TYPES[c.type], primary_key=c.name in keys, autoincrement=False, comment=c.comment
            )
            for c in item.columns
        ]
        sa.Table(item.name, metadata, *cells, comment=item.comment)
    return metadata


def statements(relations: tuple[Relation, ...], schema: str | None = None) -> list[str]:
    """The DDL that creates `relations` with their comments, one statement an entry."""
    dialect = sa.create_mock_engine("duckdb://", lambda *_: None).dialect
    texts: list[str] = []
    for table in build(relations, schema).sorted_tables:
        texts.append(str(sa.schema.CreateTable(table).compile(dialect=dialect)))
        texts.append(str(sa.schema.SetTableComment(table).compile(dialect=dialect)))
        texts += [str(sa.schema.SetColumnComment(c).compile(dialect=dialect)) for c in table.columns]
    return [
        text.replace("%%", "%") for text in texts
    ]  # doubled for drivers that take % parameters; DuckDB's does not
