// Public bundles (public-v1) and receipts (receipt-v1): some rows with their paths, and what can be checked of them.

import { compareBytes, isSame, isSorted, refuse, toHex } from "./bytes.js";
import { canonicalBytes, parseCanonicalBytes } from "./canonical.js";
import { checkCommitment, checkSeed, MISMATCH, NOT_CHECKED, Report, VERIFIED } from "./checks.js";
import { isExcludedBefore, requireCommitment, requireEntity, requireEntropy, requireExcluded } from "./form.js";
import { leafHash, rootOfPath } from "./merkle.js";
import { sha256, Tickets } from "./sha256.js";
import { Shape } from "./shape.js";

const PAPER_RESTS_ON = {
  "COMMIT-1": [],
  "ROW-1": ["COMMIT-1"],
  "FRAME-1": [],
  "SEED-1": ["COMMIT-1"],
  "SEED-2": ["SEED-1"],
  "SEED-3": ["SEED-1"],
  "TICKET-1": ["ROW-1", "SEED-3"],
  "CUTOFF-1": ["TICKET-1"],
};
const BESIDE_PAPER = ["verify.py", "verify.html", "README.txt"];

/** The two files of a public bundle, their form held. */
export function readPublic(members) {
  for (const name of members.keys()) {
    if (!["commitment.json", "disclosure.json", ...BESIDE_PAPER].includes(name)) refuse("member", { member: name });
  }
  if (!members.has("commitment.json")) refuse("absent", { member: "commitment.json" });
  const commitmentBytes = members.get("commitment.json");
  const commitment = parseCanonicalBytes(commitmentBytes, "commitment.json");
  requireCommitment(commitment);
  const disclosure = parseCanonicalBytes(members.get("disclosure.json"), "disclosure.json");
  requireDisclosure(disclosure, commitment);
  return { kind: "public", commitment, commitmentDigest: toHex(sha256(commitmentBytes)), paper: disclosure };
}

function requireDisclosure(disclosure, commitment) {
  const shape = new Shape(disclosure, "disclosure.json");
  shape.keys(["format", "commitment", "result", "entropy", "seed", "counts", "cutoffs", "visits"]);
  shape.oneOf("format", ["public-v1"]);
  shape.digest("commitment");
  shape.digest("result");
  requireEntropy(shape);
  const counts = shape.part("counts").keys(["selected", "visits", "open", "shown"]);
  for (const key of Object.keys(counts.value)) counts.integer(key, 0);
  const cutoffs = shape.parts("cutoffs");
  for (const part of cutoffs) {
    part.keys(["cutoff", "domain", "stratum"]);
    part.digest("cutoff");
    part.text("domain");
    part.text("stratum");
  }
  const isBefore = (one, other) => (compareBytes(one.domain, other.domain) || compareBytes(one.stratum, other.stratum)) < 0;
  const isOrdered = cutoffs.every((part, index) => index === 0 || isBefore(cutoffs[index - 1].value, part.value));
  shape.rule(isOrdered, "sorted", "cutoffs");
  const visits = shape.parts("visits");
  const days = new Set(commitment.days);
  for (const part of visits) {
    part.keys(["row", "index", "path", "ticket", "drawn", "domains", "day", "day_ticket"]);
    requirePlace(part);
    requireEntity(part.value.row, `${part.where}: row`, commitment, days);
    part.digest("ticket");
    part.texts("drawn");
    part.texts("domains");
    part.day("day");
    part.digest("day_ticket");
  }
  shape.rule(isSorted(visits.map((part) => part.value.ticket)), "sorted", "visits");
  shape.rule(new Set(visits.map((part) => part.value.row.id)).size === visits.length, "sorted", "visits");
}

function requirePlace(part) {
  part.part("row");
  part.integer("index", 0);
  part.texts("path", { isOrdered: false });
  part.rule(part.value.path.every((text) => /^[0-9a-f]{64}$/.test(text)), "digest", "path");
}

