"""What became of a project, in the words of its promise: 推动华润万象汇B馆开业运营 → 已开业运营, 尚未开业运营."""

from __future__ import annotations

# The outcomes that work reports promise, the fuller form before the shorter one that it contains; what stands in
# front of them (推动, 力促, 加快) is effort and no outcome.
_OUTCOMES = (
    "建成投用", "建成运营", "开业运营", "投产达产", "放量达产", "竣工投产", "主体完工", "全线贯通", "全线通车", "招商落地",
    "开工建设", "试运营", "投用", "投产", "达产", "贯通", "通车", "完工", "竣工", "封顶", "开业", "开园", "落地",
    "建成", "建好", "启用", "开工", "启动", "完成",
)  # fmt: skip


def stage_text(printed: str, *, is_reached: bool, lang: str = "zh") -> str:
    """Whether the promised outcome is there, named as the report names it; 已完成 where it names none."""
    if lang != "zh":
        return "done" if is_reached else "not done yet"
    outcome = next((words for words in _OUTCOMES if words in printed), "完成")
    subject = "主体" if outcome.startswith("主体") else ""
    return f"{subject}{'已' if is_reached else '尚未'}{outcome.removeprefix(subject)}"
