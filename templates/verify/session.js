// What the page asks for, answered step by step: open a file, search it, describe a company. Each step yields its progress, so that
// a worker can post it, and a page without a worker can breathe.

import { readDraw } from "./bundle.js";
import { refuse, Refused } from "./bytes.js";
import { checkDraw } from "./checks.js";
import { checkDisclosure, readPublic, readReceipt } from "./disclosure.js";
import { describe, search, seedWork } from "./lookup.js";
import { requireNames } from "./members.js";
import { questions } from "./questions.js";
import { isZip, readZip } from "./zip.js";

export class Session {
  constructor() {
    this.opened = null;
  }

  /** The answer to one message of the page; a file that is refused and a fault of the page itself are answers, too. */
  *answer({ type, ...asked }) {
    try {
      switch (type) {
        case "open":
          return { type: "report", ...(yield* this.open(asked.files)) };
        case "search":
          return { type: "hits", query: asked.query, ...search(this.opened, asked.query) };
        default:
          return { type: "company", company: yield* describe(this.opened, asked.id) };
      }
    } catch (error) {
      if (error instanceof Refused) return { type: "refused", code: error.code, values: error.values };
      return { type: "failed", text: String(error) };
    }
  }

  *open(files) {
    this.opened = null;
    const members = yield* readMembers(files);
    const opened = yield* openMembers(members);
    const { report, kind, commitment, commitmentDigest } = opened;
    this.opened = opened;
    return {
      kind,
      checks: report.checks,
      summary: opened.summary,
      digest: commitmentDigest,
      resultDigest: opened.resultDigest,
      about: { slot: commitment.slot, bureau: commitment.bureau, period: commitment.period, days: commitment.days },
      questions: questions(opened),
      seed: seedWork(opened),
      sources: opened.entropy.map(({ name, kind, at, value }) => ({ name, kind, at, value })),
      counts: opened.paper?.counts ?? null,
      leftOut: opened.draw === undefined ? [] : countReasons(opened.draw.excluded),
      entity: opened.entity,
    };
  }
}

/** How many rows are left out for which reason. */
function countReasons(excluded) {
  const counts = new Map();
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort();
}

/** Files that were chosen to members: one zip, one receipt, or a folder's files by their paths. */
function* readMembers(files) {
  if (files.length === 1 && !files[0].name.includes("/")) {
    const bytes = new Uint8Array(files[0].bytes);
    if (isZip(bytes)) return yield* readZip(bytes);
    if (bytes[0] === 0x7b) return new Map([["receipt", bytes]]);
    refuse("notBundle", { where: files[0].name });
  }
  const members = new Map();
  for (const { name, bytes } of files) members.set(name.slice(name.indexOf("/") + 1), new Uint8Array(bytes));
  requireNames([...members.keys()]);
  return members;
}

function* openMembers(members) {
  if (members.has("receipt")) {
    const read = readReceipt(members.get("receipt"));
    return { ...read, ...(yield* judgePaper(read)), entity: read.paper.entity };
  }
  if (members.has("disclosure.json")) {
    const read = readPublic(members);
    return { ...read, ...(yield* judgePaper(read)), entity: null };
  }
  const draw = yield* readDraw(members);
  const { report, found } = yield* checkDraw(draw);
  const { commitment, commitmentDigest, resultDigest, result } = draw;
  const { entropy, seed } = result;
  return { kind: "bundle", draw, found, report, members, commitment, commitmentDigest, resultDigest, entropy, seed, summary: report.summary(), entity: null };
}

function* judgePaper(read) {
  const report = yield* checkDisclosure(read);
  const { entropy, seed, result } = read.paper;
  return { report, entropy, seed, resultDigest: result ?? null, summary: report.has("MISMATCH") ? "MISMATCH" : "HOLDS" };
}
