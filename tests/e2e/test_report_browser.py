"""The page in a real headless Chromium: what a reader does with it, offline, by mouse and by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import report_year
from playwright.sync_api import Browser, Page, expect, sync_playwright

from flows.report import report
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[1] / "vendor" / "axe.min.js"
HOSTILE = {4: "</script><img src=x onerror='window.hit=1'>", 12: "=1+1 <b onmouseover='window.hit=1'>粗</b>"}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium：请运行 .ci/install-browser"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_page(tmp_path_factory.mktemp("page"), names=HOSTILE)


def write_page(folder: Path, **options: Any) -> str:  # noqa: ANN401
    """A page of the made-up year; gives its address."""
    report_year.build(folder / "warehouse.duckdb", **options)
    as_of = report_year.as_of(options.get("month", 10))
    context = RunContext(as_of=as_of, started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))
    return Path(report(Settings(var=folder), context).files[0]).as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A tab that remembers every complaint and every request that left the page."""

    def __init__(self, browser: Browser, **options: Any) -> None:  # noqa: ANN401
        self.page: Page = browser.new_page(**({"viewport": {"width": 1440, "height": 900}} | options))
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Watched]:
    watched = Watched(browser)
    watched.page.goto(address)
    yield watched
    assert watched.complaints == []
    assert [url for url in watched.requests if not url.startswith(("data:", address))] == []
    assert watched.page.evaluate("window.hit") is None
    watched.page.close()


def names(page: Page) -> list[str]:
    return page.locator("table.variance tbody a.name").all_inner_texts()


def gaps(page: Page) -> list[float]:
    texts = page.locator("table.variance tbody td:nth-child(8) .value").all_inner_texts()
    return [float(text.replace("−", "-")) for text in texts if text != "—"]


def test_every_target_is_there_and_the_worst_first(tab: Watched) -> None:
    assert len(names(tab.page)) == report_year.TARGETS
    assert names(tab.page)[0] == "出让土地"
    expect(tab.page.locator("output")).to_have_text("显示 60 项，共 60 项")


def test_red_comes_before_yellow_and_what_comes_in_lumps_last_of_the_yellow(tab: Watched) -> None:
    rank = tab.page.evaluate(
        """() => { const data = JSON.parse(document.getElementById("data").textContent);
        const rank = (t) => ["missed", "behind"].includes(t.status) ? 0 : t.status !== "slightly_behind" ? 3
          : t.lumpy && t.schedule_basis !== "interim" ? 2 : 1;
        return Object.fromEntries(data.targets.map((t) => [t.name[0], rank(t)])); }"""
    )
    shown = [rank[name] for name in names(tab.page) if name in rank]
    assert shown == sorted(shown)
    assert {0, 1, 2, 3} <= set(shown)


def test_a_heading_sorts_both_ways_and_says_so(tab: Watched) -> None:
    heading = tab.page.locator("th.c-gap_points")
    heading.locator("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert gaps(tab.page) == sorted(gaps(tab.page), reverse=True)
    heading.locator("button").press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert gaps(tab.page) == sorted(gaps(tab.page))
    assert "sort=gap_points&dir=asc" in tab.page.url


def test_names_sort_in_the_order_of_pinyin(tab: Watched) -> None:
    tab.page.locator("select[name=sort]").select_option("name")
    wanted = ["地区生产总值", "服务业增加值", "固定资产投资", "国企利税"]
    assert [name for name in names(tab.page) if name in wanted] == wanted


def test_a_tile_filters_by_status_and_is_pressed(tab: Watched) -> None:
    tile = tab.page.locator(".tile[data-status=behind]")
    count = int(tile.locator(".count").inner_text())
    tile.click()
    expect(tile).to_have_attribute("aria-pressed", "true")
    assert len(names(tab.page)) == count
    assert set(tab.page.locator("table.variance tbody .pill").all_text_contents()) == {"▼ 滞后"}
    assert tab.page.url.endswith("#status=behind")
    tile.click()
    assert len(names(tab.page)) == report_year.TARGETS


def test_office_and_section_filter_together(tab: Watched) -> None:
    tab.page.locator("select[name=office]").select_option(label="区财政局")
    tab.page.locator("select[name=section]").select_option("headline")
    assert names(tab.page) == ["一般公共预算收入"]
    tab.page.get_by_role("button", name="清除条件").click()
    assert len(names(tab.page)) == report_year.TARGETS


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("零售", []),
        ("科技型", ["新增科技型企业"]),
        ("财政局 收入", ["一般公共预算收入", "国有资本经营预算收入"]),
        ("t0007", ["城镇新增就业"]),
        ("没有这个", []),
    ],
)
def test_search_reads_chinese_offices_and_ids(tab: Watched, typed: str, found: list[str]) -> None:
    tab.page.keyboard.press("/")
    tab.page.keyboard.type(typed)
    expect(tab.page.locator("output")).to_have_text(f"显示 {len(found)} 项，共 60 项")
    assert sorted(names(tab.page)) == sorted(found)


