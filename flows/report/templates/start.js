// Putting the page together, and again when language, filter or address change.
const isDark = () => (state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const applyTheme = () => {
  if (state.theme) document.documentElement.dataset.theme = state.theme; else delete document.documentElement.dataset.theme;
  if (chart) drawPanel();
};
let views = [], filters = null;
const option = (value, label, now) => el("option", { value, selected: value === now }, label);
const filterView = () => {
  const select = (name, label, choices) => el("label", {}, el("span", {}, label), el("select", { name, onchange: (event) => { set({ [name]: event.target.value }); refresh(); } }, option("", word("page.all"), state[name]), choices.map(([value, text]) => option(value, text, state[name]))));
  const offices = [...new Set(DATA.targets.map((t) => t.responsible_office))].map((o) => [o, office(o)]).sort((a, b) => compare(a[1], b[1]));
  const sections = [...new Set(DATA.targets.map((t) => t.section))].map((s) => [s, sectionName(s)]);
  const states = [...new Set(DATA.targets.map((t) => t.data_state))].filter(Boolean).map((s) => [s, word(`data_state.${s}`)]);
  const search = el("input", { type: "search", id: "search", name: "q", autocomplete: "off", value: state.q, placeholder: word("page.search_hint") });
  const look = () => { set({ q: search.value.trim() }); refresh(); };
  search.addEventListener("input", (event) => { if (!event.isComposing) look(); });
  search.addEventListener("compositionend", look);
  const order = el("label", {}, el("span", {}, word("page.sort")), el("select", { name: "sort", onchange: (event) => { set({ sort: event.target.value, dir: event.target.value === "severity" ? "desc" : "asc" }); refresh(); } }, Object.keys(SORTS).map((s) => option(s, word(`page.sort_${s}`), state.sort))));
  const result = el("output", { "aria-live": "polite", class: "result" });
  const reset = el("button", { type: "button", onclick: () => { set({ ...DEFAULTS, lang: state.lang, theme: state.theme }); build(); document.getElementById("search").focus(); } }, word("page.reset"));
  const form = el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, el("label", { class: "wide" }, el("span", {}, word("page.search")), search), select("office", word("column.responsible_office"), offices), select("section", word("column.section"), sections), select("data", word("column.data_state"), states), order, reset, result);
  return { node: form, draw: (items) => { result.textContent = word("page.shown", { shown: items.length, total: DATA.targets.length }); form.querySelectorAll("select[name=sort] option").forEach((o) => (o.selected = o.value === state.sort)); } };
};
const refresh = () => {
  const items = visible(), statuses = chosen();
  views.forEach((view) => view.draw(items));
  document.querySelectorAll(".tile").forEach((tile) => tile.setAttribute("aria-pressed", String(statuses.has(tile.dataset.status))));
};
const build = () => {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.title = DATA.title[lang] + (DATA.simulated ? word("simulated.mark") : "");
  const table = tableView(), heat = heatView();
  filters = filterView();
  views = [filters, table, heat];
  const jump = [["summary", word("page.nav_summary")], ["changes", word("page.changes")], ["variance", word("page.variance")], ["heat", word("page.heat")], ["deliveries", word("page.deliveries")], ["milestones", word("page.milestones")], ["rules", word("page.rules")]];
  const main = el("main", { id: "main" }, summaryView(), changesView(),
    section("variance", word("page.variance"), hint(word("page.notation")), filters.node, table.node), section("heat", word("page.heat"), hint(word("page.heat_hint")), heat.node), deliveriesView(), milestonesView(), rulesView());
  const jumps = el("nav", { class: "jumps", "aria-label": word("page.contents") }, jump.filter(([id]) => main.querySelector(`#${id}`)).map(([id, text]) => el("a", { href: `#${id}`, onclick: (event) => { event.preventDefault(); const goal = document.getElementById(id); goal.scrollIntoView(); goal.querySelector("h2").setAttribute("tabindex", "-1"); goal.querySelector("h2").focus({ preventScroll: true }); } }, text)));
  document.getElementById("app").replaceChildren(...[
    el("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); document.getElementById("search").focus(); } }, word("page.skip")), simulatedBand(), headerView(), jumps, main, el("footer", {}, el("p", {}, word("page.footer"))), DATA.simulated ? el("div", { class: "watermark", "aria-hidden": "true" }, Array(24).fill(0).map(() => el("span", {}, word("simulated.short")))) : null,
  ].filter(Boolean));
  refresh();
  if (state.t) drawPanel();
};
const follow = () => {
  const was = lang;
  lang = DATA.lang;
  readAddress();
  applyTheme();
  if (was !== lang) return build();
  const form = document.querySelector(".filters");
  for (const name of ["q", "office", "section", "data"]) form.elements[name].value = state[name];
  refresh();
  state.t ? drawPanel() : closePanel();
};
addEventListener("popstate", follow);
addEventListener("hashchange", follow);
addEventListener("beforeprint", () => { if (!dialog.open) showAll(); });
addEventListener("resize", () => chart?.resize());
addEventListener("keydown", (event) => {
  if (event.key !== "/" || dialog.open || event.target.matches("input, select, textarea")) return;
  event.preventDefault();
  document.getElementById("search").focus();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
readAddress();
applyTheme();
build();
