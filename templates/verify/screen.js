// Answers of the engine as elements. Whatever comes from a file enters as a text node, and characters that nobody sees are named.

const SIGNS = { VERIFIED: ["✓", "good"], HOLDS: ["✓", "good"], MISMATCH: ["✗", "bad"], "NOT CHECKED": ["–", "open"], refused: ["!", "bad"], failed: ["!", "open"] };
const ITEMS_SHOWN = 200;
const SHORT = 14;

/** Text of a file as a person can see it: control and format characters by their numbers. */
function visible(text) {
  return String(text).replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `⟨U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** A domain's name, before it the word that the field has for it. */
function domainName(domain) {
  const word = Object.prototype.hasOwnProperty.call(WORDS, `domain_${domain}`) ? say(`domain_${domain}`) : "";
  return word === "" ? domain : `${word} ${domain}`;
}

/** An element with attributes and children; children that are no elements become text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

function data(text, tag = "span") {
  return make(tag, { class: "data" }, visible(text));
}

/** A sentence of the table of words with values of a file in it. */
function sentence(key, values) {
  return visible(say(key, values));
}

function section(key, ...children) {
  const id = `section-${key}`;
  return make("section", { "aria-labelledby": id }, make("h2", { id }, say(key)), ...children);
}

function facts(pairs) {
  return make("dl", { class: "facts" }, ...pairs.flatMap(([key, value]) => [make("dt", {}, say(key)), make("dd", {}, value instanceof Node ? value : data(value))]));
}

/** A table with its headings; cells are texts or elements, the first of a row is its heading. */
function table(headings, rows, caption) {
  const head = make("tr", { role: "row" }, ...headings.map((key) => make("th", { scope: "col", role: "columnheader" }, say(key))));
  const cellOf = (cell, index) => {
    const content = cell instanceof Node ? cell : data(cell);
    const kept = content.textContent.length <= SHORT ? "short" : null;
    if (index === 0) return make("th", { scope: "row", role: "rowheader", class: kept }, content);
    return make("td", { role: "cell", class: kept, "data-label": say(headings[index]) }, content);
  };
  const body = rows.map((cells) => make("tr", { role: "row" }, ...cells.map(cellOf)));
  const parts = [make("caption", { class: "unseen" }, caption), make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...body)];
  return make("table", { class: "small", role: "table" }, ...parts);
}

function code(text) {
  return make("code", { class: "data" }, visible(text));
}

function renderSum(answer, seconds) {
  const kind = answer.type === "report" ? answer.summary : answer.type;
  const [sign] = SIGNS[kind];
  const first = answer.checks?.find(({ verdict }) => verdict === "MISMATCH");
  const values = first === undefined ? { text: answer.text } : { check: first.id, name: say(`check_${first.id}`) };
  const lines = [make("p", {}, make("strong", {}, say(`sum_${kind}`)))];
  if (answer.type === "refused") lines.push(make("p", {}, sentence(answer.code, answer.values)));
  lines.push(make("p", {}, sentence(`sumMore_${kind}`, values)));
  if (answer.type === "report") lines.push(make("p", { class: "took" }, say("seconds", { seconds })));
  return make("div", { class: "sum" }, make("span", { class: "sign", "aria-hidden": "true" }, sign), make("div", {}, ...lines));
}

function renderAbout({ kind, digest, resultDigest, counts, leftOut, about }, pasted, onPaste) {
  const days = { first: about.days[0], last: about.days[about.days.length - 1], count: about.days.length };
  const tell = make("p", { class: "tell", role: "status", "aria-live": "polite" });
  const input = make("input", { type: "text", id: "published", class: "mono", autocomplete: "off", spellcheck: "false", maxlength: "200", value: pasted });
  const compare = () => {
    onPaste(input.value);
    tellDigest(tell, input.value, digest);
  };
  input.addEventListener("input", compare);
  tellDigest(tell, pasted, digest);
  const pairs = [["kind", say(`kind_${kind}`)], ["bureau", about.bureau], ["slot", about.slot], ["period", about.period], ["days", say("dayRange", days)]];
  if (counts !== null) pairs.push(["counts_of", say("countsLine", counts)]);
  if (leftOut.length > 0) pairs.push(["leftOut", joinTexts(leftOut.map(([reason, count]) => `${sayReason(reason)}: ${count}`))]);
  if (resultDigest !== undefined && resultDigest !== null) pairs.push(["resultDigest", code(resultDigest)]);
  return section(
    "aboutHeading",
    make("code", { class: "digest", id: "digest" }, digest),
    make("div", { class: "paste" }, make("p", { class: "note" }, say("aboutMore")), make("label", { for: "published" }, say("published")), input, tell),
    facts(pairs),
  );
}

function tellDigest(tell, text, digest) {
  const typed = text.replace(/\s/g, "").toLowerCase();
  const isWhole = /^[0-9a-f]{64}$/.test(typed);
  tell.className = `tell ${isWhole ? (typed === digest ? "good" : "bad") : ""}`;
  if (typed === "") tell.textContent = "";
  else if (!isWhole) tell.textContent = say("digestWhole", { count: typed.length });
  else tell.textContent = say(typed === digest ? "digestSame" : "digestDiffers");
}

function renderChecks({ checks }) {
  const rows = checks.map(({ id, verdict, code: reason, values }) => {
    const [sign, colour] = SIGNS[verdict];
    const compared = values.expected === undefined ? null : renderCompared(values);
    const isBad = verdict === "MISMATCH";
    return make(
      "tr",
      { role: "row", class: isBad ? "bad" : null, "data-check": id, "data-verdict": verdict },
      make("th", { scope: "row", role: "rowheader" }, make("span", { class: "id" }, id), say(`check_${id}`)),
      make("td", { role: "cell", class: `v ${colour}` }, make("span", { "aria-hidden": "true" }, `${sign} `), say(`verdict_${verdict}`)),
      make("td", { role: "cell" }, reason === null ? null : sentence(reason, values), compared),
    );
  });
  const head = make("tr", { role: "row" }, ...["check", "verdict", "detail"].map((key) => make("th", { scope: "col", role: "columnheader" }, say(key))));
  const parts = [make("caption", { class: "unseen" }, say("checksHeading")), make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...rows)];
  return section("checksHeading", make("table", { class: "checks", role: "table" }, ...parts));
}

/** Expected and found, or, where they are the same, once. */
function renderCompared({ expected, found }) {
  const pairs = expected === found ? [["both", expected]] : [["expected", expected], ["found", found]];
  return make("dl", {}, ...pairs.flatMap(([key, value]) => [make("dt", {}, say(key)), make("dd", {}, code(value))]));
}

/** The lines that go into one digest, and the command that repeats it. */
function renderWork({ purpose, about, lines, digest }, isOpen) {
  const quoted = lines.map((line) => `'${line.replaceAll("'", "'\\''")}'`).join(" ");
  const command = `printf '${lines.map(() => "%s").join("\\n")}' ${quoted} | sha256sum`;
  return make(
    "details",
    { open: isOpen },
    make("summary", {}, sentence(`purpose_${purpose}`, { about })),
    make("p", { class: "note" }, say("linesOf")),
    make("pre", { class: "data" }, lines.map(visible).join("\n")),
    make("p", { class: "note" }, say("command")),
    make("pre", { class: "data command" }, visible(command)),
    make("p", {}, `${say("equals")} `, code(digest)),
  );
}

function renderSeed({ seed, sources }) {
  const rows = sources.map(({ name, kind, at: time, value }) => [name, say(`source_${kind}`), time, code(value)]);
  return section("seedHeading", table(["source", "kindOf", "at", "value"], rows, say("sourcesHeading")), make("p", { class: "note" }, say("workMore")), renderWork(seed, false));
}

function renderQuestions({ questions: asked }) {
  const isChain = new Set(asked.flatMap(({ items }) => items.map(({ slot }) => slot))).size > 1;
  const lists = asked.map(({ code: key, items }) => {
    const shown = items.slice(0, ITEMS_SHOWN).map((item) => make("li", {}, data((isChain ? `${item.slot} · ` : "") + sayItem(item))));
    if (items.length > ITEMS_SHOWN) shown.push(make("li", {}, say("askCut", { more: items.length - ITEMS_SHOWN })));
    return make("details", { "data-question": key }, make("summary", {}, say("askCount", { what: say(`ask_${key}`), count: items.length })), make("ul", {}, ...shown));
  });
  return section("askHeading", make("p", { class: "note" }, say("askMore")), ...(lists.length === 0 ? [make("p", {}, say("askNone"))] : lists));
}

/** One thing to ask about: whom it is about, and what is known. */
function sayItem({ about, detail, sentence: said }) {
  if (said !== undefined) {
    const texts = Object.entries(said.values).map(([key, value]) => [key, Array.isArray(value) ? joinTexts(value) : value]);
    return say(said.code, Object.fromEntries(texts));
  }
  const known = detail.map((part) => (Array.isArray(part) ? joinTexts(part) : part)).join("").trim();
  return known === "" ? about : `${about}: ${known}`;
}

function joinTexts(texts) {
  return texts.join(languageName() === "zh" ? "、" : ", ");
}

/** A reason for which somebody is left out, in the reader's language. */
function sayReason(reason) {
  return WORDS[`reason_${reason}`] === undefined ? reason : say(`reason_${reason}`);
}

function renderHits({ query, shown, more }, onChoose) {
  if (shown.length === 0) return [make("p", {}, sentence("lookNone", { query }))];
  const items = shown.map(({ id, name }) => make("li", {}, make("button", { type: "button", click: () => onChoose(id) }, data(id), name === null ? null : " ", name === null ? null : data(name))));
  const parts = [make("p", {}, say("lookSome", { count: shown.length + more })), make("ul", { class: "hits" }, ...items)];
  if (more > 0) parts.push(make("p", { class: "note" }, say("lookMore", { more })));
  return parts;
}

function renderCompany(company) {
  const { id, name, row, excluded, ticket } = company;
  const isDrawn = (company.drawn ?? []).length > 0;
  const state = row === null ? "isExcluded" : isDrawn ? "isDrawn" : "isNotDrawn";
  const title = make("h3", { id: "company-name", tabindex: "-1" }, data(name ?? id), name === null ? null : make("span", { class: "note" }, " ", data(id)));
  const parts = [title];
  if (company.isUnknown) parts.push(make("p", {}, say("isUnknown")));
  else parts.push(make("p", {}, make("span", { class: `badge v ${isDrawn ? "good" : "open"}` }, say(state))));
  for (const one of excluded) parts.push(renderExclusion(one));
  if (ticket !== null) {
    parts.push(make("h4", {}, say("ticket")), code(ticket), make("p", { class: "note" }, say("ticketMore")));
    parts.push(make("h4", {}, say("standHeading")), renderStandings(company.standings));
  }
  if (company.visit) parts.push(...renderVisit(company));
  if (company.day) parts.push(make("h4", {}, say("visitHeading")), facts([["visitDayRow", company.day]]));
  if (ticket !== null) parts.push(make("h4", {}, say("workHeading")), make("p", { class: "note" }, say("workMore")), ...company.work.map((work, index) => renderWork(work, index === 0)));
  if (row !== null) parts.push(make("h4", {}, say("rowHeading")), make("pre", { class: "data" }, visible(row)));
  return make("div", { class: "card" }, ...parts);
}

function renderExclusion({ reason, domain, row }) {
  const values = { domain: domain === null ? null : domainName(domain), reason: sayReason(reason) };
  return make("div", {}, make("p", {}, sentence(domain === null ? "excludedWhole" : "excludedDomain", values)), make("pre", { class: "data" }, visible(row)));
}

function renderStandings(standings) {
  const rows = standings.map(({ domain, stratum, size, take, rank, cutoff, isDrawn }) => [
    domainName(domain),
    stratum,
    rank === null ? "–" : say("rankValue", { rank, size }),
    take === null ? "–" : String(take),
    cutoff === null ? say("notDrawnFor") : code(cutoff),
    make("span", { class: `v ${isDrawn ? "good" : "open"}` }, `${isDrawn ? "✓" : "–"} ${say(isDrawn ? "isDrawn" : "isNotDrawn")}`),
  ]);
  return table(["domain", "stratum", "rankOf", "take", "cutoff", "outcome"], rows, say("standHeading"));
}

function renderVisit({ visit, trace, place }) {
  const pairs = [["visitDomainsRow", joinTexts(visit.domains.map(domainName))]];
  if (visit.day !== undefined) {
    pairs.push(["visitDayRow", visit.day], ["visitTeam", visit.team.join(" ")]);
    if (trace.leader !== null) pairs.push(["visitLeader", trace.leader]);
    if (visit.expert !== undefined) pairs.push(["visitExpert", visit.expert]);
  }
  const parts = [make("h4", {}, say("visitHeading")), make("p", {}, say("visitPlace", { place }))];
  if (visit.open !== undefined) parts.push(make("p", { class: "v open" }, say(`open_${visit.open}`)));
  parts.push(facts(pairs), make("h4", {}, say("triedHeading")), make("p", { class: "note" }, say("triedMore", { even: trace.even })));
  const tried = trace.tried.map(({ day, ticket, held, pool, size }) => [day, code(ticket), String(held), String(pool), size === 0 ? say("noSize") : say("size", { size })]);
  parts.push(table(["visitDayRow", "ticket", "held", "pool", "outcome"], tried, say("triedHeading")));
  if (trace.seats.length + trace.named.length > 0 && visit.day !== undefined) {
    const named = trace.named.map((id) => [id, say("seatNamed"), "–"]);
    const seats = trace.seats.map(({ id, ticket, passed }) => [id, code(ticket), passed.join(" ") || "–"]);
    parts.push(make("h4", {}, say("seatsHeading")), table(["seat", "ticket", "passed"], [...named, ...seats], say("seatsHeading")));
  }
  return parts;
}
