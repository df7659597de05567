// Public bundles (public-v1) and receipts (receipt-v1): some rows with their paths, and what can be checked of them.

import { compareBytes, isSame, isSorted, refuse, Refused, toHex } from "./bytes.js";
import { canonicalBytes, parseCanonicalBytes } from "./canonical.js";
import { checkCommitment, checkSeed, MISMATCH, NOT_CHECKED, Report, VERIFIED } from "./checks.js";
import { isExcludedBefore, requireCommitment, requireEntity, requireEntropy, requireExcluded, Shape } from "./form.js";
import { leafHash, rootOfPath } from "./merkle.js";
import { sha256, Tickets } from "./sha256.js";

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
  requireDisclosure(disclosure);
  return { kind: "public", commitment, commitmentDigest: toHex(sha256(commitmentBytes)), paper: disclosure };
}

function requireDisclosure(disclosure) {
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
  for (const part of visits) {
    part.keys(["row", "index", "path", "ticket", "drawn", "domains", "day", "day_ticket"]);
    requirePlace(part);
    part.digest("ticket");
    part.texts("drawn");
    part.texts("domains");
    part.day("day");
    part.digest("day_ticket");
  }
  shape.rule(isSorted(visits.map((part) => part.value.ticket)), "sorted", "visits");
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
    frame.digest("ticket");
    frame.texts("drawn");
    const standings = frame.parts("standings");
    for (const part of standings) {
      part.keys(["cutoff", "domain", "rank", "stratum"]);
      part.digest("cutoff");
      part.text("domain");
      part.text("stratum");
      part.integer("rank", 0);
    }
    frame.rule(isSorted(standings.map((part) => part.value.domain)), "sorted", "standings");
  }
  if (shape.has("excluded")) {
    for (const part of shape.parts("excluded", shape.has("frame") ? 0 : 1)) {
      part.keys(["row", "index", "path"]);
      requirePlace(part);
    }
  }
  shape.rule(shape.has("frame") || shape.has("excluded"), "nothingShown", "frame");
  const digest = toHex(sha256(canonicalBytes(receipt.commitment)));
  return { kind: "receipt", commitment: receipt.commitment, commitmentDigest: digest, paper: receipt };
}

