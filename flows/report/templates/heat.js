// The heat map of targets by month: a mark and a colour for the status that each period was given.
const heatMonths = () => [...new Set(DATA.targets.flatMap((t) => (t.history || []).map((h) => h[0].slice(0, 7))))].sort().slice(-12);
const heatView = () => {
  const months = heatMonths();
  const body = el("tbody"), foot = el("div", { class: "foot" });
  const row = (t) => {
    const found = new Map((t.history || []).map((h) => [h[0].slice(0, 7), h]));
    const cells = months.map((m) => {
      const h = found.get(m);
      if (!h) return el("td", { class: "none" }, el("span", { class: "visually-hidden" }, MISSING));
      const said = `${month(m)} ${word(`status.${h[1]}`)}${isNumber(h[4]) ? ` ${points(h[4])}` : ""}`;
      return el("td", { class: `cell s-${h[1]}`, title: said }, el("span", { "aria-hidden": "true" }, DATA.marks[h[1]], isNumber(h[4]) ? el("i", {}, signed(h[4], 1)) : null), el("span", { class: "visually-hidden" }, word(`status.${h[1]}`)));
    });
    const open = el("a", { class: "name", href: `#t=${encodeURIComponent(t.target_id)}`, onclick: (event) => { event.preventDefault(); openPanel(t.target_id); } }, nameOf(t));
    return el("tr", {}, el("th", { scope: "row" }, open), cells);
  };
  const head = el("tr", {}, el("th", { scope: "col" }, word("column.indicator")), months.map((m) => el("th", { scope: "col" }, shortMonth(m))));
  const table = el("table", { class: "heat" }, el("caption", { class: "visually-hidden" }, word("page.heat")), el("thead", {}, head), body);
  const legend = el("p", { class: "legend" }, DATA.statuses.filter((s) => DATA.targets.some((t) => t.status === s || (t.history || []).some((h) => h[1] === s))).map((s) => pill(s)));
  return { node: el("div", {}, legend, el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": word("page.heat") }, table), foot), draw: (items) => fill("heat", body, items, row, foot) };
};
