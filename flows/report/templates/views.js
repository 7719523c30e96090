// The parts of the page around the table: header, counts, changes, deliveries, milestones, rules.
const go = (id) => el("a", { href: `#t=${encodeURIComponent(id)}`, class: "name", onclick: (event) => { event.preventDefault(); openPanel(id); } }, nameOf(byId.get(id)));
const byId = new Map(DATA.targets.map((t) => [t.target_id, t]));
const counts = (targets) => targets.reduce((found, t) => found.set(t.status, (found.get(t.status) || 0) + 1), new Map());
const headerView = () => {
  const dates = word("page.dates", { month: month(DATA.period), as_of: day(DATA.as_of) });
  const button = (label, act, more = {}) => el("button", { type: "button", onclick: act, ...more }, label);
  return el("header", { class: "top" },
    el("div", { class: "inner" },
      el("div", {}, el("h1", {}, DATA.title[lang]), el("p", { class: "dates" }, dates, " ", DATA.provenances.map((p) => chip(`${word("column.provenance")}${lang === "zh" ? "：" : ": "}${word(`provenance.${p}`)}`, p === "simulated" ? "simulated" : "")))),
      el("nav", { class: "tools", "aria-label": word("page.tools") },
        el("a", { href: "brief.docx", class: "button" }, word("page.brief")), el("a", { href: "variance.xlsx", class: "button" }, word("page.workbook")), el("a", { href: "variance.csv", class: "button" }, "CSV"), el("a", { href: "../../index.html", class: "button" }, word("page.all_months")),
        button(word("page.print"), () => window.print()),
        button(word("page.theme"), () => { set({ theme: isDark() ? "light" : "dark" }); applyTheme(); }),
        button(lang === "zh" ? "English" : "中文", () => { lang = lang === "zh" ? "en" : "zh"; set({ lang: lang === DATA.lang ? "" : lang }); build(); }, { lang: lang === "zh" ? "en" : "zh", class: "language" }))));
};
const simulatedBand = () => (DATA.simulated ? el("aside", { class: "band", "aria-label": word("simulated.short") }, word("simulated.long")) : null);
const summaryView = () => {
  const now = counts(DATA.targets), total = DATA.targets.length;
  const shown = DATA.statuses.filter((s) => now.get(s) || DATA.before[s]);
  const bar = el("div", { class: "strip", "aria-hidden": "true" }, shown.filter((s) => now.get(s)).map((s) => el("i", { class: `s-${s}`, style: { "flex-grow": now.get(s) } })));
  const tiles = shown.map((s) => {
    const delta = DATA.previous ? (now.get(s) || 0) - (DATA.before[s] || 0) : 0;
    return el("button", { type: "button", class: `tile s-${s}`, "data-status": s, "aria-pressed": chosen().has(s) ? "true" : "false", onclick: () => { toggleStatus(s); refresh(); } },
      el("span", { class: "count" }, now.get(s) || 0), el("span", { class: "label" }, el("span", { class: "mark", "aria-hidden": "true" }, DATA.marks[s]), " ", word(`status.${s}`)),
      el("span", { class: "delta" }, DATA.previous ? word("page.since_last", { delta: delta === 0 ? "±0" : signed(delta) }) : " "));
  });
  return el("section", { id: "summary", "aria-labelledby": "summary-title" }, el("h2", { id: "summary-title" }, word("page.summary", { total }), " ", simulatedChip()), el("p", { class: "judgement" }, judgement(now, total)), bar, el("div", { class: "tiles", role: "group", "aria-label": word("page.filter_status") }, tiles), el("div", { class: "overview" }, trendView(), worstView()));
};
const judgement = (now, total) => {
  const count = (...names) => names.reduce((sum, s) => sum + (now.get(s) || 0), 0);
  const late = DATA.targets.filter((t) => t.data_state === "late" || t.data_state === "never_delivered").length;
  const judged = count("achieved", "on_schedule", "slightly_behind", "behind", "missed");
  const text = word("page.judgement", { total, judged, good: count("achieved", "on_schedule"), slightly: count("slightly_behind"), bad: count("behind", "missed") });
  return late ? `${text}${lang === "zh" ? "" : " "}${word("page.judgement_late", { late })}` : text;
};
const worstView = () => {
  const worst = sortedBySeverity(DATA.targets.filter((t) => ["behind", "missed", "slightly_behind"].includes(t.status))).slice(0, 6);
  if (!worst.length) return null;
  const line = (t, i) => el("li", {}, el("span", { class: "rank" }, i + 1), go(t.target_id), el("span", { class: "what" }, pill(t.status), " ", el("span", { class: `value ${goodness(t)}` }, t.kind === "stage" ? differenceText(t) : points(t.gap_points))), el("small", {}, `${office(t.responsible_office)}${t.periods_in_status > 1 ? ` · ${word("panel.since", { month: month(t.status_since), count: t.periods_in_status })}` : ""}`));
  return el("div", { class: "worst" }, el("h3", {}, word("page.worst"), " ", simulatedChip()), el("ol", {}, worst.map(line)));
};
const trendView = () => {
  if (DATA.trend.length < 2) return null;
  const used = DATA.statuses.filter((s) => DATA.trend.some(([, c]) => c[s]));
  const fitting = DATA.targets.length * 0.055; // a thinner layer has no room for its number; the table has it
  const columns = DATA.trend.slice(-12).map(([asOf, c]) => el("div", { class: "month" }, el("div", { class: "stack" }, used.filter((s) => c[s]).map((s) => el("i", { class: `s-${s}`, title: `${word(`status.${s}`)} ${c[s]}`, style: { "flex-grow": c[s] } }, c[s] >= fitting ? c[s] : ""))), el("span", {}, shortMonth(asOf), el("wbr"), dayOfMonth(asOf))));
  const rows = DATA.trend.map(([asOf, c]) => [day(asOf), ...used.map((s) => c[s] || 0)]);
  return el("div", { class: "trend" }, el("h3", {}, word("page.trend"), " ", simulatedChip()), el("div", { class: "columns", "aria-hidden": "true" }, columns),
    el("details", {}, el("summary", {}, word("page.as_table")), plainTable(word("page.trend"), [word("column.as_of"), ...used.map((s) => word(`status.${s}`))], rows)));
};
const changesView = () => {
  const kinds = [...new Set(DATA.changes.map((c) => c.kind))];
  const line = (c) => {
    const t = byId.get(c.id), before = c.before;
    const from = before && ["worse", "better", "missed", "achieved", "first"].includes(c.kind) ? [pill(before.status), el("span", { class: "arrow" }, "→"), pill(t.status)] : c.kind.startsWith("outlook") ? [word(`outlook.${before.outlook}`), el("span", { class: "arrow" }, "→"), word(`outlook.${t.outlook}`)] : pill(t.status);
    const gap = c.kind !== "late" && isNumber(t.gap_points) ? el("span", { class: `value ${goodness(t)}` }, points(t.gap_points)) : null;
    return el("li", {}, go(c.id), el("small", {}, office(c.kind === "late" || c.kind === "restated" ? t.reporting_office : t.responsible_office)), el("span", { class: "what" }, from, " ", gap));
  };
  const group = (kind) => el("div", { class: `change k-${kind}` }, el("h3", {}, word(`change.${kind}`), " ", el("span", { class: "n" }, DATA.changes.filter((c) => c.kind === kind).length)), folding(DATA.changes.filter((c) => c.kind === kind).map(line)));
  const content = DATA.changes.length ? el("div", { class: "changes" }, kinds.map(group)) : DATA.previous ? el("p", {}, word("page.no_changes")) : null;
  return section("changes", word("page.changes"), hint(DATA.previous ? word("page.compared_with", { date: day(DATA.previous) }) : word("page.first_run")), content);
};
const folding = (items, limit = 8) => (items.length <= limit ? el("ul", {}, items) : [el("ul", {}, items.slice(0, limit)), el("details", {}, el("summary", {}, word("page.more", { left: items.length - limit })), el("ul", {}, items.slice(limit)))]);
const deliveriesView = () => {
  const late = DATA.targets.filter((t) => t.data_state === "late" || t.data_state === "never_delivered");
  const offices = [...new Set(late.map((t) => t.reporting_office))];
  const recent = DATA.deliveries.filter((d) => !DATA.previous || d.received > DATA.previous);
  const troubled = recent.filter((d) => d.outcome !== "loaded" || d.problems.length), rest = DATA.deliveries.filter((d) => !troubled.includes(d));
  return section("deliveries", word("page.deliveries"),
    el("h3", {}, word("page.late"), " ", el("span", { class: "n" }, late.length)),
    late.length ? el("ul", { class: "late" }, offices.map((o) => el("li", {}, el("strong", {}, office(o)), lang === "zh" ? "：" : ": ", late.filter((t) => t.reporting_office === o).map((t, i) => [i ? (lang === "zh" ? "、" : ", ") : "", go(t.target_id), t.period_end ? el("small", {}, ` ${word("page.newest", { period: month(t.period_end) })}`) : null])))) : el("p", {}, word("page.none_late")),
    el("h3", {}, word("page.refused"), " ", el("span", { class: "n" }, troubled.length)),
    troubled.length ? el("div", { class: "receipts" }, troubled.map((d) => receipt(d, true))) : el("p", {}, word("page.none_refused")),
    undelivered(),
    el("details", { class: "all-receipts" }, el("summary", {}, word("page.all_receipts", { count: rest.length })), el("div", { class: "receipts" }, rest.map((d) => receipt(d)))));
};
const undelivered = () => {
  const letters = DATA.undelivered || [];
  const line = (m) => el("li", {}, el("strong", {}, m.offices.map(inLang).join(lang === "zh" ? "、" : ", ")), " ", m.subject, el("p", {}, word(m.state === "dead" ? "page.mail_dead" : "page.mail_waiting", { date: day(m.as_of), attempts: m.attempts, reason: m.last_error || MISSING })), m.state === "dead" ? el("small", {}, word("page.mail_retry"), " ", el("code", {}, `duban outbox retry ${m.notification_id}`)) : null);
  return letters.length ? [el("h3", {}, word("page.undelivered"), " ", el("span", { class: "n" }, letters.length)), el("ul", { class: "undelivered problems" }, letters.map(line))] : null;
};
const receipt = (d, open = false) => {
  const place = (p) => [p.sheet ? word("page.at_sheet", { sheet: p.sheet }) : "", p.row ? word("page.at_row", { row: p.row }) : word("page.whole_file"), p.column ? word("page.at_column", { column: p.column }) : ""].filter(Boolean).join(lang === "zh" ? "，" : ", ");
  const problems = d.problems.map((p) => el("li", {}, el("strong", {}, place(p)), p.value ? [" ", el("code", {}, p.value)] : null, el("p", {}, inLang(p.message)), el("small", {}, `${word("column.rule")} ${p.rule} · ${word(`decision.${p.decision || "open"}`)}${p.decided_by ? ` (${p.decided_by})` : ""}`)));
  return el("details", { class: `receipt x-${d.outcome}`, open: open },
    el("summary", {}, chip(word(`outcome.${d.outcome}`), `x-${d.outcome}`), " ", el("strong", {}, office(d.reporting_office)), " ", el("span", { class: "file" }, d.file), el("small", {}, `${word("column.received")} ${day(d.received)} · ${word("page.row_counts", { read: d.rows_read ?? 0, accepted: d.rows_accepted ?? 0, quarantined: d.rows_quarantined ?? 0 })}`)),
    problems.length ? el("ul", { class: "problems" }, problems) : null,
    d.notes.length ? el("ul", {}, d.notes.map((n) => el("li", {}, n))) : null,
    el("p", { class: "hash" }, `SHA-256 ${d.sha256 || MISSING} · ${d.encoding || MISSING} · ${word(`provenance.${d.provenance}`)} · ${word(`finality.${d.finality}`)}`));
};
const milestonesView = () => {
  const stages = DATA.targets.filter((t) => t.kind === "stage");
  if (!stages.length) return null;
  const yearStart = Date.UTC(DATA.year, 0, 1), yearLength = Date.UTC(DATA.year + 1, 0, 1) - yearStart;
  const at = (iso) => Math.max(0, Math.min(100, ((Date.parse(iso.slice(0, 10)) - yearStart) / yearLength) * 100));
  const label = (date, name) => [el("span", { class: "stage" }, name || ""), el("small", {}, shortDay(date))];
  const point = (css, date, name) => el("li", { class: css + (at(date) > 92 ? " edge" : ""), style: { left: `${at(date)}%` } }, el("span", { class: "dot", "aria-hidden": "true" }), label(date, name));
  const planned = (t) => {
    let before = 0;
    return (t.schedule || []).map(([date, value, name]) => {
      before += value;
      const done = isNumber(t.actual) && before <= t.actual, passed = date <= DATA.as_of;
      return point(done ? "done" : passed ? "due" : "ahead", date, name);
    });
  };
  const finished = (t) => {
    const first = (t.history || []).find((h) => h[1] === "achieved");
    if (first && !t.schedule) return point("done full", first[0], word("page.finished"));
    return t.schedule || !t.final_period ? null : point("due", t.final_period, word("page.unfinished"));
  };
  const track = (t) => el("div", { class: t.schedule ? "track" : "track simple" }, el("b", { class: "now", style: { left: `${at(DATA.as_of)}%` }, "aria-hidden": "true" }), el("ol", {}, planned(t), finished(t)));
  const row = (t) => el("li", { class: "milestone" }, el("div", { class: "who" }, go(t.target_id), pill(t.status), el("small", {}, office(t.responsible_office))), track(t));
  const months = el("div", { class: "scale", "aria-hidden": "true" }, [...Array(12).keys()].map((m) => el("span", {}, shortMonth(`${DATA.year}-${String(m + 1).padStart(2, "0")}-01`))));
  const done = stages.filter((t) => t.status === "achieved"), left = sortedBySeverity(stages.filter((t) => t.status !== "achieved"));
  const isDated = (t) => Boolean(t.schedule) || !t.final_period || t.status === "missed";
  const open = left.filter(isDated), undated = left.filter((t) => !isDated(t));
  const short = (t) => el("li", {}, go(t.target_id), stateChip(t), el("small", {}, `${office(t.responsible_office)} · ${word("page.by_date", { date: shortDay(t.final_period) })}`));
  const list = undated.length ? [el("h3", {}, word("page.milestones_undated"), " ", el("span", { class: "n" }, undated.length)), el("ul", { class: "undated" }, undated.map(short))] : null;
  const block = (title, rows) => (rows.length ? [el("h3", {}, title, " ", el("span", { class: "n" }, rows.length)), el("ul", { class: "milestones" }, rows.map(row))] : null);
  return section("milestones", word("page.milestones"), hint(word("page.milestones_hint")), open.length || done.length ? months : null, block(word("page.milestones_open"), open), block(word("page.milestones_done"), done), list);
};
const sortedBySeverity = (targets) => [...targets].sort((a, b) => STATUS_ORDER.get(a.status) - STATUS_ORDER.get(b.status) || urgency(b) - urgency(a) || (b.severity || 0) - (a.severity || 0) || reportOrder.get(a) - reportOrder.get(b));
const rulesView = () => {
  const sets = [...new Set(DATA.rules.map((r) => r.rule_set))];
  const used = (set) => DATA.targets.filter((t) => t.rule_set === set).length;
  const condition = (r) => (r.operator === "any" ? word("rule.otherwise") : `${word(`rule.${r.rule_subject}`)} ${r.operator} ${number(r.threshold)}`);
  const table = (set) => plainTable(`${word("page.rule_set")} ${set} · ${word("page.rule_used", { count: used(set) })}`, [word("column.kind"), word("column.nature"), word("column.condition"), word("column.status"), word("column.meaning")],
    DATA.rules.filter((r) => r.rule_set === set).map((r) => [word(`kind.${r.kind}`), r.nature === "*" ? word("rule.any_nature") : word(`key.${r.nature}`), condition(r), pill(r.status), (lang === "en" && r.label_en) || r.label || ""]));
  const meanings = el("dl", { class: "meanings" }, DATA.statuses.map((s) => [el("dt", {}, pill(s)), el("dd", {}, word(`status_meaning.${s}`))]));
  return section("rules", word("page.rules"), hint(word("page.notation")), meanings, el("details", {}, el("summary", {}, word("page.rule_tables")), sets.map(table)), el("h3", {}, word("page.sources")), el("p", {}, DATA.provenances.map((p) => word(`page.source_${p}`)).join(lang === "zh" ? "" : " ") || MISSING));
};
