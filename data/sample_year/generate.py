"""Write the simulated year into a raw folder: `python data/sample_year/generate.py [--out DIR] [--seed N]`.

The same seed gives the same bytes. An existing folder of deliveries is replaced.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable
from pathlib import Path

from bureau import write_bureau_csv, write_bureau_xlsx
from deliveries import Delivery, year_of_deliveries
from exports import write_nbs_columns, write_nbs_rows, write_vendor
from form import write_form_csv, write_form_xlsx
from incidents import with_incidents
from long_form import write_long
from other_forms import (
    in_their_forms,
    write_bureau_page,
    write_long_xls,
    write_nbs_regions,
    write_region_table,
)
from series import tell
from stages import project_figures
from story import read_stories

SEED = 2024
SIDE_ENDING = ".delivery.toml"
RAW = Path(__file__).resolve().parents[1] / "raw" / "sample_2024"
WRITERS: dict[str, tuple[str, Callable[[Delivery], bytes]]] = {
    "long": (".csv", write_long),
    "nbs_columns": (".csv", write_nbs_columns),
    "nbs_rows": (".csv", write_nbs_rows),
    "bureau": (".csv", write_bureau_csv),
    "bureau_xlsx": (".xlsx", write_bureau_xlsx),
    "vendor": (".xlsx", write_vendor),
    "form": (".csv", write_form_csv),
    "form_xlsx": (".xlsx", write_form_xlsx),
    "bureau_page": (".txt", write_bureau_page),
    "region_table": (".csv", write_region_table),
    "nbs_regions": (".csv", write_nbs_regions),
    "long_xls": (".xls", write_long_xls),
}


def side_file(delivery: Delivery) -> str:
    """The side file of a delivery; what this generator writes is always `simulated`."""
    return (
        f'region = "{delivery.region}"\n'
        f'reporting_office = "{delivery.office}"\n'
        f"received = {delivery.received.isoformat()}\n"
        'provenance = "simulated"\n'
        f'finality = "{delivery.finality}"\n'
        f'source = "{delivery.source}（模拟）"\n'
        'release_state = "released"\n'
    )


def write_delivery(delivery: Delivery, out: Path) -> None:
    ending, write = WRITERS[delivery.layout]
    path = out / delivery.folder / f"{delivery.name}{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_name(f"{path.name}{SIDE_ENDING}").write_text(
        side_file(delivery), encoding="utf-8", newline="\n"
    )
    path.write_bytes(write(delivery))  # last, so that no file ever lies there without its side file


def generate(out: Path, seed: int) -> int:
    """Write every delivery under `out`; returns how many."""
    figures = [figure for story in read_stories(seed) for figure in tell(story)] + project_figures()
    deliveries = in_their_forms(with_incidents(year_of_deliveries(figures)))
    _clear(out)
    for delivery in deliveries:
        write_delivery(delivery, out)
    return len(deliveries)


def _clear(out: Path) -> None:
    """Empty an earlier result; a folder that holds anything else is left alone."""
    if not out.exists():
        return
    if not all(_is_simulated(path) for path in out.rglob("*") if path.is_file()):
        raise SystemExit(f"{out} holds files that are not from this generator; nothing was changed.")
    shutil.rmtree(out)


def _is_simulated(path: Path) -> bool:
    """A side file that says so, or a file beside such a side file."""
    side = path if path.name.endswith(SIDE_ENDING) else path.with_name(f"{path.name}{SIDE_ENDING}")
    return side.exists() and 'provenance = "simulated"' in side.read_text(encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the simulated year 2024 of Dadukou.")
    parser.add_argument("--out", type=Path, default=RAW)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    print(f"{generate(options.out, options.seed)} deliveries → {options.out}")


if __name__ == "__main__":
    main()
