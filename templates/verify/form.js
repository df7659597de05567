// What every value of a bundle must look like before anything is checked (sections 1 to 4 and 10): keys, types, orders, rules.
// Whatever breaks one of these rules is refused whole. What section 11 names is left to the checks.

import { compareBytes, isSorted, refuse } from "./bytes.js";
import { compareInstants, ID, parseInstant, Shape } from "./shape.js";

const HEX_32 = /^[0-9a-f]{32}$/;
const MONTH = /^\d{4}-(?:0[1-9]|1[0-2])$/;
const REASONS = ["retired", "month", "cap", "cooling-off", "filter", "other-slot"];

const PROMISE_KEYS = {
  text: ["digest"],
  dice: ["count", "sides"],
  lottery: ["groups"],
  drand: ["chain", "round"],
  nist: ["chain", "pulse"],
};
const PROOF_KEYS = { text: [[], []], dice: [[], []], lottery: [[], []], drand: [["signature"], ["previous_signature"]], nist: [["pulse_record", "certificate"], []] };

/** One promise of section 4, or the entropy's answer to one, with value and proof. */
function requireSource(shape, isAnswer) {
  const kind = shape.has("kind") ? shape.oneOf("kind", Object.keys(PROMISE_KEYS)) : refuse("missing", { where: shape.where, key: "kind" });
  const [proof, perhaps] = PROOF_KEYS[kind];
  const answer = isAnswer ? ["value", ...proof] : [];
  shape.keys(["kind", "name", "at", ...PROMISE_KEYS[kind], ...answer], isAnswer ? perhaps : []);
  shape.text("name");
  shape.rule(parseInstant(shape.text("at")) !== null, "instant", "at");
  switch (kind) {
    case "text":
      shape.digest("digest");
      break;
    case "dice":
      shape.integer("count", 1);
      shape.integer("sides", 2, 10);
      break;
    case "lottery":
      shape.texts("groups", { least: 1, isOrdered: false });
      break;
    case "drand":
      shape.digest("chain");
      shape.integer("round", 1);
      break;
    default:
      shape.integer("chain", 0);
      shape.integer("pulse", 0);
  }
  if (isAnswer) ["value", ...proof, ...perhaps].filter((key) => shape.has(key)).forEach((key) => shape.text(key));
}

/** The rules of section 4 that bind promises to each other and to the first of the days. */
function requirePromises(shape, days) {
  const sources = shape.parts("sources", 1);
  sources.forEach((source) => requireSource(source, false));
  const promises = sources.map((source) => source.value);
  const isText = promises.map((promise) => promise.kind === "text");
  const instants = promises.map((promise) => parseInstant(promise.at));
  shape.rule(isText.includes(false), "textsAlone", "sources");
  shape.rule(isText.lastIndexOf(true) < isText.indexOf(false), "textsFirst", "sources");
  sources.forEach((source, index) => source.rule(compareBytes(instants[index].date, days[0]) < 0, "beforeDays", "at"));
  const texts = instants.filter((_, index) => isText[index]);
  const others = instants.filter((_, index) => !isText[index]);
  const isInTime = texts.every((text) => others.every((other) => compareInstants(text, other) <= 0));
  shape.rule(isInTime, "textsEarly", "sources");
}

/** The commitment of section 3. */
export function requireCommitment(commitment) {
  const shape = new Shape(commitment, "commitment.json");
  const needed = ["protocol", "slot", "bureau", "period", "frame", "quotas", "combine", "team", "days", "sources"];
  shape.keys(needed, ["amends"], { isOpen: true });
  shape.oneOf("protocol", ["draw-v1"]);
  shape.rule(ID.test(shape.text("slot").replaceAll("/", "-")), "slot", "slot");
  shape.text("bureau");
  shape.matching("period", MONTH, "month");
  const frame = shape.part("frame").keys(["entities", "excluded", "inspectors"]);
  for (const name of ["entities", "excluded", "inspectors"]) {
    const list = frame.part(name).keys(["count", "root"]);
    list.integer("count", 0);
    list.digest("root");
  }
  requireQuotas(shape);
  shape.oneOf("combine", ["applicable", "drawn"]);
  const team = shape.part("team").keys(["min", "max", "expert_domains"]);
  team.integer("max", 1, 6);
  team.integer("min", 1, team.value.max);
  team.texts("expert_domains");
  const days = shape.texts("days", { least: 1, rule: "day" });
  shape.rule(days.every((day) => day.startsWith(`${commitment.period}-`)), "ofPeriod", "days");
  requirePromises(shape, days);
  if (shape.has("amends")) requireAmends(shape.part("amends"));
}

function requireQuotas(shape) {
  const quotas = shape.parts("quotas");
  for (const quota of quotas) {
    quota.keys(["domain", "stratum", "size", "take"]);
    quota.text("domain");
    quota.text("stratum");
    quota.integer("take", 0, quota.integer("size", 1));
  }
  shape.rule(isPairSorted(quotas.map(({ value }) => [value.domain, value.stratum])), "sorted", "quotas");
}

function isPairSorted(pairs) {
  return pairs.every(([first, second], index) => {
    if (index === 0) return true;
    const [before, beside] = pairs[index - 1];
    return (compareBytes(before, first) || compareBytes(beside, second)) < 0;
  });
}

