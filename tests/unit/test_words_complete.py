"""Every sentence that reaches a person goes through the one catalogue and has its English."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.message import either, in_language, joined, say
from models.sentences import AREAS, ENGLISH

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path for folder in ("flows", "models", "expectations") for path in (ROOT / folder).rglob("*.py")
)
CHINESE = re.compile(r"[\u4e00-\u9fff，。；：（）、]")
# Chinese that is data or has its English beside it, each with the reason why it is no sentence of the catalogue.
NOT_SENTENCES = {
    "models/words": "the keyed catalogue itself",
    "models/page_words.py": "the keyed catalogue itself",
    "models/report_words.py": "the keyed catalogue itself",
    "models/sentences": "the catalogue of sentences itself",
    "models/message.py": "separators in both languages",
    "models/columns.py": "comments of columns, in both languages",
    "models/relations.py": "comments of relations, in both languages",
    "models/assessment.py": "statuses, with their English beside them",
    "models/quantity.py": "units as people write them",
    "models/printed.py": "units as reports print them",
    "models/plan_text.py": "how reports write numbers",
    "models/period": "how people write periods",
    "models/expla": "explanations, each sentence with its English beside it (`pick`)",
    "models/prospects.py": "explanations, each sentence with its English beside it (`pick`)",
    "models/phrase.py": "explanations, each sentence with its English beside it (`pick`)",
    "models/stage_words.py": "verbs of reports",
    "models/notation.py": "numbers and dates by language",
    "models/target.py": "words of the books",
    "flows/command_language.py": "argparse's words in Chinese; it has the English itself",
    "flows/template.py": "the form is filled in and read back in Chinese",
    "flows/report/sheet.py": "a font, and units counted in whole numbers",
    "flows/alert/figure_words.py": "numbers and units by language",
    "flows/alert/message.py": "numerals of headings, by language",
    "flows/alert/target_lines.py": "how explanations mark their label",
    "flows/dictionary.py": "a document in both languages",
    "flows/report/brief": "the brief is written in Chinese",
    "flows/receive/labels.py": "labels as offices write them",
    "flows/receive/headings.py": "headings as offices write them",
    "flows/receive/titles.py": "titles as offices write them",
    "flows/receive/context.py": "what preambles are made of",
    "flows/receive/titled.py": "titles as offices write them",
    "flows/receive/places.py": "what names of regions end with",
    "flows/receive/sections.py": "lines as offices write them",
    "flows/receive/grid_reader.py": "words of tables",
    "flows/receive/decoding.py": "how Chinese text is told from noise",
    "flows/receive/workbooks.py": "marks of cells without a value",
    "flows/receive/meeting.py": "how tables write periods",
    "flows/receive/layouts": "the words by which layouts are known",
}
# Not yet said through the catalogue.
PENDING = (
    "expectations",
    "flows/receive/lexicon.py",
    "models/number.py",
    "models/words_alert.py",
)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in SOURCES:
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def calls_of(tree: ast.Module, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def places(template: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


SAID = [
    (path, call)
    for path, tree in trees()
    if "models.message" in {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    for call in calls_of(tree, "say")
]
TEMPLATES = {call.args[0].value for _, call in SAID if isinstance(call.args[0], ast.Constant)}


def test_a_sentence_is_written_out_where_it_is_said() -> None:
    """An f-string or a variable as template could not be looked up."""
    other = [f"{path}:{call.lineno}" for path, call in SAID if not isinstance(call.args[0], ast.Constant)]
    assert other == []


def test_every_sentence_has_its_english() -> None:
    assert sorted(str(template) for template in TEMPLATES - set(ENGLISH)) == []


def test_no_english_is_kept_for_a_sentence_that_nobody_says() -> None:
    assert sorted(set(ENGLISH) - TEMPLATES) == []


def test_no_sentence_stands_in_two_areas() -> None:
    assert sum(map(len, AREAS)) == len(ENGLISH)


@pytest.mark.parametrize("template", sorted(ENGLISH))
def test_both_languages_have_the_same_places(template: str) -> None:
    assert places(ENGLISH[template]) == places(template)


def test_every_place_is_given_a_value() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, call in SAID
        if isinstance(call.args[0], ast.Constant)
        and places(str(call.args[0].value)) != {keyword.arg for keyword in call.keywords}
    ]
    assert wrong == []


@pytest.mark.parametrize("template", sorted(ENGLISH))
def test_english_holds_chinese_only_in_quotation_marks(template: str) -> None:
    assert not CHINESE.search(re.sub(r"“[^”]*”", "", ENGLISH[template]))


def test_explanations_have_their_english_beside_them() -> None:
    wrong = [
        f"{path}:{call.lineno}"
        for path, tree in trees()
        for call in calls_of(tree, "pick")
        if len(call.args) == 3 and CHINESE.search(re.sub(r"“[^”]*”", "", ast.unparse(call.args[2])))
    ]
    assert wrong == []


def literals(tree: ast.Module) -> Iterator[ast.Constant]:
    """Text outside docstrings and outside `say`, `joined` and `either`."""
    known: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            known.add(id(node.value))
    for name in ("say", "joined", "either"):
        known |= {id(part) for call in calls_of(tree, name) for part in call.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known:
            yield node


@pytest.mark.parametrize("path, tree", [pytest.param(*item, id=str(item[0])) for item in trees()])
def test_chinese_that_reaches_people_goes_through_the_catalogue(path: Path, tree: ast.Module) -> None:
    if any(str(path).startswith(known) for known in (*NOT_SENTENCES, *PENDING)):
        return
    found = [f"{node.lineno}: {node.value}" for node in literals(tree) if CHINESE.search(str(node.value))]
    assert found == []


def test_a_sentence_is_its_chinese_text() -> None:
    said = say("还没有报送。")
    assert said == "还没有报送。"
    assert in_language(said, "zh") == "还没有报送。"
    assert in_language(said, "en") == "There are no deliveries yet."


def test_sentences_within_sentences_are_rendered_too() -> None:
    said = say("相近的有：{near}", near=joined("、", [either("地区生产总值", "GDP"), "x"]))
    assert str(said) == "相近的有：地区生产总值、x"
    assert in_language(said, "en") == "Near it: GDP, x"


def test_an_error_is_rendered_by_what_it_says() -> None:
    error = ValueError(say("不能为空"))
    assert str(error) == "不能为空"
    assert in_language(error, "en") == "it must not be empty"


@pytest.mark.parametrize(
    ("files", "english"),
    [(0, "0 report files written"), (1, "1 report file written"), (2, "2 report files written")],
)
def test_english_counts(files: int, english: str) -> None:
    assert in_language(say("写出报告 {files} 个文件", files=files), "en") == english


def test_what_the_catalogue_does_not_know_stays_chinese() -> None:
    assert in_language("数据", "en") == "数据"