/** A receipt, its form held. */
export function readReceipt(bytes) {
  const receipt = parseCanonicalBytes(bytes, "receipt");
  const shape = new Shape(receipt, "receipt");
  shape.keys(["format", "commitment", "entropy", "seed", "entity"], ["frame", "excluded"]);
  shape.oneOf("format", ["receipt-v1"]);
  requireCommitment(receipt.commitment);
  requireEntropy(shape);
  shape.id("entity");
  if (shape.has("frame")) {
    const frame = shape.part("frame").keys(["row", "index", "path", "ticket", "drawn", "standings"]);
    requirePlace(frame);
    requireEntity(frame.value.row, `${frame.where}: row`, receipt.commitment, new Set(receipt.commitment.days));
    frame.digest("ticket");
    frame.texts("drawn");
    const standings = frame.parts("standings");
    for (const part of standings) {
      part.keys(["cutoff", "domain", "rank", "stratum"]);
      part.digest("cutoff");
      part.text("domain");
      part.text("stratum");
      part.integer("rank", 1);
    }
    frame.rule(isSorted(standings.map((part) => part.value.domain)), "sorted", "standings");
  }
  if (shape.has("excluded")) {
    for (const part of shape.parts("excluded", 1)) {
      part.keys(["row", "index", "path"]);
      requirePlace(part);
      requireExcluded(part.value.row, `${part.where}: row`);
    }
  }
  shape.rule(shape.has("frame") || shape.has("excluded"), "nothingShown", "frame");
  requireOwn(shape, receipt);
  const digest = toHex(sha256(canonicalBytes(receipt.commitment)));
  return { kind: "receipt", commitment: receipt.commitment, commitmentDigest: digest, paper: receipt };
}

/** All checks of a disclosure or receipt, in their order. */
export function* checkDisclosure(read) {
  const { kind, commitment, commitmentDigest, paper } = read;
  const report = new Report(PAPER_RESTS_ON);
  const isReceipt = kind === "receipt";
  if (isReceipt) report.say("COMMIT-1", { ...VERIFIED(), code: "commitWithin" });
  else checkCommitment(paper.commitment, commitmentDigest, report);
  if (report.isFree("ROW-1")) report.say("ROW-1", yield* judgeShownRows(read));
  report.say("FRAME-1", NOT_CHECKED("rowsNotShown"));
  yield* checkSeed(commitment, commitmentDigest, paper, report);
  if (report.isFree("TICKET-1")) report.say("TICKET-1", judgeTickets(read));
  if (report.isFree("CUTOFF-1")) report.say("CUTOFF-1", isReceipt ? judgeStandings(read) : judgeCutoffs(read));
  report.say("SELECT-1", NOT_CHECKED("othersNotShown"));
  report.say("VISIT-1", NOT_CHECKED("visitsNotShown"));
  if (commitment.amends !== undefined) report.say("AMEND-1", NOT_CHECKED("amendNotShown"));
  report.say("SIGN-1", NOT_CHECKED("signatures"));
  report.say("ORDER-1", NOT_CHECKED("log"));
  return report;
}

/** The shown rows with their list: of the frame, and of the excluded in a receipt. */
function shownRows({ kind, paper }) {
  if (kind === "public") return paper.visits.map((part) => ({ part, list: "entities" }));
  const frame = paper.frame === undefined ? [] : [{ part: paper.frame, list: "entities" }];
  return [...frame, ...(paper.excluded ?? []).map((part) => ({ part, list: "excluded" }))];
}

/** A receipt's rows are its entity's, in order, and it is not both excluded and in the frame. */
function requireOwn(shape, { entity, frame, excluded = [] }) {
  const rows = excluded.map((part) => part.row);
  shape.rule([...(frame === undefined ? [] : [frame.row]), ...rows].every((row) => row.id === entity), "stranger", "entity");
  shape.rule(rows.every((row, index) => index === 0 || isExcludedBefore(rows[index - 1], row)), "sorted", "excluded");
  const isApart =
    frame === undefined
      ? rows.length === 1 && rows[0].domain === undefined
      : rows.every((row) => row.domain !== undefined && !frame.row.domains.includes(row.domain));
  shape.rule(isApart, "apart", "excluded");
}