def test_the_address_brings_back_what_was_shown(tab: Watched, browser: Browser) -> None:
    tab.page.locator("#search").fill("新增")
    tab.page.locator("select[name=data]").select_option("current")
    tab.page.locator("select[name=sort]").select_option("report")
    other = browser.new_page()
    other.goto(tab.page.url)
    assert names(other) == names(tab.page)
    assert other.locator("#search").input_value() == "新增"
    other.close()


def test_the_panel_opens_by_keyboard_and_gives_the_focus_back(tab: Watched) -> None:
    first = tab.page.locator("table.variance a.name").first
    first.focus()
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#panel-title")).to_contain_text("销售商品房面积")
    assert "t=500104-2024-t0045" in tab.page.url
    tab.page.keyboard.press("Escape")
    expect(tab.page.locator("dialog")).not_to_be_visible()
    assert tab.page.evaluate("document.activeElement.textContent") == "销售商品房面积"
    assert "t=" not in tab.page.url


def test_the_panel_leads_from_the_colour_to_file_and_row(tab: Watched, address: str) -> None:
    tab.page.goto(address + "#t=500104-2024-t0002")
    panel = tab.page.locator("dialog")
    expect(panel.locator("canvas")).to_be_visible()
    expect(panel).to_contain_text("default@1")
    expect(panel).to_contain_text("2024/2024-10_statistics.csv 第4行")
    expect(panel).to_contain_text("逐户走访产值下降超过20%的企业")
    panel.locator("summary", has_text="以表格查看").click()
    expect(panel.locator("table").first).to_contain_text("2024年10月")
    panel.locator("summary", has_text="状态与预期的变化").click()
    expect(panel.locator("table").last).to_contain_text("滞后")


def test_a_restated_figure_keeps_both_versions_on_the_panel(tab: Watched, address: str) -> None:
    tab.page.goto(address + "#t=500104-2024-t0024")
    panel = tab.page.locator("dialog")
    panel.locator("summary", has_text="所用数据与出处").click()
    expect(panel.locator(".chip.replaced")).to_have_count(0)
    tab.page.goto(address + "#t=500104-2024-t0044")
    panel.locator("summary", has_text="所用数据与出处").click()
    expect(panel.locator(".chip.replaced")).to_have_count(1)


def test_arrows_walk_through_the_filtered_targets(tab: Watched) -> None:
    tab.page.locator(".tile[data-status=achieved]").click()
    shown = names(tab.page)
    tab.page.locator("table.variance a.name").first.click()
    tab.page.keyboard.press("ArrowRight")
    expect(tab.page.locator("#panel-title")).to_contain_text(shown[1])
    tab.page.keyboard.press("ArrowLeft")
    expect(tab.page.locator("#panel-title")).to_contain_text(shown[0])


def test_back_closes_the_panel(tab: Watched) -> None:
    tab.page.locator("table.variance a.name").first.click()
    expect(tab.page.locator("dialog")).to_be_visible()
    tab.page.go_back()
    expect(tab.page.locator("dialog")).not_to_be_visible()


def test_a_target_that_does_not_exist_opens_nothing(tab: Watched, address: str) -> None:
    tab.page.goto(address + "#t=%3Cscript%3E&sort=nonsense&status=purple")
    expect(tab.page.locator("dialog")).not_to_be_visible()
    expect(tab.page.locator("output")).to_contain_text("共 60 项")


def test_scripts_in_names_are_shown_as_text(tab: Watched) -> None:
    tab.page.locator("#search").fill("onerror")
    expect(tab.page.locator("table.variance tbody a.name")).to_have_text(HOSTILE[4])
    tab.page.locator("table.variance tbody a.name").click()
    expect(tab.page.locator("#panel-title")).to_contain_text(HOSTILE[4])


