"""Lines of a run, the warehouse and its backups, rule sets compared, back-tests."""

from __future__ import annotations

STAGES = {
    "{result}（{seconds:.1f} 秒）": "{result} ({seconds:.1f} s)",
    "日志无法写入 {folder}：{strerror}": "The log cannot be written to {folder}: {strerror}",
    "装载 {deliveries} 份，采纳 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处": "{deliveries} {deliveries:delivery|deliveries} loaded, {accepted} {accepted:figure|figures} accepted, {quarantined} quarantined, {refused} refused",
    "校验 {deliveries} 份，通过 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处，提醒 {warnings} 处": "{deliveries} {deliveries:delivery|deliveries} checked, {accepted} {accepted:figure|figures} passed, {quarantined} quarantined, {refused} refused, {warnings} {warnings:remark|remarks}",
    "研判 {targets} 个目标，新增研判 {assessments_written} 条": "{targets} {targets:target|targets} judged, {assessments_written} {assessments_written:assessment|assessments} written",
    "写出报告 {files} 个文件": "{files} report {files:file|files} written",
    "发布 {relations} 张表 → {path}": "{relations} {relations:table|tables} published → {path}",
    "留待重建完成": "left until the rebuild is done",
    "截至 {as_of}，{targets} 个目标：{named}": "As of {as_of}, {targets} {targets:target|targets}: {named}",
    "打开 {file}": "Open {file}",
    "查询 duckdb -readonly {file}": "Query duckdb -readonly {file}",
    "装载 {deliveries} 份，采纳 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处；邮件 {messages} 封": "{deliveries} {deliveries:delivery|deliveries} loaded, {accepted} {accepted:figure|figures} accepted, {quarantined} quarantined, {refused} refused; {messages} {messages:mail|mails}",
    "产出目录 {var} 在报送文件目录 {raw} 之内，产出会被当作报送。请用 --var 另选目录。": "The output folder {var} lies inside the folder of deliveries {raw}, so what is made would be taken for a delivery. Choose another with --var.",
    "{path}：来源为 {provenance}，与仓库中已有数据不同。模拟数据与真实数据不能放在同一个仓库，请用 --var 另选目录。": "{path}: its provenance is {provenance}, that of the warehouse is another. Simulated and real figures cannot share a warehouse; choose another with --var.",
    "无法写入报告 {path}（{strerror}）。请检查磁盘空间与权限后重新运行。": "The report {path} cannot be written ({strerror}). Check disk space and permissions and run again.",
}
WAREHOUSE = {
    "仓库 {warehouse} 正由{holder}使用。请等它结束，或加 --wait 秒数 等待。": "The warehouse {warehouse} is in use by {holder}. Wait until it is done, or add --wait SECONDS.",
    "{host} 上的进程 {pid}（{purpose}，自 {since}）": "process {pid} on {host} ({purpose}, since {since})",
    "另一个进程": "another process",
    "数据库 {path} 无法读写：{first}。请检查磁盘空间与权限后重新运行。": "The database {path} cannot be read or written: {first}. Check disk space and permissions and run again.",
    "数据库 {path} 正被另一个程序打开。请关闭它后重试；查询请用 published/duban.duckdb。": "Another program has the database {path} open. Close it and try again; for queries use published/duban.duckdb.",
    "数据库 {path} 已损坏，未作改动。{way_out}。": "The database {path} is damaged; nothing was changed. {way_out}.",
    "重新运行 duban run 即可重新发布": "Run duban run to publish it anew",
    "请用 duban restore 恢复备份，或 duban rebuild 由原始文件重建": "Restore a backup with duban restore, or rebuild from the files with duban rebuild",
    "仓库 {path} 由更新的版本写成（结构 {version}，本程序只认识 {schema_version}）。请升级程序，文件未作改动。": "A newer version wrote the warehouse {path} (structure {version}; this one knows {schema_version}). Upgrade duban; the file was not changed.",
    "仓库 {path} 含有本程序不认识的栏目 {columns}，由更新的版本写成。请升级程序，文件未作改动。": "The warehouse {path} has columns that are unknown here ({columns}): a newer version wrote it. Upgrade duban; the file was not changed.",
    "仓库 {path} 由较早的版本写成，已升级；原文件留在 {kept}。": "An earlier version wrote the warehouse {path}; it was upgraded. The old file is kept in {kept}.",
    "还没有发布的数据库 {published}。请先运行 duban run（或 make run）。": "There is no published database {published} yet. Run duban run (or make run) first.",
    "还没有仓库 {warehouse}。请先运行 duban run（或 make run）。": "There is no warehouse {warehouse} yet. Run duban run (or make run) first.",
    "无法在 {var} 写入（{strerror}）。请检查磁盘与权限，或用 --var 换一个目录。": "{var} cannot be written to ({strerror}). Check the disk and permissions, or choose another folder with --var.",
    "{path} 不是督办的仓库文件。请选用 duban backup 生成的文件。": "{path} is no warehouse of duban. Choose a file that duban backup made.",
}
LAKE = {
    "湖仓里还没有数据。请先运行 duban run。": "The lake holds no data yet. Run duban run first.",
    "湖仓里还没有台账。请先运行公共部分：duban run --group common。": "The lake holds no books yet. Run the common part first: duban run --group common.",
    "使用湖仓需要附加包：pip install 'duban[scale]'（缺 {name}）。": "A lake needs more packages: pip install 'duban[scale]' ({name} is missing).",
    "湖仓无法读写：{reason}。请检查 PostgreSQL 是否在运行、warehouse 与 lake_data 设置是否正确，然后重新运行。": "The lake cannot be read or written: {reason}. Check that PostgreSQL runs and that the settings warehouse and lake_data are right, then run again.",
    "湖仓的表结构属于另一个版本的督办，未作改动。湖仓不自动升级：请用写入它的版本，或按 docs/scaling.md 另建湖仓。": "The lake's tables are those of another version of duban; nothing was changed. A lake is not upgraded by itself: use the version that wrote it, or make a new lake as docs/scaling.md says.",
    "没有分组 {group}。现有：{known}。": "There is no group {group}. There are: {known}.",
    "地区 {region} 要与上级 {parent} 比较，{parent} 不能在另一组。请把 {parent} 从 [groups] 中去掉，或与下级放在同一组。": "Region {region} is compared with {parent} above it, so {parent} cannot be in another group. Take {parent} out of [groups], or put it into the group of the other.",
    "湖仓中的台账不是这一天的，或台账已改。请先运行公共部分：duban run --group common，再运行各组。": "The books in the lake are not those of this day, or were changed. Run the common part first (duban run --group common), then the groups.",
    "{command} 只用于文件仓库。湖仓请用 pg_dump 备份 PostgreSQL，并同时复制 lake_data 目录（见 docs/scaling.md）。": "{command} is for a warehouse in a file. Back a lake up with pg_dump, and copy the folder lake_data with it (see docs/scaling.md).",
    "湖仓正由 {who} 使用（自 {since}）。请等它结束，或加 --wait 秒数 等待。": "The lake is in use by {who} (since {since}). Wait until it is done, or add --wait SECONDS.",
}
BACKUPS = {
    "已备份 {warehouse} → {target}（{megabytes:.1f} MB）": "Backed up {warehouse} → {target} ({megabytes:.1f} MB)",
    "已由 {source} 恢复仓库并重新发布。": "The warehouse was restored from {source} and published anew.",
    "{done}原仓库留在 {kept}。": "{done} The former warehouse is kept in {kept}.",
    "已由 {raw} 重建仓库，重演 {runs} 次运行。原仓库留在 {kept}。": "The warehouse was rebuilt from {raw}, {runs} {runs:run|runs} made again. The former one is kept in {kept}.",
    "{target} 已存在，不覆盖。请换一个文件名。": "{target} exists and is not overwritten. Choose another name.",
    "找不到 {path}。请检查路径，或先运行 duban run。": "There is no {path}. Check the path, or run duban run first.",
    "{warehouse} 里还没有完成过的运行，没有可重建的。请先 duban run。": "{warehouse} holds no finished run, so there is nothing to rebuild. Run duban run first.",
    "无法把 {source} 复制到 {target}（{strerror}）。请检查磁盘空间与权限。": "{source} cannot be copied to {target} ({strerror}). Check disk space and permissions.",
}
RULES = {
    "{status}（应达到 {expected}；差距 {gap}；第 {priority} 条“{label}”）": "{status} (expected {expected}; gap {gap}; condition {priority} “{label}”)",
    "{a} 与 {b}：{pairs} 个有数据的目标中，{different} 个颜色不同。": "{a} and {b}: of {pairs} {pairs:target|targets} with figures {different} differ in colour.",
    "规则没有覆盖此类目标": "the rule set does not cover this kind",
    "{expected}，{basis}": "{expected}, {basis}",
    "没有规则“{rule_set}”。可用的规则：{known}。": "There are no rules “{rule_set}”. Known: {known}.",
}
BACKTEST = {
    "{data}:没有可以回测的年份。需要一个完整年度(3—12 月或四个季度齐全),且此前至少有三个完整年度。": "{data}: no year can be forecast again. It takes a complete year (March to December, or four quarters) with three complete years before it.",
    "{path}:无法写入({strerror})。请换一个可写的 --out 目录。": "{path}: cannot be written ({strerror}). Choose another folder with --out.",
    "{path}:没有数据行。": "{path}: has no rows.",
    "{path}:表头缺少 {names} 列。需要的列:{columns}。": "{path}: the header lacks {names}. The columns are: {columns}.",
    "第 {line_num} 行 {problem}": "row {line_num}: {problem}",
    "series_id 列为空。": "column series_id is empty.",
    "measure 列“{measure}”不认识,只能是 {measures}。": "column measure, “{measure}”: it can only be {measures}.",
    "period_end 列“{period_end}”不是 YYYY-MM。": "column period_end, “{period_end}”: is not YYYY-MM.",
    "value 列“{value}”不是可用的数。": "column value, “{value}”: is no usable number.",
    "value 列“{value}”为负,count_cum 不能为负。": "column value, “{value}”: is negative, and count_cum cannot be.",
    "……另有 {problems} 处。": "… and {problems} more.",
    "{path}:{problems} 处有问题,未作回测。": "{path}: {problems} {problems:problem|problems}, nothing was forecast.",
    "{path}:第 {line_num} 行不是可读的 CSV({error})。": "{path}: row {line_num} is no readable CSV ({error}).",
    "{path}:没有这个文件。": "{path}: there is no such file.",
    "{path}:无法读取({strerror})。": "{path}: cannot be read ({strerror}).",
    "{path}:不是 UTF-8 文本(第 {start} 字节)。请另存为 UTF-8 CSV。": "{path}: is not UTF-8 text (byte {start}). Save it as UTF-8 CSV.",
    "第 {line} 行 与第 {first} 行重复:{series_id} {year}-{month:02d} 只能有一个值。": "row {line} repeats row {first}: {series_id} {year}-{month:02d} can have one value.",
    "第 {line} 行 measure 列“{measure}”与同一序列此前的“{measures}”不一致。": "row {line}, column measure, “{measure}”: the same series had “{measures}” before.",
}
RUNS = STAGES | WAREHOUSE | LAKE | BACKUPS | RULES | BACKTEST