function* judgeShownRows(read) {
  const { commitment } = read;
  const rows = shownRows(read);
  for (const [done, { part, list }] of rows.entries()) {
    if (done % 50 === 0) yield { phase: "read", done, total: rows.length };
    const { count, root } = commitment.frame[list];
    const found = part.index < count ? rootOfPath(leafHash(canonicalBytes(part.row)), part.index, count, part.path) : null;
    if (found !== root) return MISMATCH("rowPath", { entity: part.row.id, expected: root, found: found ?? "–" });
  }
  for (const wanted of ["entities", "excluded"]) {
    const parts = rows.filter(({ list }) => list === wanted).map(({ part }) => part);
    parts.sort((one, other) => (isExcludedBefore(one.row, other.row) ? -1 : 1));
    const wrong = parts.findIndex((part, index) => index > 0 && parts[index - 1].index >= part.index);
    if (wrong > 0) return MISMATCH("rowOrder", { entity: parts[wrong].row.id });
  }
  return { ...VERIFIED(), code: "rowsHold", values: { rows: rows.length } };
}

function judgeTickets({ kind, paper }) {
  const tickets = new Tickets(paper.seed);
  const parts = kind === "public" ? paper.visits : [paper.frame].filter((part) => part !== undefined);
  if (parts.length === 0 && kind === "receipt") return NOT_CHECKED("noTicket");
  for (const part of parts) {
    const pairs = [[tickets.of("entity", part.row), part.ticket]];
    if (kind === "public") pairs.push([tickets.of("day", part.row, part.day), part.day_ticket]);
    const wrong = pairs.find(([expected, found]) => expected !== found);
    if (wrong !== undefined) return MISMATCH("ticketDiffers", { entity: part.row.id, expected: wrong[0], found: wrong[1] });
  }
  return { ...VERIFIED(), code: "ticketsHold", values: { rows: parts.length } };
}

/** The quotas of a row's domains; undefined stands for one that the commitment has not. */
function quotasOf(commitment, row) {
  return row.strata.map(({ domain, stratum }) => commitment.quotas.find((quota) => quota.domain === domain && quota.stratum === stratum));
}

function pairOf({ domain, stratum }) {
  return JSON.stringify([domain, stratum]);
}

/** What is wrong with the quotas for which cut-offs are shown: exactly those that take somebody. */
function judgePairs(expected, found) {
  const [one, other] = [expected.map(pairOf), found.map(pairOf)];
  return isSame(one, other) ? null : MISMATCH("cutoffQuotas", { expected: one.join(" ") || "–", found: other.join(" ") || "–" });
}

function judgeCutoffs({ commitment, paper }) {
  const { counts, cutoffs, visits } = paper;
  const quotas = commitment.quotas.filter(({ take }) => take >= 1);
  const fault = judgePairs(quotas, cutoffs) ?? judgeCounts(counts, visits.length, quotas);
  if (fault !== null) return fault;
  const cutoffOf = new Map(cutoffs.map((part) => [pairOf(part), part.cutoff]));
  for (const part of visits) {
    const wrong = judgeShown(part, commitment, (quota) => cutoffOf.get(pairOf(quota)));
    if (wrong !== null) return wrong;
  }
  for (const quota of quotas) {
    const cutoff = cutoffOf.get(pairOf(quota));
    const drawn = visits.filter(({ row, ticket }) => ticket <= cutoff && row.strata.some((part) => pairOf(part) === pairOf(quota)));
    if (drawn.length > quota.take) return MISMATCH("cutoffTake", { quota: pairOf(quota), expected: quota.take, found: drawn.length });
    const highest = drawn.length === quota.take ? drawn[drawn.length - 1].ticket : cutoff;
    if (highest !== cutoff) return MISMATCH("cutoffHighest", { quota: pairOf(quota), expected: highest, found: cutoff });
  }
  return { ...VERIFIED(), code: "cutoffsHold", values: { quotas: quotas.length } };
}