def test_the_other_language_is_one_click_away(tab: Watched) -> None:
    tab.page.get_by_role("button", name="English").click()
    expect(tab.page.locator("h1")).to_have_text(
        "Dadukou District: targets of the 2024 government work report"
    )
    expect(tab.page.locator("html")).to_have_attribute("lang", "en")
    assert tab.page.url.endswith("#lang=en")
    expect(tab.page.locator(".tile[data-status=behind]")).to_contain_text("Behind")


def test_late_and_refused_deliveries_show_their_receipts(tab: Watched) -> None:
    deliveries = tab.page.locator("#deliveries")
    expect(deliveries).to_contain_text("认不出这个文件的表式")
    expect(deliveries).to_contain_text("第9行")
    expect(deliveries.locator(".late li").first).to_contain_text("：")


def test_mails_that_did_not_get_out_say_why_and_what_to_do(tab: Watched) -> None:
    letters = tab.page.locator("#deliveries .undelivered li")
    expect(letters).to_have_count(2)
    expect(letters.first).to_contain_text("区商务委、区税务局 [督办] 大渡口：1 项<b>转入滞后</b>")
    expect(letters.first).to_contain_text("已试 1 次，不再自动重发。原因：550 <收件人> unknown")
    expect(letters.first).to_contain_text("duban outbox retry mail1")
    expect(letters.last).to_contain_text("已试 3 次，稍后自动重发。原因：超时")
    expect(letters.last).not_to_contain_text("outbox retry")


def test_simulated_figures_are_marked_beyond_doubt(tab: Watched) -> None:
    expect(tab.page.locator(".band").first).to_be_visible()
    headings = tab.page.locator("main h2").all_inner_texts()
    assert all("模拟数据" in heading for heading in headings)
    assert "模拟数据" in tab.page.title()


def test_official_figures_carry_no_mark_and_nothing_stands_where_it_would_be(
    browser: Browser, tmp_path: Path
) -> None:
    watched = Watched(browser)
    watched.page.goto(write_page(tmp_path, provenance="official", month=2))
    expect(watched.page.locator("#changes")).to_contain_text("这是第一次研判，没有可比的上期。")
    expect(watched.page.locator(".change")).to_have_count(0)
    shown = watched.page.locator("body").inner_text()
    assert "模拟" not in shown
    assert "null" not in shown
    assert "undefined" not in shown
    assert "NaN" not in shown
    assert watched.complaints == []
    watched.page.close()


def test_print_shows_every_row_the_heading_again_and_no_controls(tab: Watched, tmp_path: Path) -> None:
    tab.page.emulate_media(media="print")
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(tab.page.locator(".tools")).not_to_be_visible()
    expect(tab.page.locator(".band").first).to_be_visible()
    assert len(names(tab.page)) == report_year.TARGETS
    assert (
        tab.page.locator("table.variance thead").evaluate("e => getComputedStyle(e).display")
        == "table-header-group"
    )
    document = tab.page.pdf(prefer_css_page_size=True)
    assert document.startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["", "#t=500104-2024-t0002", "#lang=en"])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, state: str) -> None:
    watched = Watched(browser, color_scheme=scheme, bypass_csp=True)
    watched.page.goto(address + state)
    watched.page.add_script_tag(path=AXE)
    watched.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    found = watched.page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    watched.page.close()
    assert [
        (v["id"], [n["target"] for n in v["nodes"]][:3], v["nodes"][0]["failureSummary"])
        for v in found["violations"]
    ] == []


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, address: str, width: int) -> None:
    watched = Watched(browser, viewport={"width": width, "height": 800})
    watched.page.goto(address)
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    watched.page.close()


def test_two_thousand_targets_stay_usable(browser: Browser, tmp_path: Path) -> None:
    address = write_page(tmp_path, count=2000)
    watched = Watched(browser)
    watched.page.goto(address)
    expect(watched.page.locator("output")).to_have_text("显示 2000 项，共 2000 项")
    assert 0 < len(names(watched.page)) < 500, "rows are added as they come into view"
    watched.page.locator("#search").fill("出让土地")
    expect(watched.page.locator("output")).to_have_text("显示 33 项，共 2000 项")
    watched.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(names(watched.page)) == 33
    assert watched.complaints == []
    watched.page.close()
