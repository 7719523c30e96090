"""The English of every sentence that is said with `models.message.say`: Chinese template to English template.

One catalogue in files by area; loaded only when somebody asks for English. Places are named alike in both;
`{n:figure|figures}` chooses by number. tests/unit/test_words_complete.py holds that no sentence of the code is
missing here and none here is unused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.sentences.books import BOOKS
from models.sentences.command_line import COMMAND_LINE
from models.sentences.gate import GATE
from models.sentences.lake import LAKE
from models.sentences.mail import MAIL
from models.sentences.receive import RECEIVE
from models.sentences.runs import RUNS
from models.sentences.service import SERVICE

AREAS = (COMMAND_LINE, BOOKS, RUNS, SERVICE, LAKE, GATE, RECEIVE, MAIL)
ENGLISH: Mapping[str, str] = MappingProxyType({zh: en for area in AREAS for zh, en in area.items()})
