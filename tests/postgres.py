"""A PostgreSQL of the test's own: on loopback, in a folder of its own, run by a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
IS_HERE = bool(FOLDERS)
MISSING = "没有 PostgreSQL（可用 .ci/install-postgres 安装），跳过 · PostgreSQL is not installed"


@contextmanager
def cluster() -> Iterator[int]:
    """The port of a fresh cluster with a database `lake` for the user `duban`; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="duban-postgres-"))
    data, port = folder / "data", _free_port()
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        _run("initdb", "-D", str(data), "-U", "duban", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
        _run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            _run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "duban", "lake")
            yield port
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> None:
    command = [str(FOLDERS[-1] / program), *arguments]
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/", check=False, **user
    )
    assert done.returncode == 0, f"{program}: {done.stderr}"


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
