// The page's facts and its words. Both languages travel with the page; the reader chooses.
const DATA = JSON.parse(document.getElementById("data").textContent);
const LANGS = ["zh", "en"];
let lang = DATA.lang;
const word = (key, values) => {
  const text = DATA.words[lang][key];
  if (text === undefined) return key.slice(key.indexOf(".") + 1);
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole)) : text;
};
const inLang = (pair) => pair[LANGS.indexOf(lang)] || pair[0];
const office = (id) => (DATA.offices[id] ? inLang(DATA.offices[id]) : id || "");
const sectionName = (id) => inLang(DATA.sections[id]);
const sectionTitle = (id) => inLang(DATA.sections[id].slice(LANGS.length));
const nameOf = (target) => inLang(target.name);
