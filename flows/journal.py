"""What a run says: one line a fact to stderr for people, and as JSON lines in log/ for machines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from flows.errors import system_words
from models.message import in_language, say
from models.run import TIME_ZONE, RunContext

T = TypeVar("T")


@dataclass
class Journal:
    """Facts of one run. `quiet` keeps stderr silent (JSON output, tests)."""

    folder: Path
    context: RunContext
    quiet: bool = False
    lang: str = "zh"
    _began: float = field(default_factory=time.monotonic)

    def fact(self, stage: str, text: str, **details: object) -> None:
        """Write one fact; failing to write the log file never stops a run."""
        said = in_language(text, self.lang)
        if not self.quiet:
            print(f"{self.context.as_of} {stage:<9}{said}", file=sys.stderr, flush=True)
        now = datetime.now(TIME_ZONE)
        line = {
            "at": now.isoformat(timespec="milliseconds"),
            "run_id": self.context.run_id,
            "as_of": str(self.context.as_of),
            "stage": stage,
            "text": said,
            **details,
        }
        self._append(f"duban-{now:%Y-%m}.jsonl", json.dumps(line, ensure_ascii=False, default=str))

    def timed(self, stage: str, call: Callable[[], T]) -> T:
        """Run a stage and say what it did and how long it took."""
        began = time.monotonic()
        result = call()
        seconds = round(time.monotonic() - began, 3)
        self.fact(stage, say("{result}（{seconds:.1f} 秒）", result=result, seconds=seconds), seconds=seconds)
        return result

    def _append(self, name: str, line: str) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / name).open("a", encoding="utf-8") as handle:
                handle.write(line + "\n")
        except OSError as error:
            lost = say("日志无法写入 {folder}：{reason}", folder=self.folder, reason=system_words(error))
            print(in_language(lost, self.lang), file=sys.stderr)
