// Building elements: text always becomes a text node, so that nothing from outside is ever markup.
const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") for (const [property, to] of Object.entries(value)) node.style.setProperty(property, to);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false).map((child) => (child instanceof Node ? child : String(child))));
  return node;
};
const svg = (tag, attributes = {}, ...children) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
};
const plainTable = (caption, headings, rows, attributes = {}) =>
  el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", { class: "plain", ...attributes },
      el("caption", {}, caption + (DATA.simulated ? word("simulated.mark") : "")),
      el("thead", {}, el("tr", {}, headings.map((text) => el("th", { scope: "col" }, text)))),
      el("tbody", {}, rows.map((cells) => el("tr", {}, cells.map((cell) => el("td", { class: isNumber(cell) ? "num" : null }, isNumber(cell) ? number(cell) : cell ?? "")))))));
const pill = (status) => el("span", { class: `pill s-${status}` }, el("span", { class: "mark", "aria-hidden": "true" }, DATA.marks[status]), " ", word(`status.${status}`));
const chip = (text, kind = "") => el("span", { class: `chip ${kind}` }, text);
const simulatedChip = () => (DATA.simulated ? chip(word("simulated.short"), "simulated") : null);
const section = (id, title, ...children) =>
  el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title, " ", simulatedChip()), children);
const hint = (text) => el("p", { class: "hint" }, text);
