// Section 11: the checks of a full bundle, in their order, each VERIFIED, MISMATCH or NOT CHECKED, with what was expected and found.

import { isEqual, renderCanonical } from "./canonical.js";
import { drawTickets, judgeQuotas, select } from "./selection.js";
import { judgeEntry, seedLines } from "./seed.js";
import { Refused } from "./bytes.js";
import { Tickets, sha256OfText } from "./sha256.js";
import { staff } from "./staffing.js";
import { chainOf, judgeLink, judgeSupplement } from "./supplement.js";

const RESTS_ON = {
  "COMMIT-1": [],
  "FRAME-1": [],
  "SEED-1": ["COMMIT-1"],
  "SEED-2": ["SEED-1"],
  "SEED-3": ["SEED-1"],
  "SELECT-1": ["FRAME-1", "SEED-3"],
  "VISIT-1": ["SELECT-1"],
  "AMEND-1": ["VISIT-1"],
  "SIGN-1": [],
  "ORDER-1": [],
};
const BEYOND_LEVEL_0 = ["SIGN-1", "ORDER-1"];

export const VERIFIED = (more = {}) => ({ verdict: "VERIFIED", ...more });
export const MISMATCH = (code, values = {}) => ({ verdict: "MISMATCH", code, values });
export const NOT_CHECKED = (code, values = {}) => ({ verdict: "NOT CHECKED", code, values });

/** The verdicts so far; a check that rests on one that is not VERIFIED is not made. */
export class Report {
  constructor(restsOn = RESTS_ON) {
    this.restsOn = restsOn;
    this.checks = [];
  }

  /** Whether a check may be made; where it may not, it says so itself. */
  isFree(id) {
    const under = this.restsOn[id].find((other) => this.verdict(other) !== "VERIFIED");
    if (under === undefined) return true;
    this.say(id, NOT_CHECKED("restsOn", { check: under }));
    return false;
  }

  say(id, { verdict, code = null, values = {} }) {
    this.checks.push({ id, verdict, code, values });
  }

  verdict(id) {
    return this.checks.find((check) => check.id === id)?.verdict ?? null;
  }

  has(verdict, checks = this.checks) {
    return checks.some((check) => check.verdict === verdict);
  }

  /** In a word: a mismatch, all of level 0 verified, or neither. */
  summary() {
    if (this.has("MISMATCH")) return "MISMATCH";
    return this.levelChecks().every((check) => check.verdict === "VERIFIED") ? "VERIFIED" : "NOT CHECKED";
  }

  levelChecks() {
    return this.checks.filter(({ id }) => !BEYOND_LEVEL_0.includes(id));
  }
}

/** All checks of a draw that was read; gives the report, and what a reader of the draw may want to look into. */
export function* checkDraw(draw) {
  const report = new Report();
  const found = { tickets: null, ordered: null, selection: null, quotas: null };
  checkCommitment(draw.result.commitment, draw.commitmentDigest, report);
  checkFrame(draw, report);
  yield* checkSeed(draw.commitment, draw.commitmentDigest, draw.result, report);
  if (report.isFree("SELECT-1")) yield* checkSelection(draw, report, found);
  if (report.isFree("VISIT-1")) yield* checkVisits(draw, report, found);
  if (draw.commitment.amends !== undefined && report.isFree("AMEND-1")) yield* checkSupplement(draw, report);
  report.say("SIGN-1", NOT_CHECKED("signatures"));
  report.say("ORDER-1", NOT_CHECKED("log"));
  return { report, found };
}

export function checkCommitment(named, digest, report) {
  const values = { expected: digest, found: named };
  report.say("COMMIT-1", named === digest ? { ...VERIFIED(), values } : MISMATCH("commitDiffers", values));
}

function checkFrame(draw, report) {
  for (const list of ["entities", "excluded", "inspectors"]) {
    const [expected, found] = [draw.commitment.frame[list], draw.roots[list]];
    if (!isEqual(expected, found)) {
      const values = { list, expected: `${expected.count} · ${expected.root}`, found: `${found.count} · ${found.root}` };
      report.say("FRAME-1", MISMATCH("frameDiffers", values));
      return;
    }
  }
  const { entities, inspectors, excluded } = draw.roots;
  report.say("FRAME-1", { ...VERIFIED(), code: "frameHolds", values: { entities: entities.count, inspectors: inspectors.count, excluded: excluded.count } });
}

