// One target in full: where it stands and why, the chart of its year, every figure with its file and row.
const dialog = document.getElementById("panel");
let chart = null, opener = null;
const fact = (label, value) => (value === null || value === undefined || value === "" ? null : [el("dt", {}, label), el("dd", {}, value)]);
const openPanel = (id) => {
  if (!byId.has(id)) return;
  if (!dialog.open) opener = document.activeElement;
  set({ t: id }, !dialog.open);
  drawPanel();
};
const closePanel = () => { if (dialog.open) dialog.close(); };
dialog.addEventListener("close", () => {
  chart?.dispose(); chart = null;
  if (state.t) set({ t: "" });
  document.body.classList.remove("has-panel");
  if (opener?.isConnected) opener.focus();
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) closePanel(); });
dialog.addEventListener("keydown", (event) => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && !event.target.closest(".scroll")) { event.preventDefault(); neighbour(step); }
});
const neighbour = (step) => {
  const list = visible(), place = list.findIndex((t) => t.target_id === state.t), next = list[place + step];
  if (next) { set({ t: next.target_id }); drawPanel(); }
};
const drawPanel = () => {
  const t = byId.get(state.t);
  if (!t) return closePanel();
  chart?.dispose();
  chart = null;
  const button = (label, act, css) => el("button", { type: "button", class: css, onclick: act }, label);
  const drawing = el("div", { class: "chart", role: "img", "aria-label": `${nameOf(t)}${word("key.chart")}` });
  const hasChart = t.kind !== "stage" && chartRows(t).some((r) => isNumber(r.actual) || isNumber(r.last));
  dialog.replaceChildren(el("div", { class: "sheet" },
    el("div", { class: "bar" }, button(`‹ ${word("panel.previous")}`, () => neighbour(-1)), button(`${word("panel.next")} ›`, () => neighbour(1)), el("span", { class: "grow" }), button(word("page.print"), () => window.print()), button(`${word("panel.close")} ✕`, closePanel, "close")),
    DATA.simulated ? el("div", { class: "band" }, word("simulated.long")) : null,
    el("h2", { id: "panel-title", tabindex: "-1" }, nameOf(t), " ", simulatedChip()),
    el("p", { class: "states" }, pill(t.status), stateChip(t), t.outlook && t.outlook !== "unknown" ? el("span", { class: `outlook o-${t.outlook}` }, `${word("column.outlook")}${lang === "zh" ? "：" : ": "}${word(`outlook.${t.outlook}`)}${isNumber(t.probability) ? ` ${chance(t.probability)}` : ""}`) : null, t.status_since && t.periods_in_status > 1 ? el("small", {}, word("panel.since", { month: month(t.status_since), count: t.periods_in_status })) : null),
    keyFigures(t),
    t.lead && lang === "zh" ? el("p", { class: "lead" }, t.lead) : null,
    t.explain?.some(Boolean) ? el("div", { class: "explain" }, inLang(t.explain).split("\n").filter(Boolean).map((line) => el("p", {}, line))) : null,
    hasChart ? [drawing, el("details", {}, el("summary", {}, word("page.as_table")), chartTable(t))] : null,
    measuresOf(t), silenceOf(t), factsOf(t), figuresOf(t), trailOf(t)));
  if (!dialog.open) dialog.showModal();
  document.body.classList.add("has-panel");
  dialog.scrollTop = 0;
  document.getElementById("panel-title").focus();
  if (hasChart) chart = drawChart(drawing, t);
};
const chance = (p) => (p > 0 && p < 0.01 ? "<1%" : p < 1 && p > 0.99 ? ">99%" : `${number(p * 100, 0)}%`);
const keyFigures = (t) => {
  if (t.kind === "stage" || t.kind === "no_target" || t.kind === "external") return null;
  const box = (label, value, css = "") => el("div", { class: `box ${css}` }, el("span", {}, label), el("strong", {}, value));
  return el("div", { class: "boxes" },
    box(word("column.actual"), isNumber(t.actual) ? (BOUNDS[t.actual_bound] || "") + quantity(t.actual, t.unit) : MISSING), box(word("column.plan"), quantity(planOf(t), t.unit)),
    box(word("column.difference"), isNumber(differenceOf(t)) ? (isRate(t.unit) ? points(differenceOf(t)) : signed(differenceOf(t)) + (lang === "zh" ? "" : " ") + unitWord(t.unit)) : MISSING, goodness(t)),
    box(word("column.target"), targetCell(t)), isNumber(t.required) && t.required > 0 ? box(word("column.required"), quantity(t.required, t.unit)) : null,
    isNumber(t.required_growth) && t.status !== "achieved" ? box(word("column.required_growth"), `${number(t.required_growth, 1)}%`) : null,
    isNumber(t.forecast) ? box(word("column.forecast"), quantity(t.forecast, t.unit, placesOf(t))) : null);
};
const measuresOf = (t) => (t.acks ? el("div", { class: "measures" }, el("h3", {}, word("panel.measures")), el("ul", {}, t.acks.map((a) => el("li", {}, el("p", {}, a.measures_taken || MISSING), el("small", {}, `${a.author || ""} ${day(a.recorded_at)}${a.due_on ? ` · ${word("panel.due", { date: day(a.due_on) })}` : ""}`))))) : null);
const silenceOf = (t) => (t.silence ? el("p", { class: "hint" }, word("panel.silenced", { until: day(t.silence.ends_on), reason: t.silence.reason || MISSING, author: t.silence.author || MISSING })) : null);
const factsOf = (t) => el("div", {}, el("h3", {}, word("panel.facts")), el("dl", { class: "facts" },
  fact(word("column.printed"), word("panel.printed", { printed: t.printed || MISSING, place: sectionTitle(t.section) + (t.paragraph ? word("panel.paragraph", { paragraph: t.paragraph }) : "") })),
  fact(word("column.responsible_office"), [office(t.responsible_office), (t.co_responsible || "").split("|").filter(Boolean).map((o) => word("panel.and") + office(o))]), fact(word("column.leader"), office(t.leader)), fact(word("column.reporting_office"), office(t.reporting_office)),
  fact(word("column.kind"), `${word(`kind.${t.kind}`)} · ${word(`basis.${t.basis}`)}${t.nature ? ` · ${word(`key.${t.nature}`)}` : ""}${t.modality ? ` · ${t.modality}` : ""}`), fact(word("column.stretch"), t.stretch),
  fact(word("column.shares"), isNumber(t.schedule_share) ? word("panel.shares", { linear: number(t.linear_share * 100, 1), schedule: `${number(t.schedule_share * 100, 1)}%`, basis: t.schedule_basis ? word(`schedule_basis.${t.schedule_basis}`) : MISSING }) : null),
  fact(word("column.forecast"), isNumber(t.forecast) && isNumber(t.forecast_low) ? word("panel.interval", { value: quantity(t.forecast, t.unit, placesOf(t)), low: number(t.forecast_low, placesOf(t)), high: number(t.forecast_high, placesOf(t)) }) : null),
  fact(word("column.judged"), [t.year_end_only ? word("panel.year_end_only") : "", t.lumpy ? word("panel.lumpy") : ""].filter(Boolean).join(" ")),
  fact(word("column.rule_set"), t.rule_set), fact(word("column.provenance"), t.provenance ? `${word(`provenance.${t.provenance}`)} · ${word(`finality.${t.finality}`)}` : null),
  fact(word("column.source"), t.source_file ? [el("span", { class: "file" }, t.source_file), place(t.source_sheet, t.source_row)] : null),
  fact(word("column.final_period"), month(t.final_period)), fact(word("column.definition"), t.definition), fact(word("column.note"), t.note), fact(word("column.target_id"), el("code", {}, t.target_id))));