/** Counts go with each other, with what is shown and with the quotas. */
function judgeCounts(counts, shown, quotas) {
  const takes = quotas.map(({ take }) => take);
  const largest = takes.reduce((most, take) => Math.max(most, take), 0);
  const all = takes.reduce((sum, take) => sum + take, 0);
  const isRight =
    counts.shown === shown &&
    counts.selected === counts.visits &&
    counts.shown + counts.open <= counts.visits &&
    largest <= counts.selected &&
    counts.selected <= all;
  const expected = `shown = ${shown}, selected = visits, shown + open ≤ visits, ${largest} ≤ selected ≤ ${all}`;
  return isRight ? null : MISMATCH("counts", { expected, found: JSON.stringify(counts) });
}

/** What is wrong with the domains and the day of one shown visit. */
function judgeShown(part, commitment, cutoffOf) {
  const { row, drawn, domains, day, ticket } = part;
  const fault = judgeDrawn(row, drawn, commitment, (quota) => ticket <= cutoffOf(quota));
  if (fault !== null) return fault;
  if (drawn.length === 0) return MISMATCH("notDrawn", { entity: row.id });
  const expected = commitment.combine === "applicable" ? row.domains : drawn;
  if (!isSame(domains, expected)) return MISMATCH("visitDomains", { entity: row.id, expected: expected.join(" "), found: domains.join(" ") });
  const days = row.days ?? commitment.days;
  return days.includes(day) ? null : MISMATCH("visitDay", { entity: row.id, expected: days.join(" "), found: day });
}

/** A domain is drawn exactly when its quota says so. */
function judgeDrawn(row, drawn, commitment, isDrawnFor) {
  const quotas = quotasOf(commitment, row);
  if (quotas.includes(undefined)) return MISMATCH("rowQuota", { entity: row.id });
  if (!quotas.some(({ take }) => take >= 1)) return MISMATCH("neverDrawable", { entity: row.id });
  const expected = quotas.filter((quota) => quota.take >= 1 && isDrawnFor(quota)).map(({ domain }) => domain);
  return isSame(expected, drawn) ? null : MISMATCH("drawnDiffers", { entity: row.id, expected: expected.join(" ") || "–", found: drawn.join(" ") || "–" });
}

function judgeStandings({ commitment, paper }) {
  const { row, ticket, drawn, standings } = paper.frame;
  const quotas = quotasOf(commitment, row);
  if (quotas.includes(undefined)) return MISMATCH("rowQuota", { entity: row.id });
  const expected = quotas.filter(({ take }) => take >= 1);
  const pairs = judgePairs(expected, standings);
  if (pairs !== null) return pairs;
  const standingOf = new Map(standings.map((standing) => [standing.domain, standing]));
  const fault = judgeDrawn(row, drawn, commitment, ({ domain }) => ticket <= standingOf.get(domain).cutoff);
  if (fault !== null) return fault;
  for (const { domain, size, take } of expected) {
    const { rank, cutoff } = standingOf.get(domain);
    // Where the rank stands to the quota, the ticket stands to the cut-off.
    const isRight = rank >= 1 && rank <= size && Math.sign(rank - take) === (ticket < cutoff ? -1 : ticket === cutoff ? 0 : 1);
    if (!isRight) return MISMATCH("rank", { entity: row.id, domain, expected: drawn.includes(domain) ? `1–${take}` : `${take + 1}–${size}`, found: rank });
  }
  return { ...VERIFIED(), code: "cutoffsHold", values: { quotas: expected.length } };
}
