"""The mails of the sample year: a list checked by hand, the same in every replay, none lost to a crash.

The year is replayed once, from its first figures to the last annual one, so that every month of it is there and its
close. The drill then takes its judged rows and lets the alert stage tell them anew, as of
one date after another, in a process that is killed at random points, against a real mail server.
`DUBAN_KILLS=60 pytest tests/golden` kills it more often; `DUBAN_KILL_SEED=7` elsewhere.
"""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from email import message_from_bytes
from pathlib import Path

import duckdb
import pytest

from tests.e2e.runs import SAMPLE, duban
from tests.golden.mails import mail_list
from tests.mail_server import Behaviour, mail_server
from tests.oracle.mails import Mails, expected_mails

GOLDEN = Path(__file__).parent / "sample_2024_mails.csv"
LAST_MONTH = (
    "2025-07"  # the annual figure of R&D came in July, the assigned values were due then and never came
)
KILLS = int(os.environ.get("DUBAN_KILLS", "12"))
SEED = int(os.environ.get("DUBAN_KILL_SEED", "20241128"))
BOOKS = Path("data/reference")
ALERT_TABLES = (
    "alert", "alert_pass", "notification", "notification_alert", "outbox", "sending", "acknowledgement", "silence",
)  # fmt: skip
# The alert stage alone, as of each judged date in turn; a date that is done is passed over quickly.
TELL_THE_YEAR = """
import sys
from datetime import date, datetime
from pathlib import Path
import duckdb
from flows import warehouse
from flows.alert import alert
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext
var, port = Path(sys.argv[1]), int(sys.argv[2])
settings = Settings(raw=var, var=var, reference=var, smtp_host="localhost" if port else "", smtp_port=port,
                    smtp_security="none", mails_per_minute=0)
with warehouse.locked(settings):
    with warehouse.connect(settings) as connection:
        days = [row[0] for row in connection.execute("select distinct as_of from assessment order by 1").fetchall()]
        done = connection.execute("select max(as_of) from alert_pass").fetchall()[0][0]
    print("at work", flush=True)
    for day in days:
        if done and day < done:
            continue
        context = RunContext(day, datetime(day.year, day.month, day.day, 9, tzinfo=TIME_ZONE))
        warehouse.prepare(settings, context)
        print(day, alert(settings, context), flush=True)
"""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year, replayed from its files until nothing is waited for any more."""
    var = tmp_path_factory.mktemp("year") / "var"
    duban("replay", "--from", "2024-02", "--to", LAST_MONTH, "--raw", SAMPLE, "--var", var)
    return var


def rows(var: Path, text: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(var / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(text).fetchall()


def untold(year: Path, folder: Path) -> Path:
    """A copy of the year in which everything is judged and nothing told."""
    var = folder / "untold"
    var.mkdir()
    shutil.copy(year / "warehouse.duckdb", var / "warehouse.duckdb")
    shutil.copytree(year / "reports", var / "reports")
    with duckdb.connect(str(var / "warehouse.duckdb")) as connection:
        for table in ALERT_TABLES:
            connection.execute(f"delete from {table}")
        connection.execute("update run set mode = 'run'")
    return var


def tell(var: Path, port: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TELL_THE_YEAR, str(var), str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_mail(behaviour: Behaviour, count: int, process: subprocess.Popen[str]) -> None:
    """Until so many more messages have arrived, or the process has nothing more to send."""
    wanted = len(behaviour.kept) + count
    while len(behaviour.kept) < wanted and process.poll() is None:
        time.sleep(0.01)


def test_the_mails_of_the_year_are_those_that_were_checked_by_hand(year: Path) -> None:
    assert (
        mail_list(year / "warehouse.duckdb").splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()
    )


def listed(text: str) -> Mails:
    """The golden list by as-of date and office."""
    found = csv.DictReader(io.StringIO(text))
    return {
        (date.fromisoformat(row["as_of"]), row["office"]): []
        if row["why"] == "digest"
        else sorted(row["why"].split("; "))
        for row in found
    }


def test_the_list_follows_from_the_assessments_and_books_worked_out_a_second_time(year: Path) -> None:
    golden = listed(GOLDEN.read_text(encoding="utf-8"))
    assert expected_mails(year / "warehouse.duckdb", BOOKS) == golden
    days = sorted({day for day, _ in golden})
    assert days[:12] == [date(2024, month, 28) for month in range(3, 13)] + [
        date(2025, 1, 28),
        date(2025, 2, 28),
    ]
    assert days[-1] == date(2025, 8, 28) and len(golden) > 200


def test_a_target_that_comes_in_lumps_is_never_told_as_behind_before_its_date(year: Path) -> None:
    told = """select alert.subject_id, alert.as_of from alert
              inner join assessment as a on a.assessment_id = alert.evidence
              where a.lumpy and a.status = 'slightly_behind' and coalesce(a.schedule_basis, '') <> 'interim'
                and alert.alert_kind not in ('outlook_unlikely', 'headline_figure')"""
    assert rows(year, told) == []


def test_nobody_gets_two_mails_of_one_run_and_nobody_the_same_fact_twice(year: Path) -> None:
    assert rows(year, "select as_of, recipient from notification group by all having count(*) > 1") == []
    twice = """select recipient, alert_id from notification_alert join notification using (notification_id)
               group by all having count(*) > 1"""
    assert rows(year, twice) == []


def test_every_message_is_a_file_and_says_that_the_year_is_simulated(year: Path) -> None:
    files = list((year / "outbox").glob("*/*.eml"))
    assert len(files) == len(rows(year, "select 1 from notification"))
    assert all(
        str(subject).startswith("【模拟】[督办] ")
        for (subject,) in rows(year, "select subject from notification")
    )


def test_a_second_replay_of_a_month_writes_no_mail(year: Path, tmp_path: Path) -> None:
    var = tmp_path / "again"
    shutil.copytree(year, var)
    before = {path: path.stat().st_mtime_ns for path in (var / "outbox").glob("*/*.eml")}
    done = duban("replay", "--from", LAST_MONTH, "--to", LAST_MONTH, "--raw", SAMPLE, "--var", var)
    assert "提醒 0 项，写信 0 封，发出 0 封" in done.stderr
    assert {path: path.stat().st_mtime_ns for path in (var / "outbox").glob("*/*.eml")} == before


@pytest.mark.timeout(600 + 20 * KILLS)  # a process started anew for every kill
def test_a_process_killed_again_and_again_loses_no_mail_and_repeats_none_unrecorded(
    year: Path, tmp_path: Path
) -> None:
    var = untold(year, tmp_path)
    expected = {str(row[0]) for row in rows(year, "select message_id from notification")}
    chance = random.Random(SEED)
    behaviour = Behaviour(hang_seconds=0.2)  # a slow server: most kills fall while a message is on its way
    with mail_server(behaviour) as port:
        killed = 0
        for number in range(KILLS):
            process = tell(var, port)
            assert process.stdout is not None
            process.stdout.readline()  # at work: every other kill falls into deriving, the rest into sending
            if number % 2:
                wait_for_mail(behaviour, chance.randint(1, 6), process)
            time.sleep(chance.uniform(0, 0.4 if number % 2 else 1.5))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
        behaviour.hang_seconds = 0
        last = tell(var, port)
        _, complaints = last.communicate(timeout=300)
    assert last.returncode == 0, complaints
    assert killed > KILLS // 2, "the year was told before the kills could fall"
    arrived = Counter(str(message_from_bytes(envelope.content)["Message-ID"]) for envelope in behaviour.kept)
    assert set(arrived) == expected
    interrupted = Counter(
        str(row[0]) for row in rows(var, "select message_id from sending where outcome = 'interrupted'")
    )
    assert interrupted, "no kill fell between sending and recording"
    assert all(count <= 1 + interrupted[message_id] for message_id, count in arrived.items())
    assert rows(var, "select state, count(*) from outbox group by state") == [("sent", len(expected))]