const place = (sheet, row) => [sheet ? ` ${word("page.at_sheet", { sheet })}` : "", row ? ` ${word("page.at_row", { row })}` : ""].join("");
const deliveryById = new Map(DATA.deliveries.map((d) => [d.delivery_id, d]));
const figuresOf = (t) => {
  if (!t.series) return null;
  const rows = [...t.series].reverse().map((s) => {
    const d = deliveryById.get(s[4]);
    return [month(s[0]), `${BOUNDS[s[2]] || ""}${quantity(s[1], t.unit)}`, s[9] ? chip(word("panel.replaced"), "replaced") : "", day(s[3]), [el("span", { class: "file" }, d ? d.file : s[4]), place(s[5], s[6])], s[7] ? word(`finality.${s[7]}`) : "", s[8] ? word(`provenance.${s[8]}`) : ""];
  });
  return el("details", {}, el("summary", {}, word("panel.figures", { count: rows.length })), plainTable(word("panel.figures", { count: rows.length }), ["month", "value", "version", "received", "source", "finality", "provenance"].map((n) => word(`column.${n}`)), rows));
};
const trailOf = (t) => (t.trail ? el("details", {}, el("summary", {}, word("panel.trail")), plainTable(word("panel.trail"), ["as_of", "period", "status", "outlook", "gap_points"].map((n) => word(`column.${n}`)), t.trail.map(([asOf, period, status, outlook, gap]) => [day(asOf), month(period), pill(status), word(`outlook.${outlook}`), isNumber(gap) ? signed(gap, 1) : MISSING]))) : null);
