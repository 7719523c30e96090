"""Take the pictures of the README from a sample year that has been run (`make run`).

Usage: `.venv/bin/python docs/screenshots.py [--var var/sample] [--region 500104] [--month 2024-10]`. Needs what
`.ci/install-browser` installs. Writes docs/screenshots/*.png.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

OUT = Path(__file__).parent / "screenshots"
WIDE = {"width": 1440, "height": 900}
# name: window, colour scheme, what stands behind the address, what to bring into view
VIEWS: dict[str, tuple[dict[str, int], str, str, str]] = {
    "page": (WIDE, "light", "", ""),
    "page-en": (WIDE, "light", "#lang=en", ""),
    "table": (WIDE, "light", "", "#variance"),
    "heat": (WIDE, "light", "", "#heat"),
    "milestones": (WIDE, "light", "", "#milestones"),
    "panel": ({"width": 1000, "height": 1250}, "light", "#t={target}", ""),
    "dark": (WIDE, "dark", "", "#variance"),
    "narrow": ({"width": 390, "height": 844}, "light", "", ""),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--var", type=Path, default=Path("var/sample"))
    parser.add_argument("--region", default="500104")
    parser.add_argument("--month", default="2024-10")
    parser.add_argument("--target", default="500104-2024-industrial-value-added-growth")
    asked = parser.parse_args()
    folder = asked.var / "reports" / asked.region / asked.month
    OUT.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in VIEWS:
            shoot(browser, folder / "index.html", name, asked.target)
        browser.close()
    for document in ("brief.docx", "variance.xlsx"):
        print_pages(folder / document)


def shoot(browser: Browser, page: Path, name: str, target: str) -> None:
    """One view of the page."""
    window, scheme, state, goal = VIEWS[name]
    tab = browser.new_page(viewport=window, color_scheme=scheme)  # type: ignore[arg-type]
    tab.goto(page.resolve().as_uri() + state.format(target=target))
    if goal:
        tab.locator(goal).evaluate("(node) => node.scrollIntoView()")
    tab.wait_for_timeout(400)
    tab.screenshot(path=OUT / f"{name}.png")
    tab.close()


def print_pages(document: Path) -> None:
    """The first page of a document as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as place:
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", place, str(document)]
        subprocess.run(convert, check=True, capture_output=True)
        pdf = Path(place) / f"{document.stem}.pdf"
        subprocess.run(
            ["pdftoppm", "-r", "90", "-png", "-singlefile", str(pdf), str(OUT / document.stem)], check=True
        )


if __name__ == "__main__":
    main()