/** SEED-1 to SEED-3, the same for a result, a disclosure and a receipt. */
export function* checkSeed(commitment, digest, { entropy, seed }, report) {
  if (report.isFree("SEED-1")) report.say("SEED-1", judgeAnswers(commitment.sources, entropy));
  if (report.isFree("SEED-2")) {
    yield { phase: "proofs", done: 0, total: entropy.length };
    report.say("SEED-2", judgeEntries(entropy));
  }
  if (report.isFree("SEED-3")) {
    const expected = sha256OfText(seedLines(digest, entropy).join("\n"));
    const isOneLined = entropy.every(({ value }) => !value.includes("\n"));
    const values = { expected, found: seed };
    report.say("SEED-3", isOneLined && expected === seed ? { ...VERIFIED(), values } : MISMATCH("seedDiffers", values));
  }
}

function judgeAnswers(sources, entropy) {
  if (sources.length !== entropy.length) return MISMATCH("answersCount", { expected: sources.length, found: entropy.length });
  for (const [index, promise] of sources.entries()) {
    const entry = entropy[index];
    for (const key of Object.keys(promise)) {
      const isThere = Object.prototype.hasOwnProperty.call(entry, key);
      if (!isThere || !isEqual(promise[key], entry[key])) {
        const [expected, found] = [showValue(promise[key]), isThere ? showValue(entry[key]) : "–"];
        return MISMATCH("answerDiffers", { source: promise.name, key, expected, found });
      }
    }
  }
  return { ...VERIFIED(), code: "answersHold", values: { count: sources.length } };
}

function judgeEntries(entropy) {
  const judged = entropy.map((entry) => ({ source: entry.name, ...judgeEntry(entry) }));
  const worst = judged.find(({ verdict }) => verdict === "MISMATCH") ?? judged.find(({ verdict }) => verdict === "NOT CHECKED");
  if (worst === undefined) return { ...VERIFIED(), code: "proofsHold", values: { count: entropy.length } };
  return { verdict: worst.verdict, code: worst.code, values: { source: worst.source, ...worst.values } };
}

/** A value as its canonical text, for whoever compares two. */
function showValue(value) {
  return renderCanonical(value, "", 0);
}

/** Where two lists of canonical values first differ: a mismatch that shows both. */
function judgeLists(code, expected, found) {
  const length = Math.max(expected.length, found.length);
  for (let index = 0; index < length; index += 1) {
    const [one, other] = [expected[index], found[index]];
    if (one === undefined || other === undefined || !isEqual(one, other)) {
      const text = (value) => (value === undefined ? "–" : showValue(value));
      return MISMATCH(code, { place: index + 1, expected: text(one), found: text(other) });
    }
  }
  return null;
}

function* checkSelection(draw, report, found) {
  const quotas = judgeQuotas(draw);
  if (quotas !== null) {
    report.say("SELECT-1", MISMATCH(quotas.code, quotas.values));
    return;
  }
  found.tickets = new Tickets(draw.result.seed);
  found.ordered = yield* drawTickets(draw, found.tickets);
  Object.assign(found, select(draw, found.ordered));
  const expected = found.selection.map(({ entity, ticket, drawn }) => ({ drawn, entity: entity.id, ticket }));
  const verdict = judgeLists("selectionDiffers", expected, draw.result.selection);
  report.say("SELECT-1", verdict ?? { ...VERIFIED(), code: "selectionHolds", values: { drawn: expected.length, entities: draw.entities.length } });
}

function* checkVisits(draw, report, found) {
  const { visits } = yield* staff(draw, found.selection, found.tickets);
  const verdict = judgeLists("visitsDiffer", visits, draw.result.visits);
  const open = visits.filter((visit) => visit.open !== undefined).length;
  report.say("VISIT-1", verdict ?? { ...VERIFIED(), code: "visitsHold", values: { visits: visits.length, open } });
}

function* checkSupplement(draw, report) {
  const { amended } = draw;
  if (amended === null) return report.say("AMEND-1", NOT_CHECKED("amendMissing"));
  if (amended instanceof Refused) {
    return report.say("AMEND-1", MISMATCH("amendRefused", { refusal: { code: amended.code, values: amended.values } }));
  }
  const { report: before } = yield* checkDraw(amended);
  const broken = before.checks.find(({ verdict }) => verdict === "MISMATCH");
  if (broken !== undefined) return report.say("AMEND-1", MISMATCH("amendBroken", { check: broken.id }));
  const chain = chainOf(draw);
  const found = judgeLink(draw) ?? (chain === null ? null : judgeSupplement(chain));
  if (found !== null) return report.say("AMEND-1", MISMATCH(found.code, found.values));
  const open = before.levelChecks().find(({ verdict }) => verdict !== "VERIFIED");
  if (open !== undefined) return report.say("AMEND-1", NOT_CHECKED("amendUnchecked", { check: open.id }));
  return report.say("AMEND-1", { ...VERIFIED(), code: "amendHolds", values: { changes: draw.commitment.amends.changes.length } });
}