/** The form of `amends` (section 9); what its parts say of the amended draws is AMEND-1's. */
function requireAmends(shape) {
  shape.keys(["result", "changes", "absent", "added"]);
  shape.digest("result");
  const changes = shape.parts("changes");
  for (const change of changes) {
    change.keys(["entity", "left", "closed", "reason"]);
    change.id("entity");
    change.text("reason");
    const left = change.texts("left", { rule: "id" });
    const closed = change.texts("closed", { rule: "day" });
    change.rule(left.length === 0 || closed.length === 0, "notBoth", "left");
  }
  shape.rule(isSorted(changes.map((change) => change.value.entity)), "sorted", "changes");
  for (const [key, more] of [["absent", ["days"]], ["added", []]]) {
    const rows = shape.parts(key);
    for (const row of rows) {
      row.keys(["id", "reason", ...more]);
      row.id("id");
      row.text("reason");
      if (key === "absent") row.texts("days", { least: 1, rule: "day" });
    }
    shape.rule(isSorted(rows.map((row) => row.value.id)), "sorted", key);
  }
}

/** One row of entities.jsonl by itself (section 2). `days` is the Set of the commitment's days. */
export function requireEntity(row, where, commitment, days) {
  const shape = new Shape(row, where).keys(["id", "salt", "domains", "strata"], [], { isOpen: true });
  shape.id("id");
  shape.matching("salt", HEX_32, "salt");
  const domains = shape.texts("domains", { least: 1 });
  const strata = shape.parts("strata");
  shape.rule(strata.length === domains.length, "strata", "strata");
  strata.forEach((part, index) => {
    part.keys(["domain", "stratum"]);
    part.text("stratum");
    part.rule(part.text("domain") === domains[index], "strata", "domain");
  });
  if (shape.has("zone")) shape.text("zone");
  if (shape.has("days")) {
    const own = shape.texts("days", { least: 1, rule: "day" });
    shape.rule(own.every((day) => days.has(day)), "knownDays", "days");
  }
  const isSupplement = commitment.amends !== undefined;
  for (const key of ["team", "expert"]) shape.rule(isSupplement || !shape.has(key), "onlySupplement", key);
  if (shape.has("team")) {
    const team = shape.texts("team", { isOrdered: false, rule: "id" });
    shape.rule(new Set(team).size === team.length && team.length <= commitment.team.max, "team", "team");
  }
  if (shape.has("expert")) shape.id("expert");
}

/** One row of inspectors.jsonl by itself (section 2). */
export function requireInspector(row, where, days) {
  const needed = ["id", "salt", "role", "lead", "skills", "days", "month_cap", "barred"];
  const shape = new Shape(row, where).keys(needed, [], { isOpen: true });
  shape.id("id");
  shape.matching("salt", HEX_32, "salt");
  shape.oneOf("role", ["inspector", "expert"]);
  shape.flag("lead");
  shape.texts("skills");
  const own = shape.parts("days");
  for (const part of own) {
    part.keys(["cap", "day"]);
    part.integer("cap", 1);
    part.rule(days.has(part.day("day")), "knownDays", "day");
  }
  shape.rule(isSorted(own.map((part) => part.value.day)), "sorted", "days");
  shape.integer("month_cap", 0);
  if (shape.has("zones")) shape.texts("zones");
  shape.texts("barred", { rule: "id" });
}

/** One row of excluded.jsonl by itself (section 2). */
export function requireExcluded(row, where) {
  const shape = new Shape(row, where).keys(["id", "reason", "salt"], ["domain"]);
  shape.id("id");
  shape.matching("salt", HEX_32, "salt");
  shape.oneOf("reason", REASONS);
  if (shape.has("domain")) shape.text("domain");
}

/** Excluded rows in order: by id, then without a domain first. */
export function isExcludedBefore(before, row) {
  const byId = compareBytes(before.id, row.id);
  if (byId !== 0) return byId < 0;
  if (before.domain === undefined) return row.domain !== undefined;
  return row.domain !== undefined && compareBytes(before.domain, row.domain) < 0;
}

/** What an answer to the promises looks like; used by results, disclosures and receipts. */
export function requireEntropy(shape) {
  shape.parts("entropy").forEach((entry) => requireSource(entry, true));
  shape.digest("seed");
}

/** The result of section 10. */
export function requireResult(result) {
  const shape = new Shape(result, "result.json");
  shape.keys(["protocol", "commitment", "entropy", "seed", "selection", "visits"]);
  shape.oneOf("protocol", ["draw-v1"]);
  shape.digest("commitment");
  requireEntropy(shape);
  // What order their lists have is left to the checks that the selection and the visits follow.
  for (const part of shape.parts("selection")) {
    part.keys(["entity", "ticket", "drawn"]);
    part.id("entity");
    part.digest("ticket");
    part.texts("drawn", { isOrdered: false });
  }
  for (const part of shape.parts("visits")) {
    if (part.has("open")) {
      part.keys(["entity", "domains", "open"]);
      part.oneOf("open", ["no day", "no team"]);
    } else {
      part.keys(["entity", "domains", "day", "team"], ["expert"]);
      part.day("day");
      part.texts("team", { isOrdered: false, rule: "id" });
      if (part.has("expert")) part.id("expert");
    }
    part.id("entity");
    part.texts("domains", { isOrdered: false });
  }
}
