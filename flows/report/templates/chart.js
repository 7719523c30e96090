// The chart of a target's year: actual, schedule, last year, forecast with its interval, target, restated figures.
const chartLibrary = () => {
  if (window.echarts) return window.echarts;
  const script = document.createElement("script");
  script.textContent = document.getElementById("chart-library").textContent;
  document.head.append(script);
  return window.echarts;
};
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const yearMonths = (t) => {
  const found = new Set([...(t.history || []).map((h) => h[0].slice(0, 7)), ...(t.series || []).filter((s) => s[0] >= `${t.year}`).map((s) => s[0].slice(0, 7)), ...(t.series || []).filter((s) => s[0] < `${t.year}`).map((s) => `${t.year}${s[0].slice(4, 7)}`)]);
  if (t.final_period) found.add(t.final_period.slice(0, 7));
  return [...found].sort();
};
const chartRows = (t) => {
  const counted = (t.series || []).filter((s) => !s[9]);
  const history = new Map((t.history || []).map((h) => [h[0].slice(0, 7), h]));
  return yearMonths(t).map((m) => {
    const h = history.get(m), before = `${Number(m.slice(0, 4)) - 1}${m.slice(4)}`;
    const own = counted.filter((s) => s[0].slice(0, 7) === m).pop(), past = counted.filter((s) => s[0].slice(0, 7) === before).pop();
    const old = (t.series || []).filter((s) => s[9] && s[0].slice(0, 7) === m).map((s) => s[1]);
    const final = t.final_period && t.final_period.slice(0, 7) === m;
    const isLast = t.period_end && t.period_end.slice(0, 7) === m;
    const planned = h && isNumber(h[3]) ? h[3] : final || t.kind === "growth" ? t.target_value : undefined;
    return { m, actual: own ? own[1] : h ? h[2] : undefined, status: h ? h[1] : undefined, plan: planned, last: past ? past[1] : undefined, old, forecast: final && !own ? [t.forecast, t.forecast_low, t.forecast_high] : isLast && isNumber(t.forecast) ? [t.actual, t.actual, t.actual] : undefined };
  });
};
const ICONS = { line: "path://M0 5h24v3h-24z", dashes: "path://M0 5h6v3h-6z M9 5h6v3h-6z M18 5h6v3h-6z", area: "rect", mark: undefined };
const drawChart = (node, t) => {
  const echarts = chartLibrary(), rows = chartRows(t), ink = colour("--ink"), quiet = colour("--quiet"), line = colour("--line");
  const values = (pick) => rows.map((r) => pick(r) ?? null);
  const forecast = rows.some((r) => r.forecast && r.m === t.final_period?.slice(0, 7) && isNumber(r.forecast[0]));
  const low = values((r) => forecast && r.forecast?.[1]), high = values((r) => forecast && r.forecast && isNumber(r.forecast[2]) && isNumber(r.forecast[1]) ? r.forecast[2] - r.forecast[1] : null);
  const name = (key) => word(`key.${key}`);
  const from = rows.findIndex((r) => r.forecast && r.m !== t.final_period?.slice(0, 7)), to = rows.length - 1;
  if (forecast && from >= 0) for (let i = from + 1; i < to; i++) {
    const way = (i - from) / (to - from), between = (part) => rows[from].forecast[part] + way * (rows[to].forecast[part] - rows[from].forecast[part]);
    low[i] = between(1);
    high[i] = between(2) - between(1);
  }
  const base = { type: "line", connectNulls: true, animation: false };
  const series = [
    { ...base, name: name("last_year"), data: values((r) => r.last), symbolSize: 4, lineStyle: { color: colour("--past"), width: 1.5 }, itemStyle: { color: colour("--past") } },
    { ...base, name: name("plan"), data: values((r) => r.plan), symbol: "none", lineStyle: { color: quiet, width: 2, type: "dashed" }, itemStyle: { color: quiet } },
    { ...base, name: name("actual"), data: rows.map((r) => (isNumber(r.actual) ? { value: r.actual, itemStyle: { color: colour(`--s-${r.status || "unknown"}`) } } : null)), symbol: "circle", symbolSize: 9, lineStyle: { color: ink, width: 2.5 }, itemStyle: { color: ink },
      markLine: isNumber(t.target_value) && t.kind !== "stage" ? { symbol: "none", silent: true, animation: false, lineStyle: { color: colour("--accent"), type: "solid", width: 1.5 }, label: { formatter: `${name("target")} ${figure(t.target_value)}`, position: "insideStartTop", color: ink }, data: [{ yAxis: t.target_value }] } : undefined },
    ...(forecast ? [
      { ...base, name: name("low"), stack: "interval", data: low.map((v) => (v === false ? null : v)), symbol: "none", lineStyle: { opacity: 0 }, tooltip: { show: false }, silent: true, triggerEvent: false },
      { ...base, name: name("interval"), stack: "interval", data: high, symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: colour("--accent"), opacity: 0.18 }, itemStyle: { color: colour("--accent"), opacity: 0.4 }, silent: true },
      { ...base, name: name("forecast"), data: values((r) => r.forecast?.[0]), symbol: "diamond", symbolSize: (v, p) => (rows[p.dataIndex].m === t.final_period?.slice(0, 7) ? 11 : 0), lineStyle: { color: colour("--accent"), type: "dotted", width: 2 }, itemStyle: { color: colour("--accent") } },
    ] : []),
    ...(rows.some((r) => r.old.length) ? [{ type: "scatter", animation: false, name: name("restated"), data: rows.flatMap((r, i) => r.old.map((v) => [i, v])), symbol: "emptyTriangle", symbolSize: 11, itemStyle: { color: colour("--s-slightly_behind") } }] : []),
  ];
  const chart = echarts.init(node, null, { renderer: "canvas" });
  const text = { color: ink, fontFamily: "inherit" };
  chart.setOption({
    aria: { enabled: true, label: { description: `${nameOf(t)}${word("key.chart")}` } },
    textStyle: text, grid: { left: 8, right: 16, top: 56, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, textStyle: text, itemWidth: 22, data: series.map((s) => s.name).filter((n) => n !== name("low")).map((n) => ({ name: n, icon: ICONS[n === name("plan") ? "dashes" : n === name("interval") ? "area" : n === name("actual") || n === name("last_year") ? "line" : "mark"] })) },
    tooltip: { trigger: "axis", confine: true, renderMode: "richText", valueFormatter: (v) => (isNumber(v) ? quantity(v, t.unit) : MISSING) },
    xAxis: { type: "category", data: rows.map((r) => shortMonth(r.m)), axisLine: { lineStyle: { color: line } }, axisLabel: text, axisTick: { show: false } },
    yAxis: { type: "value", scale: t.kind !== "total", boundaryGap: t.kind === "total" ? [0, 0] : ["8%", "8%"], name: unitWord(t.unit), nameTextStyle: { ...text, align: "left" }, axisLabel: { ...text, formatter: (v) => number(v) }, splitLine: { lineStyle: { color: line } } },
    series,
  });
  return chart;
};
const chartTable = (t) => plainTable(word("key.chart_table"), ["column.month", "key.actual", "key.restated", "key.plan", "key.last_year", "key.forecast", "column.status"].map((key) => word(key)),
  chartRows(t).map((r) => [month(r.m), figure(r.actual), r.old.map((v) => figure(v)).join(" / ") || MISSING, figure(r.plan), figure(r.last), r.forecast && r.m === t.final_period?.slice(0, 7) && isNumber(r.forecast[0]) ? [0, 1, 2].map((i) => number(r.forecast[i], placesOf(t))).join(" / ") : MISSING, r.status ? word(`status.${r.status}`) : MISSING]));
