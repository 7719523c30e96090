// Figures, dates and stretches of time as people write them. A missing figure is a dash, never a zero.
const MISSING = "—";
const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const isRate = (unit) => unit === "%" || unit === "‰";
const unitWord = (unit) => (unit ? DATA.words[lang][`unit.${unit}`] ?? unit : "");
const isNumber = (value) => typeof value === "number";
// Half up on the decimal digits, as the tables round: 1.005 is 1.01.
const rounded = (value, places) => Number(Math.round(Number(Math.abs(value) + "e" + places)) + "e-" + places) * Math.sign(value);
const number = (value, places = 2) => {
  if (!isNumber(value)) return MISSING;
  const exact = rounded(value, places);
  return exact.toLocaleString("en-US", { maximumFractionDigits: places, useGrouping: Math.abs(exact) >= 10000 }).replace("-", "−");
};
const signed = (value, places = 2) => {
  const text = number(value, places);
  return !isNumber(value) || text === "0" || text.startsWith("−") ? text : "+" + text;
};
const BOUNDS = { ">=": "≥", "<=": "≤" };
const figure = (value, bound) => (isNumber(value) ? (BOUNDS[bound] || "") + number(value) : MISSING);
const quantity = (value, unit, places = 2) => (isNumber(value) ? number(value, places) + (lang === "zh" || isRate(unit) ? unit || "" : " " + unitWord(unit)) : MISSING);
const points = (value) => (isNumber(value) ? signed(value, 1) + word("page.points") : MISSING);
const parts = (iso) => iso.slice(0, 10).split("-").map(Number);
const day = (iso) => {
  if (!iso) return MISSING;
  const [y, m, d] = parts(iso);
  return lang === "zh" ? `${y}年${m}月${d}日` : `${d} ${MONTHS[m - 1]} ${y}`;
};
const month = (iso) => {
  if (!iso) return MISSING;
  const [y, m] = parts(iso);
  return lang === "zh" ? `${y}年${m}月` : `${MONTHS[m - 1]} ${y}`;
};
const shortMonth = (iso) => (lang === "zh" ? `${parts(iso)[1]}月` : MONTHS[parts(iso)[1] - 1]);
const dayOfMonth = (iso) => (lang === "zh" ? `${parts(iso)[2]}日` : ` ${parts(iso)[2]}`);
const shortDay = (iso) => (lang === "zh" ? `${parts(iso)[1]}月${parts(iso)[2]}日` : `${parts(iso)[2]} ${MONTHS[parts(iso)[1] - 1]}`);
const stretch = (iso, basis) => {
  if (!iso) return MISSING;
  const m = parts(iso)[1];
  if (lang !== "zh") return basis === "ytd" && m > 1 ? `Jan–${MONTHS[m - 1]}` : basis === "point" ? `end ${MONTHS[m - 1]}` : MONTHS[m - 1];
  if (basis === "ytd") return m === 12 ? "全年" : m === 1 ? "1月" : `1—${m}月`;
  return basis === "quarter" ? `${Math.ceil(m / 3)}季度` : basis === "point" ? `${m}月末` : `${m}月`;
};
// Counts are whole: nobody expects 17.3 enterprises.
const placesOf = (t) => (t.whole ? 0 : 1);