/** All checks of a disclosure or receipt, in their order. */
export function* checkDisclosure(read) {
  const { kind, commitment, commitmentDigest, paper } = read;
  const report = new Report(PAPER_RESTS_ON);
  const isReceipt = kind === "receipt";
  checkCommitment(isReceipt ? commitmentDigest : paper.commitment, commitmentDigest, report);
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

function* judgeShownRows(read) {
  const { commitment, paper } = read;
  const days = new Set(commitment.days);
  const rows = shownRows(read);
  for (const [done, { part, list }] of rows.entries()) {
    if (done % 50 === 0) yield { phase: "read", done, total: rows.length };
    const where = `${list}.jsonl:${part.index + 1}`;
    try {
      if (list === "entities") requireEntity(part.row, where, commitment, days);
      else requireExcluded(part.row, where);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return MISMATCH("rowForm", { refusal: { code: error.code, values: error.values } });
    }
    const { count, root } = commitment.frame[list];
    const found = part.index < count ? rootOfPath(leafHash(canonicalBytes(part.row)), part.index, count, part.path) : null;
    if (found !== root) return MISMATCH("rowPath", { entity: part.row.id, expected: root, found: found ?? "–" });
  }
  if (read.kind === "receipt") {
    const fault = judgeOwn(paper);
    if (fault !== null) return fault;
  }
  return { ...VERIFIED(), code: "rowsHold", values: { rows: rows.length } };
}

/** A receipt's rows are its entity's, in order, and it is not both excluded and in the frame. */
function judgeOwn({ entity, frame, excluded = [] }) {
  const rows = excluded.map((part) => part.row);
  const stranger = [...(frame === undefined ? [] : [frame.row]), ...rows].find((row) => row.id !== entity);
  if (stranger !== undefined) return MISMATCH("rowStranger", { expected: entity, found: stranger.id });
  if (!rows.every((row, index) => index === 0 || isExcludedBefore(rows[index - 1], row))) return MISMATCH("rowOrder");
  if (frame !== undefined && rows.some((row) => row.domain === undefined || frame.row.domains.includes(row.domain))) {
    return MISMATCH("rowBoth", { entity });
  }
  return null;
}

function judgeTickets({ kind, paper }) {
  const tickets = new Tickets(paper.seed);
  const parts = kind === "public" ? paper.visits : [paper.frame].filter((part) => part !== undefined);
  if (parts.length === 0) return NOT_CHECKED(kind === "public" ? "nothingShown" : "noTicket");
  for (const part of parts) {
    const pairs = [[tickets.of("entity", part.row), part.ticket]];
    if (kind === "public") pairs.push([tickets.of("day", part.row, part.day), part.day_ticket]);
    const wrong = pairs.find(([expected, found]) => expected !== found);
    if (wrong !== undefined) return MISMATCH("ticketDiffers", { entity: part.row.id, expected: wrong[0], found: wrong[1] });
  }
  return { ...VERIFIED(), code: "ticketsHold", values: { rows: parts.length } };
}

/** The quotas of a row's domains: [{domain, quota}]; undefined stands for a quota that the commitment has not. */
function quotasOf(commitment, row) {
  return row.strata.map(({ domain, stratum }) => commitment.quotas.find((quota) => quota.domain === domain && quota.stratum === stratum));
}

function judgeCutoffs({ commitment, paper }) {
  const { counts, cutoffs, visits } = paper;
  const expected = commitment.quotas.filter(({ take }) => take >= 1);
  const named = (quota) => `${quota.domain} · ${quota.stratum}`;
  if (!isSame(expected.map(named), cutoffs.map(named))) {
    return MISMATCH("cutoffQuotas", { expected: expected.map(named).join("; "), found: cutoffs.map(named).join("; ") });
  }
  const isCounted = counts.shown === visits.length && counts.selected >= visits.length && counts.visits >= visits.length + counts.open;
  if (!isCounted) return MISMATCH("counts", { expected: `≥ ${visits.length}`, found: JSON.stringify(counts) });
  const cutoffOf = new Map(cutoffs.map((part) => [JSON.stringify([part.domain, part.stratum]), part.cutoff]));
  for (const part of visits) {
    const fault = judgeShown(part, commitment, (quota) => cutoffOf.get(JSON.stringify([quota.domain, quota.stratum])));
    if (fault !== null) return fault;
  }
  for (const quota of expected) {
    const cutoff = cutoffOf.get(JSON.stringify([quota.domain, quota.stratum]));
    const isOf = ({ row, ticket }) => ticket <= cutoff && row.strata.some(({ domain, stratum }) => domain === quota.domain && stratum === quota.stratum);
    const shown = visits.filter(isOf).length;
    if (shown > quota.take) return MISMATCH("cutoffTake", { quota: named(quota), expected: quota.take, found: shown });
  }
  return VERIFIED();
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
  const expected = quotas.filter((quota) => quota.take >= 1 && isDrawnFor(quota)).map(({ domain }) => domain);
  return isSame(expected, drawn) ? null : MISMATCH("drawnDiffers", { entity: row.id, expected: expected.join(" ") || "–", found: drawn.join(" ") || "–" });
}

function judgeStandings({ commitment, paper }) {
  const { row, ticket, drawn, standings } = paper.frame;
  const quotas = quotasOf(commitment, row);
  if (quotas.includes(undefined)) return MISMATCH("rowQuota", { entity: row.id });
  const named = ({ domain, stratum }) => `${domain} · ${stratum}`;
  const expected = quotas.filter(({ take }) => take >= 1);
  if (!isSame(expected.map(named), standings.map(named))) {
    return MISMATCH("cutoffQuotas", { expected: expected.map(named).join("; "), found: standings.map(named).join("; ") });
  }
  const standingOf = new Map(standings.map((standing) => [standing.domain, standing]));
  const fault = judgeDrawn(row, drawn, commitment, ({ domain }) => ticket <= standingOf.get(domain).cutoff);
  if (fault !== null) return fault;
  for (const { domain, size, take } of expected) {
    const { rank } = standingOf.get(domain);
    const isRight = rank >= 1 && rank <= size && rank <= take === drawn.includes(domain);
    if (!isRight) return MISMATCH("rank", { entity: row.id, domain, expected: drawn.includes(domain) ? `1–${take}` : `${take + 1}–${size}`, found: rank });
  }
  return VERIFIED();
}
