"""A warehouse that several machines may share: settings, claims, and what cannot be reached."""

from __future__ import annotations

LAKE = {
    "分组": "GROUP",
    "只运行一组地区，到报告为止（common 为不在任何组的地区）": "run one group of regions only, as far as its reports (common: the regions of no group)",
    "各组都运行之后：提醒并发布": "after all groups: alert and publish",
    "设置 warehouse 的值（来自 {origin}）不对：只能是 ducklake:postgres:…，或留空使用 --var 下的文件。": "The value of the setting warehouse (from {origin}) is wrong: it is ducklake:postgres:… or empty for the file under --var.",
    "设置 warehouse（来自 {origin}）里不要写密码。请改用 ~/.pgpass 或环境变量 PGPASSWORD。": "Do not write a password into the setting warehouse (from {origin}). Use ~/.pgpass or the variable PGPASSWORD instead.",
    "设置 groups（来自 {origin}）不对：{what}。请在 duban.toml 的 [groups] 下每行写 名称 = [地区代码, …]，一个地区只在一组。": "The setting groups (from {origin}) is wrong: {what}. Under [groups] of duban.toml, write a line each: name = [region code, …], with a region in one group only.",
    "不是分组表": "it is no table of groups",
    "没有分组 {group}。现有：{known}。": "There is no group {group}. There are: {known}.",
    "地区 {region} 要与上级 {parent} 比较，{parent} 不能在另一组。请把 {parent} 从 [groups] 中去掉，或与下级放在同一组。": "Region {region} is compared with {parent} above it, which must not be in another group. Take {parent} out of [groups], or put both into one group.",
    "湖仓无法读写：{reason}。请检查 PostgreSQL 是否在运行、warehouse 与 lake_data 设置是否正确，然后重新运行。": "The lake cannot be read or written: {reason}. Look whether PostgreSQL runs and whether the settings warehouse and lake_data are right, then run again.",
    "湖仓的表结构属于另一个版本的督办，未作改动。湖仓不自动升级：请用写入它的版本，或按 docs/scaling.md 另建湖仓。": "The tables of the lake are those of another version of duban; nothing was changed. A lake is not upgraded by itself: use the version that wrote it, or make a new lake as docs/scaling.md says.",
    "湖仓正由 {who} 使用（自 {since}）。请等它结束，或加 --wait 秒数 等待。": "The lake is held by {who} (since {since}). Wait for it to end, or add --wait SECONDS.",
    "湖仓里还没有数据。请先运行 duban run。": "There is nothing in the lake yet. Run duban run first.",
    "湖仓里还没有台账。请先运行公共部分：duban run --group common。": "There are no books in the lake yet. Run the common regions first: duban run --group common.",
    "湖仓中的台账不是这一天的，或台账已改。请先运行公共部分：duban run --group common，再运行各组。": "The books in the lake are not those of this day, or they were changed. Run the common regions first, duban run --group common, then the groups.",
    "使用湖仓需要附加包：pip install 'duban[scale]'（缺 {name}）。": "A lake needs extra packages: pip install 'duban[scale]' ({name} is missing).",
    "{command} 只用于文件仓库。湖仓请用 pg_dump 备份 PostgreSQL，并同时复制 lake_data 目录（见 docs/scaling.md）。": "{command} is for a warehouse in a file. Keep a lake with pg_dump for its PostgreSQL and a copy of the folder lake_data made together with it (docs/scaling.md).",
    "分组 {groups} 没有运行成功，本次未提醒、未发布；其余各组的数据已保存。原因见 Prefect 页面和 log/，改正后重新运行。": "Groups {groups} did not run through; nothing was told or published this time, what the others took in is kept. Prefect's page and log/ say why; put it right and run again.",
}
