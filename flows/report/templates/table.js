// The variance table: plan, actual and their difference, with small bars; rows are added as they come into view.
const CHUNK = 80;
const COLUMNS = [
  ["status", "status"], ["name", "indicator"], ["period", "period"], ["target", "target"], ["plan", "plan"], ["actual", "actual"],
  ["difference", "difference"], ["gap_points", "gap_points"], ["progress", "progress"], ["required", "required"], ["outlook", "outlook"], [null, "trend"],
];
const BAR_LIMIT = 10; // points at which a gap bar is full
const gapBar = (t) => {
  if (!isNumber(t.gap_points)) return null;
  const width = Math.min(Math.abs(t.gap_points) / BAR_LIMIT, 1) * 50;
  const left = t.gap_points < 0 ? 50 - width : 50;
  return el("span", { class: `gapbar ${t.gap_points < 0 ? "bad" : "good"}`, "aria-hidden": "true" }, el("i", { style: { left: `${left}%`, width: `${width}%` } }), el("b"));
};
const progressBar = (t) => {
  if (!isNumber(t.completion)) return el("span", { class: "quiet" }, MISSING);
  const tick = (t.schedule_share ?? t.linear_share) * 100;
  return [
    el("span", { class: "value" }, number(t.completion, 1) + "%"),
    el("span", { class: `progress s-${t.status}`, "aria-hidden": "true" },
      el("i", { style: { width: `${Math.max(0, Math.min(100, t.completion))}%` } }), isNumber(tick) && t.status !== "achieved" ? el("b", { style: { left: `${Math.min(100, tick)}%` } }) : null),
  ];
};
const sparkline = (t) => {
  const known = (t.history || []).filter((h) => isNumber(h[2]));
  if (known.length < 2 || t.kind === "stage") return null;
  const values = known.flatMap((h) => [h[2], h[3]].filter(isNumber));
  const low = Math.min(...values), high = Math.max(...values), span = high - low || 1;
  const x = (i) => 2 + (i / (known.length - 1)) * 66, y = (v) => 20 - ((v - low) / span) * 16;
  const path = (column) => known.map((h, i) => (isNumber(h[column]) ? `${x(i).toFixed(1)},${y(h[column]).toFixed(1)}` : "")).filter(Boolean).join(" ");
  const last = known[known.length - 1];
  return svg("svg", { class: "spark", viewBox: "0 0 72 24", "aria-hidden": "true" },
    svg("polyline", { class: "pl", points: path(3) }), svg("polyline", { class: "ac", points: path(2) }),
    svg("circle", { class: `dot s-${t.status}`, cx: x(known.length - 1), cy: y(last[2]), r: 2.6 }));
};
const stateChip = (t) => (["late", "never_delivered", "disputed", "closed"].includes(t.data_state) ? chip(word(`data_state.${t.data_state}`), t.data_state) : null);
const unit = (t) => el("small", { class: "unit" }, t.kind === "stage" ? "" : unitWord(t.unit));
const amount = (t, value, bound) => (isNumber(value) ? [figure(value, bound), " ", unit(t)] : el("span", { class: "quiet" }, MISSING));
const COMPARED = { ">=": "≥", "<=": "≤", "~=": "≈" };
const targetCell = (t) => {
  if (t.kind === "stage" || !isNumber(t.target_value)) return el("span", { class: "printed", title: t.printed }, lang === "zh" ? t.printed || MISSING : word(`kind.${t.kind}`));
  const high = isNumber(t.value_high) ? `–${number(t.value_high)}` : "";
  return [`${COMPARED[t.comparator] || ""}${number(t.target_value)}${high} `, unit(t)];
};
const outlookCell = (t) => {
  if (t.outlook === "unknown" || !t.outlook) return el("span", { class: "quiet" }, MISSING);
  const end = isNumber(t.forecast) && t.status !== "achieved" ? el("small", {}, `${word("page.forecast_short")} ${number(t.forecast, placesOf(t))}`) : null;
  return [el("span", { class: `outlook o-${t.outlook}` }, word(`outlook.${t.outlook}`)), end];
};
const rowOf = (t) => {
  const cell = (name, content, css = "") => el("td", { class: css, "data-label": word(`column.${name}`) }, content);
  return el("tr", { "data-id": t.target_id, class: `r-${t.status}` },
    cell("status", [pill(t.status), stateChip(t)]),
    el("th", { scope: "row" },
      el("a", { class: "name", href: `#t=${encodeURIComponent(t.target_id)}`, onclick: (event) => { event.preventDefault(); openPanel(t.target_id); } }, nameOf(t)),
      el("small", {}, office(t.responsible_office))),
    cell("period", stretch(t.period_end, t.basis)),
    cell("target", targetCell(t), "num"),
    cell("plan", t.kind === "stage" ? el("span", { class: "quiet" }, MISSING) : amount(t, planOf(t)), "num pl"),
    cell("actual", t.kind === "stage" ? stageText(t) : amount(t, t.actual, t.actual_bound), "num ac"),
    cell("difference", differenceText(t), `num d ${goodness(t)}`),
    cell("gap_points", [el("span", { class: `value ${goodness(t)}` }, isNumber(t.gap_points) ? signed(t.gap_points, 1) : MISSING), gapBar(t)], "num bar"),
    cell("progress", progressBar(t), "num bar"),
    cell("required", requiredText(t), "num"),
    cell("outlook", outlookCell(t)),
    cell("trend", sparkline(t)));
};
const stageText = (t) => (isNumber(t.actual) && t.target_value > 1 ? word("page.stages_done", { done: number(t.actual), all: number(t.target_value) }) : isNumber(t.actual) ? word(t.status === "achieved" ? "page.finished" : "page.unfinished") : el("span", { class: "quiet" }, MISSING));
const differenceText = (t) => {
  if (t.kind === "stage") return isNumber(t.gap) && t.gap !== 0 ? word("page.days", { days: signed(t.gap, 0) }) : MISSING;
  const value = differenceOf(t);
  return isNumber(value) ? [signed(value), " ", el("small", { class: "unit" }, isRate(t.unit) ? word("page.points_short") : unitWord(t.unit))] : MISSING;
};
const requiredText = (t) => {
  if (isNumber(t.required) && t.required > 0) return amount(t, t.required);
  if (isNumber(t.required_growth) && t.status !== "achieved") return [word("page.growth_needed", { rate: number(t.required_growth, 1) })];
  return el("span", { class: "quiet" }, MISSING);
};
const heading = ([sort, name]) => {
  const label = word(`column.${name}`);
  const now = sort && state.sort === sort;
  const attributes = { scope: "col", class: `c-${name}`, "data-label": sort ? label : null, "aria-sort": now ? (state.dir === "asc" ? "ascending" : "descending") : null };
  if (!sort) return el("th", attributes, label);
  const by = () => { set({ sort, dir: now && state.dir === "desc" ? "asc" : "desc" }); refresh(); document.querySelector(`.c-${name} button`)?.focus(); };
  return el("th", attributes, el("button", { type: "button", onclick: by }, label, el("span", { "aria-hidden": "true" }, now ? (state.dir === "asc" ? " ▲" : " ▼") : "")));
};
// Fills `body` with `make(item)` in chunks: a first one now, the others when the end comes near, all of them for print.
const fillings = new Map();
const fill = (name, body, items, make, foot) => {
  fillings.get(name)?.stop();
  body.replaceChildren();
  let done = 0;
  const more = el("button", { type: "button", class: "more", onclick: () => add() });
  const add = (count = CHUNK) => {
    body.append(...items.slice(done, done + count).map(make));
    done = Math.min(items.length, done + count);
    more.textContent = word("page.more", { left: items.length - done });
    more.hidden = done >= items.length;
  };
  const watcher = new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting) && done < items.length) add(); }, { rootMargin: "600px" });
  foot.replaceChildren(more);
  add();
  watcher.observe(foot);
  fillings.set(name, { stop: () => watcher.disconnect(), all: () => add(items.length) });
};
const showAll = () => fillings.forEach((filling) => filling.all());
const tableView = () => {
  const body = el("tbody"), foot = el("div", { class: "foot" });
  const head = el("tr");
  const table = el("table", { class: "variance" }, el("caption", { class: "visually-hidden" }, word("page.variance") + (DATA.simulated ? word("simulated.mark") : "")), el("thead", {}, head), body);
  table.addEventListener("keydown", moveBetweenRows);
  const draw = (items) => { head.replaceChildren(...COLUMNS.map(heading)); fill("table", body, items, rowOf, foot); };
  return { node: el("div", {}, el("div", { class: "scroll wide", tabindex: "0", role: "region", "aria-label": word("page.variance") }, table), foot), draw };
};
const moveBetweenRows = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (!step || !event.target.matches("a.name")) return;
  event.preventDefault();
  const names = [...event.currentTarget.querySelectorAll("a.name")];
  names[names.indexOf(event.target) + step]?.focus();
};
