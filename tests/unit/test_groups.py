"""Groups of regions: who belongs where, and what may not be split."""

from __future__ import annotations

import pytest

from flows import groups
from flows.errors import ConfigurationError, UsageError
from flows.settings import COMMON, Settings

SETTINGS = Settings(groups={"north": ("110101", "110102"), "south": ("110105",)})


def test_every_region_belongs_to_a_run_of_all_and_to_one_group() -> None:
    for region, own in (("110101", "north"), ("110105", "south"), ("500104", COMMON), ("", COMMON)):
        assert groups.is_of(SETTINGS, None, region)
        found = [name for name in (COMMON, *SETTINGS.groups) if groups.is_of(SETTINGS, name, region)]
        assert found == [own]


def test_a_group_judges_those_of_its_regions_that_are_watched() -> None:
    with_targets = ("110102", "110101", "110105", "500104", "110101")
    assert groups.members(SETTINGS, "north", with_targets) == ("110101", "110102")
    assert groups.members(SETTINGS, COMMON, with_targets) == ("500104",)
    watched = Settings(groups=SETTINGS.groups, regions=("110102", "500104"))
    assert groups.members(watched, "north", with_targets) == ("110102",)
    assert groups.members(watched, "south", with_targets) == ()


@pytest.mark.parametrize(("region", "parent"), [("110101", "110102"), ("110101", "100000")])
def test_a_region_may_be_compared_within_its_group_and_with_common_ones(region: str, parent: str) -> None:
    groups.refuse_compared(SETTINGS, [(region, parent)])


@pytest.mark.parametrize(("region", "parent"), [("110101", "110105"), ("500104", "110105")])
def test_a_region_may_not_be_compared_with_another_group(region: str, parent: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        groups.refuse_compared(SETTINGS, [(region, parent)])
    assert str(caught.value) == (
        f"地区 {region} 要与上级 {parent} 比较，{parent} 不能在另一组。"
        f"请把 {parent} 从 [groups] 中去掉，或与下级放在同一组。"
    )


def test_an_unknown_group_is_told_the_known_ones() -> None:
    groups.require(SETTINGS, "south")
    groups.require(SETTINGS, COMMON)
    with pytest.raises(UsageError) as caught:
        groups.require(SETTINGS, "sout")
    assert str(caught.value) == "没有分组 sout。现有：common、north、south。"
