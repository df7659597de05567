// A full bundle (bundle-v1): its members, read row by row, every rule of form held, the lists' roots computed on the way.

import { compareBytes, decodeText, refuse, Refused } from "./bytes.js";
import { parseCanonical, parseCanonicalBytes } from "./canonical.js";
import { isExcludedBefore, requireCommitment, requireEntity, requireExcluded, requireInspector, requireResult } from "./form.js";
import { FIVE } from "./members.js";
import { GrowingRoot, leafHash } from "./merkle.js";
import { sha256 } from "./sha256.js";
import { toHex } from "./bytes.js";

const ROWS_A_STEP = 1000;

/**
 * The draw that lies in the members under `folder`. Its amended draw is `amended`: null where none is at hand, a Refused where
 * what is at hand is refused.
 */
export function* readDraw(members, folder = "") {
  const missing = FIVE.find((name) => !members.has(folder + name));
  if (missing !== undefined) refuse("absent", { member: folder + missing });
  const commitmentBytes = members.get(`${folder}commitment.json`);
  const commitment = parseCanonicalBytes(commitmentBytes, `${folder}commitment.json`);
  requireCommitment(commitment);
  const resultBytes = members.get(`${folder}result.json`);
  const result = parseCanonicalBytes(resultBytes, `${folder}result.json`);
  requireResult(result);
  const draw = {
    folder,
    commitment,
    commitmentDigest: toHex(sha256(commitmentBytes)),
    result,
    resultDigest: toHex(sha256(resultBytes)),
    roots: {},
  };
  const days = new Set(commitment.days);
  const texts = new Map();
  draw.entities = yield* readRows(members, draw, "entities", {
    require: (row, where) => requireEntity(row, where, commitment, days),
    isBefore: isIdBefore,
    keep: (row) => keepEntity(row, texts),
  });
  draw.inspectors = yield* readRows(members, draw, "inspectors", {
    require: (row, where) => requireInspector(row, where, days),
    isBefore: isIdBefore,
    keep: (row) => row,
  });
  draw.excluded = yield* readRows(members, draw, "excluded", { require: requireExcluded, isBefore: isExcludedBefore, keep: (row) => row });
  draw.byId = new Map(draw.entities.map((entity) => [entity.id, entity]));
  requireApart(draw);
  requireNamed(draw);
  draw.amended = yield* readAmended(members, draw);
  return draw;
}

function isIdBefore(before, row) {
  return compareBytes(before.id, row.id) < 0;
}

/** What later steps need of an entity; equal texts are kept once, and the rest of the row is read again when it is shown. */
function keepEntity(row, texts) {
  const one = (text) => {
    if (!texts.has(text)) texts.set(text, text);
    return texts.get(text);
  };
  const entity = { id: row.id, salt: row.salt, domains: row.domains.map(one), strata: row.strata.map((part) => one(part.stratum)) };
  if (row.zone !== undefined) entity.zone = one(row.zone);
  for (const key of ["days", "team", "expert"]) if (row[key] !== undefined) entity[key] = row[key];
  if (typeof row.name === "string") entity.name = row.name;
  if (row.allowed !== undefined) entity.allowed = row.allowed;
  return entity;
}

function* readRows(members, draw, list, { require, isBefore, keep }) {
  const name = `${draw.folder}${list}.jsonl`;
  const bytes = members.get(name);
  const rows = [];
  const root = new GrowingRoot();
  let before = null;
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start);
    const where = `${name}:${rows.length + 1}`;
    if (end === -1) refuse("noEnd", { where });
    const row = parseCanonical(decodeText(bytes.subarray(start, end), where), where);
    require(row, where);
    if (before !== null && !isBefore(before, row)) refuse("rowsUnsorted", { where });
    before = row;
    root.add(leafHash(bytes, start, end));
    const kept = keep(row);
    kept.place = [start, end];
    rows.push(kept);
    start = end + 1;
    if (rows.length % ROWS_A_STEP === 0) yield { phase: "read", done: start, total: bytes.length };
  }
  draw.roots[list] = { count: rows.length, root: root.hex() };
  return rows;
}

/** Nothing is both excluded and in the frame; a domain left out is one of an entity of the frame. */
function requireApart(draw) {
  draw.excluded.forEach((row, index) => {
    const entity = draw.byId.get(row.id);
    const isApart = row.domain === undefined ? entity === undefined : entity !== undefined && !entity.domains.includes(row.domain);
    if (!isApart) {
      refuse("rule", { where: `${draw.folder}excluded.jsonl:${index + 1}`, key: "id", rule: "apart" });
    }
  });
}

/** Whom a supplement's row names is on the roster in that role, and does not bar the entity (section 2). */
function requireNamed(draw) {
  if (draw.commitment.amends === undefined) return;
  const roster = new Map(draw.inspectors.map((row) => [row.id, row]));
  draw.entities.forEach((entity, index) => {
    const named = [...(entity.team ?? []).map((id) => [id, "inspector"]), ...(entity.expert === undefined ? [] : [[entity.expert, "expert"]])];
    for (const [id, role] of named) {
      const row = roster.get(id);
      if (row === undefined || row.role !== role || row.barred.includes(entity.id)) {
        refuse("rule", { where: `${draw.folder}entities.jsonl:${index + 1}`, key: role === "expert" ? "expert" : "team", rule: "named" });
      }
    }
  });
}

function* readAmended(members, draw) {
  const folder = `${draw.folder}amends/`;
  const isThere = [...members.keys()].some((name) => name.startsWith(folder));
  if (draw.commitment.amends === undefined) {
    if (isThere) refuse("amendsNothing", { member: folder });
    return null;
  }
  if (!isThere) return null;
  try {
    return yield* readDraw(members, folder);
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
}
