"""Groups of regions: what one run takes together, so that several processes can share a country.

A group's run looks at the deliveries of its own regions and judges its own targets; the forecast pools the errors of
the targets that are judged together, so the groups, and not the processes, decide what comes out. The regions of no
group are common: they are run first and alone, because others may be compared with them.
"""

from __future__ import annotations

from collections.abc import Iterable

from flows.errors import ConfigurationError, UsageError
from flows.settings import COMMON, Settings
from models.message import joined, say


def require(settings: Settings, group: str) -> None:
    """UsageError where there is no such group."""
    if group not in (COMMON, *settings.groups):
        known = joined("、", (COMMON, *settings.groups))
        raise UsageError(say("没有分组 {group}。现有：{known}。", group=group, known=known))


def is_of(settings: Settings, group: str | None, region: str) -> bool:
    """Whether a region belongs to a group; every region belongs to a run of all."""
    return group is None or settings.group_of(region) == group


def members(settings: Settings, group: str, regions: Iterable[str]) -> tuple[str, ...]:
    """The regions of a group that are watched, of those given."""
    return tuple(
        region
        for region in sorted(set(regions))
        if settings.group_of(region) == group and region in (settings.regions or (region,))
    )


def refuse_compared(settings: Settings, parents: Iterable[tuple[str, str]]) -> None:
    """ConfigurationError where a region is compared with one of another group, which may not be judged yet."""
    for region, parent in parents:
        if settings.group_of(parent) not in (COMMON, settings.group_of(region)):
            raise ConfigurationError(
                say(
                    "地区 {region} 要与上级 {parent} 比较，{parent} 不能在另一组。请把 {parent} 从 [groups] 中去掉，或与下级放在同一组。",
                    region=region,
                    parent=parent,
                )
            )
