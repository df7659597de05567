// Section 12: what no check can prove and a person should question, by the same ids and in the same order as the command lists it.

import { Refused } from "./bytes.js";

const ENOUGH_BITS = 64;
const BEACON_BITS = { drand: 128, nist: 512 };
const OWN_KINDS = ["dice", "text"];
const ORDER = ["change", "absence", "addition", "sources", "allowance", "calendar", "full-quota", "bars", "certain-days"];

/**
 * What to ask, by id: each with its items, and each of these with the draw, whom it is about and what is known. What is known are texts
 * one behind the other, lists among them; or a sentence of the table of words.
 */
export function questions(opened) {
  const draws = opened.kind === "bundle" ? chainOfRead(opened.draw).map(askDraw) : [askPaper(opened)];
  // What lies between the first draw of a chain and the last one follows from them and the changes.
  const ends = draws.length === 1 ? draws : [draws[0], draws[draws.length - 1]];
  const listed = ORDER.map((code, place) => ({ code, items: (place < ORDER.indexOf("allowance") ? draws : ends).flatMap((asked) => asked[code]) }));
  return listed.filter(({ items }) => items.length > 0);
}

/** The draw and those that it amends, the latest first, as far as they can be read. */
function chainOfRead(draw) {
  const chain = [];
  for (let one = draw; one !== null && !(one instanceof Refused); one = one.amended) chain.push(one);
  return chain;
}

function askDraw({ commitment, entities, inspectors, result }) {
  const asked = askCommitted(commitment, entities);
  const { slot } = commitment;
  asked.bars = inspectors.filter(({ barred }) => barred.length > 0).map(({ id, barred }) => ({ slot, about: id, detail: [String(barred.length)] }));
  asked.sources.push(...result.entropy.filter(({ kind }) => kind === "nist").flatMap((entry) => askPulse(slot, entry)));
  return asked;
}

function askPaper({ kind, commitment, paper }) {
  const rows = kind === "public" ? paper.visits.map(({ row }) => row) : paper.frame === undefined ? [] : [paper.frame.row];
  return askCommitted(commitment, rows);
}

/** What a commitment and some rows of its frame tell. */
function askCommitted(commitment, rows) {
  const { slot, sources, quotas, amends = { changes: [], absent: [], added: [] } } = commitment;
  const item = (about, ...detail) => ({ slot, about, detail });
  return {
    change: amends.changes.map(({ entity, left, closed, reason }) => item(entity, reason, " ", [...left, ...closed])),
    absence: amends.absent.map(({ id, days, reason }) => item(id, reason, ": ", days)),
    addition: amends.added.map(({ id, reason }) => item(id, reason)),
    sources: findWeaknesses(sources).map((sentence) => ({ slot, about: "", sentence })),
    allowance: rows.map(({ id, allowed }) => item(id, textsOf(allowed))).filter(({ detail: [rules] }) => rules.length > 0),
    calendar: provisionalYears(commitment).map((year) => item(String(year))),
    "full-quota": quotas.filter(({ size, take }) => take === size).map(({ domain, stratum, size }) => item(`${domain} ${stratum}`, String(size))),
    bars: [],
    "certain-days": rows.filter(({ days }) => days !== undefined).map(({ id, days }) => item(id, days)),
  };
}

/** Texts of what should be a list of them; anything else says nothing. */
function textsOf(value) {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}

function provisionalYears({ calendar }) {
  const years = calendar?.provisional;
  return Array.isArray(years) ? years.filter((year) => typeof year === "number") : [];
}

/** Sources too weak for a seed, or all in the bureau's own hands. */
function findWeaknesses(sources) {
  const found = [];
  const bits = Math.floor(sources.reduce((sum, source) => sum + certainBits(source), 0));
  const names = sources.filter(({ kind }) => kind === "lottery").map(({ name }) => name);
  const values = { bits, enough: ENOUGH_BITS };
  if (bits < ENOUGH_BITS && names.length > 0) found.push({ code: "weakUncounted", values: { ...values, names } });
  else if (bits < ENOUGH_BITS) found.push({ code: "weakSources", values });
  if (sources.every(({ kind }) => OWN_KINDS.includes(kind))) found.push({ code: "ownSources", values: {} });
  return found;
}

/** Bits of chance that nobody can know beforehand; what a sealed text or a lottery holds is not certain. */
function certainBits({ kind, count, sides }) {
  return kind === "dice" ? count * Math.log2(sides) : (BEACON_BITS[kind] ?? 0);
}

/** Whether the beacon itself says that a pulse is out of order; what is no pulse says nothing here. */
function askPulse(slot, { name, pulse_record: record }) {
  let status;
  try {
    status = JSON.parse(record).pulse.statusCode;
  } catch {
    return [];
  }
  if (!Number.isSafeInteger(status) || status === 0) return [];
  return [{ slot, about: "", sentence: { code: "pulseStatus", values: { name, status } } }];
}
