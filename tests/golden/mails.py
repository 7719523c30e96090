"""The list of mails that a warehouse holds: who was written to, when, and why.

`python -m tests.golden.mails VAR > tests/golden/sample_2024_mails.csv` writes the list anew after a change that
was meant; then read the difference as an official would.
"""

from __future__ import annotations

import csv
import io
import sys
from collections import defaultdict
from pathlib import Path

import duckdb

COLUMNS = ("as_of", "office", "subject", "why")
_QUERY = """
select
    notification.as_of,
    notification.office,
    notification.subject,
    notification.notification_id,
    alert.alert_kind,
    coalesce(delivery.file, alert.subject_id) as about
from notification
left join notification_alert using (notification_id)
left join alert using (alert_id)
left join delivery on delivery.delivery_id = alert.subject_id
order by notification.as_of, notification.office, alert.alert_kind, about
"""


def mail_list(warehouse: Path) -> str:
    """The mails as CSV; `why` lists the transitions told, by kind and subject. A digest tells none."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(_QUERY).fetchall()
    mails: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for as_of, office, subject, _, kind, about in found:
        why = mails[str(as_of), office, subject]
        if kind:
            why.append(f"{kind} {about.removeprefix('500104-2024-')}")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*key, "; ".join(why) or "digest") for key, why in mails.items())
    return text.getvalue()


if __name__ == "__main__":
    sys.stdout.write(mail_list(Path(sys.argv[1]) / "warehouse.duckdb"))
