"""The data dictionary, written from the comments of a published database.

python -m flows.dictionary DATABASE > docs/data_dictionary.md
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models.relations import PUBLISHED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INTRODUCTION = """# Data dictionary · 数据字典

Written by `make dictionary` from the comments in `published/duban.duckdb`; a test holds it to them. The same words
stand in the database itself: `select column_name, comment from duckdb_columns() where table_name = 'variance'`.
由发布的数据库中的注释生成（make dictionary），测试保证两者一致。

Nothing is ever an empty text: what is missing is null. 没有的一律为空（null），不用空字符串。
"""


def dictionary(connection: DuckDBPyConnection) -> str:
    """Markdown: every published relation with its grain and key, every column with type and meaning."""
    tables = dict(connection.execute("select table_name, comment from duckdb_tables()").fetchall())
    columns = connection.execute(
        "select table_name, column_name, data_type, comment from duckdb_columns() where not internal"
        " order by table_name, column_index"
    ).fetchall()
    parts = [INTRODUCTION]
    for relation in PUBLISHED:
        rows = [_line(*row[1:]) for row in columns if row[0] == relation.name]
        parts.append(_section(relation.name, tables[relation.name], relation.key, rows))
    return "\n".join(parts)


def _section(name: str, comment: str, key: tuple[str, ...], rows: list[str]) -> str:
    zh, _, en = comment.partition(" · ")
    keys = ", ".join(f"`{column}`" for column in key)
    head = f"## {name}\n\n{zh}。{en[:1].upper()}{en[1:]}. Key: {keys}.\n\n"
    return head + "| column | type | 含义 | meaning |\n| --- | --- | --- | --- |\n" + "".join(rows)


def _line(column: str, kind: str, comment: str) -> str:
    zh, _, en = comment.replace("|", "\\|").partition(" · ")
    return f"| `{column}` | {kind} | {zh} | {en} |\n"


def main(database: Path) -> None:
    import duckdb

    with duckdb.connect(str(database), read_only=True) as connection:
        sys.stdout.write(dictionary(connection))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
