// What the reader asked for lives in the address, so that a link shows the same to someone else.
const DEFAULTS = { q: "", office: "", section: "", status: "", data: "", sort: "severity", dir: "desc", t: "", lang: "", theme: "" };
const state = { ...DEFAULTS };
const readAddress = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const name of Object.keys(DEFAULTS)) state[name] = asked.get(name) ?? DEFAULTS[name];
  if (LANGS.includes(state.lang)) lang = state.lang;
};
const writeAddress = (push = false) => {
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value !== DEFAULTS[name]) asked.set(name, value);
  const hash = asked.size ? `#${asked}` : location.pathname + location.search;
  history[push ? "pushState" : "replaceState"](null, "", hash);
};
const set = (changes, push = false) => {
  Object.assign(state, changes);
  writeAddress(push);
};
const chosen = () => new Set(state.status.split(",").filter(Boolean));
const toggleStatus = (status) => {
  const now = chosen();
  if (!now.delete(status)) now.add(status);
  set({ status: DATA.statuses.filter((each) => now.has(each)).join(",") });
};
const folded = (text) => String(text).normalize("NFKC").toLowerCase();
const searchText = new Map(DATA.targets.map((t) => [t, folded([...t.name, t.target_id, t.indicator, t.printed, ...(DATA.offices[t.responsible_office] || []), ...(DATA.offices[t.reporting_office] || [])].join(" "))]));
const matches = () => {
  const words = folded(state.q).split(/\s+/).filter(Boolean);
  const statuses = chosen();
  return (target) =>
    (!statuses.size || statuses.has(target.status)) &&
    (!state.office || target.responsible_office === state.office || (target.co_responsible || "").split("|").includes(state.office)) &&
    (!state.section || target.section === state.section) &&
    (!state.data || target.data_state === state.data) &&
    words.every((each) => searchText.get(target).includes(each));
};
const STATUS_ORDER = new Map(["missed", "behind", "slightly_behind", "on_schedule", "achieved", "unknown", "no_plan", "not_due", "no_target"].map((s, i) => [s, i]));
const reportOrder = new Map(DATA.targets.map((t, i) => [t, i]));
// Red before yellow whatever its severity; a target that comes in lumps cannot turn red between its own dates and is last of the yellow.
const isBetweenDates = (t) => Boolean(t.lumpy) && t.status === "slightly_behind" && t.schedule_basis !== "interim";
const urgency = (t) => ({ missed: 3, behind: 3, slightly_behind: isBetweenDates(t) ? 1 : 2 })[t.status] || 0;
const SORTS = {
  severity: (t) => urgency(t) * 1e6 + (t.severity || 0) * 1000 + (20 - STATUS_ORDER.get(t.status)),
  report: (t) => reportOrder.get(t),
  status: (t) => -STATUS_ORDER.get(t.status),
  name: (t) => nameOf(t),
  office: (t) => office(t.responsible_office),
  period: (t) => t.period_end,
  target: (t) => t.target_value,
  plan: (t) => planOf(t),
  actual: (t) => t.actual,
  difference: (t) => differenceOf(t),
  gap_points: (t) => t.gap_points,
  progress: (t) => t.completion,
  outlook: (t) => t.probability,
  required: (t) => t.required,
};
const compare = (a, b) => {
  if (a === undefined || b === undefined || a === null || b === null) return 0;
  return typeof a === "string" ? a.localeCompare(b, lang === "zh" ? "zh-CN" : "en") : a - b;
};
const sorted = (targets) => {
  const by = SORTS[state.sort] || SORTS.severity;
  const sign = state.dir === "asc" ? 1 : -1;
  const missing = (value) => value === undefined || value === null;
  return targets.map((t) => [t, by(t)]).sort(([a, x], [b, y]) => missing(x) - missing(y) || sign * compare(x, y) || reportOrder.get(a) - reportOrder.get(b)).map(([t]) => t);
};
const visible = () => sorted(DATA.targets.filter(matches()));
// PL: what should have been reached by now, as it was judged; what is not due yet has none.
const planOf = (t) => (t.kind === "stage" ? undefined : t.expected);
// ΔPL: actual less plan as plain numbers; good or bad is told by the sign of the gap, not by this one's.
const differenceOf = (t) => (t.kind === "stage" || !isNumber(t.gap) || !isNumber(t.actual) || !isNumber(planOf(t)) ? undefined : t.actual - planOf(t));
const goodness = (t) => (!isNumber(t.gap) || t.gap === 0 ? "" : t.gap < 0 ? "bad" : "good");
