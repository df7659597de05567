// Section 9: a supplement draws again only what is affected, and everything in its frame follows from what stands.

import { compareBytes, isSame } from "./bytes.js";
import { isEqual } from "./canonical.js";
import { compareInstants, parseInstant } from "./shape.js";

/** The chain of draws that ends with this one, the first draw first; null where an amended draw is not at hand. */
export function chainOf(draw) {
  if (draw.commitment.amends === undefined) return [draw];
  if (draw.amended === null || draw.amended.commitment === undefined) return null;
  const before = chainOf(draw.amended);
  return before === null ? null : [...before, draw];
}

function fault(code, values = {}) {
  return { code, values };
}

/** What breaks section 9 among the things that need the amended draw alone; null when nothing does. */
export function judgeLink(draw) {
  const { amends, sources } = draw.commitment;
  const expected = draw.amended.resultDigest;
  if (amends.result !== expected) return fault("amendResult", { expected, found: amends.result });
  const before = draw.amended.commitment.sources.map((source) => parseInstant(source.at));
  const isLater = sources.every((source) => before.every((at) => compareInstants(parseInstant(source.at), at) > 0));
  return isLater ? null : fault("amendSources");
}

/** What breaks section 9 of a whole chain; null when nothing does. */
export function judgeSupplement(chain) {
  const draw = chain[chain.length - 1];
  const standing = standingOf(chain);
  return judgeCommitment(draw, standing) ?? judgeChanges(draw, standing) ?? judgeRows(draw, standing) ?? judgeRoster(draw, standing);
}

/** What stands before this supplement, and what it changes. */
function standingOf(chain) {
  const [first, draw] = [chain[0], chain[chain.length - 1]];
  const visits = new Map(first.result.visits.map((visit) => [visit.entity, visit]));
  for (const link of chain.slice(1, -1)) for (const visit of link.result.visits) visits.set(visit.entity, visit);
  const closed = new Map();
  for (const link of chain.slice(1)) {
    for (const change of link.commitment.amends.changes) {
      const days = closed.get(change.entity) ?? new Set();
      for (const day of change.closed) days.add(day);
      closed.set(change.entity, days);
    }
  }
  const changes = new Map(draw.commitment.amends.changes.map((change) => [change.entity, change]));
  return { first, chain, visits, closed, changes, days: draw.commitment.days };
}

function judgeCommitment({ commitment, excluded }, { first, days }) {
  for (const key of ["bureau", "period", "team"]) {
    if (!isEqual(commitment[key], first.commitment[key])) return fault("amendFirst", { key });
  }
  if (commitment.combine !== "applicable") return fault("amendCombine");
  if (excluded.length > 0) return fault("amendExcluded");
  const latest = commitment.sources.map((source) => parseInstant(source.at).date).sort(compareBytes).pop();
  const expected = first.commitment.days.filter((day) => compareBytes(day, latest) > 0);
  if (!isSame(days, expected)) return fault("amendDays", { expected: expected.join(" "), found: days.join(" ") });
  const quota = commitment.quotas.find(({ size, take, stratum }) => take !== size || stratum !== "supplement");
  return quota === undefined ? null : fault("amendQuota", { domain: quota.domain });
}

/** The days on which a visit can still take place. */
function daysLeft(entity, { first, closed, days }) {
  const row = first.byId.get(entity);
  const own = row.days === undefined ? days : days.filter((day) => row.days.includes(day));
  return own.filter((day) => !closed.get(entity)?.has(day));
}

function judgeChanges(draw, standing) {
  const { first, visits, changes, closed } = standing;
  for (const { entity, left, closed: closing } of changes.values()) {
    const visit = visits.get(entity);
    if (visit === undefined) return fault("amendNoVisit", { entity });
    if (!closing.every((day) => first.commitment.days.includes(day))) return fault("amendClosed", { entity });
    if (left.length > 0) {
      if (visit.open !== undefined) return fault("amendLeft", { entity });
      if (!left.every((id) => visit.team.includes(id) || visit.expert === id)) return fault("amendLeft", { entity });
    } else if (visit.open === undefined && !closed.get(entity).has(visit.day)) {
      return fault("amendWithoutCause", { entity });
    }
  }
  for (const visit of visits.values()) {
    if (visit.open !== undefined && !changes.has(visit.entity) && daysLeft(visit.entity, standing).length > 0) {
      return fault("amendOpenLeftOut", { entity: visit.entity });
    }
  }
  return null;
}

/** The frame holds exactly the changed visits, and each row is what stands makes of it. */
function judgeRows(draw, standing) {
  const { changes } = standing;
  const stray = draw.entities.find((entity) => !changes.has(entity.id));
  if (stray !== undefined) return fault("amendNotChanged", { entity: stray.id });
  for (const change of changes.values()) {
    const entity = draw.byId.get(change.entity);
    if (entity === undefined) return fault("amendNotInFrame", { entity: change.entity });
    const expected = expectedRow(change, standing);
    for (const key of Object.keys(expected)) {
      const found = entity[key];
      const isRight = expected[key] === undefined || found === undefined ? expected[key] === found : isEqual(expected[key], found);
      if (!isRight) return fault("amendRow", { entity: entity.id, key });
    }
  }
  return null;
}

function expectedRow({ entity, left }, standing) {
  const { first, visits, closed } = standing;
  const [row, visit] = [first.byId.get(entity), visits.get(entity)];
  const expected = {
    salt: row.salt,
    zone: row.zone,
    domains: visit.domains,
    strata: visit.domains.map(() => "supplement"),
    team: undefined,
    expert: undefined,
    days: undefined,
  };
  if (left.length > 0) {
    const staying = visit.team.filter((id) => !left.includes(id));
    if (staying.length > 0) expected.team = staying;
    if (visit.expert !== undefined && !left.includes(visit.expert)) expected.expert = visit.expert;
    expected.days = [visit.day];
  } else if (row.days !== undefined || closed.get(entity).size > 0) {
    expected.days = daysLeft(entity, standing);
  }
  return expected;
}

/** The seats in force that stay: [{id, day, entity}]. */
function stayingSeats({ visits, changes }) {
  const seats = [];
  for (const visit of visits.values()) {
    const change = changes.get(visit.entity);
    if (visit.open !== undefined || (change !== undefined && change.left.length === 0)) continue;
    const holders = visit.expert === undefined ? visit.team : [...visit.team, visit.expert];
    for (const id of holders) if (!change?.left.includes(id)) seats.push({ id, day: visit.day, entity: visit.entity });
  }
  return seats;
}

/** The roster's whole: the first draw's rows, changed by each supplement in turn; a fault where one names whom it must not. */
function wholeRoster(chain) {
  const copy = (row) => ({ ...row, days: new Map(row.days.map(({ cap, day }) => [day, cap])), barred: new Set(row.barred) });
  const whole = new Map(chain[0].inspectors.map((row) => [row.id, copy(row)]));
  for (const { commitment, inspectors } of chain.slice(1)) {
    const { absent, added, changes } = commitment.amends;
    const rows = new Map(inspectors.map((row) => [row.id, row]));
    // Whoever is added is nobody of the whole; so nobody can be added and absent in one supplement.
    const unknown = absent.find(({ id }) => !whole.has(id));
    if (unknown !== undefined) return { fault: fault("amendAbsent", { id: unknown.id }) };
    for (const { id, days } of absent) for (const day of days) whole.get(id).days.delete(day);
    for (const { entity, left } of changes) for (const id of left) whole.get(id)?.barred.add(entity);
    for (const { id } of added) {
      if (whole.has(id)) return { fault: fault("amendAdded", { id }) };
      if (!rows.has(id)) return { fault: fault("amendRosterMissing", { id }) };
      whole.set(id, copy(rows.get(id)));
    }
  }
  return { whole };
}

function judgeRoster(draw, standing) {
  const { whole, fault: found } = wholeRoster(standing.chain);
  if (found !== undefined) return found;
  const seats = stayingSeats(standing);
  const absent = new Map(draw.commitment.amends.absent.map(({ id, days }) => [id, new Set(days)]));
  const cannot = seats.find(({ id, day }) => absent.get(id)?.has(day));
  if (cannot !== undefined) return fault("amendCannotStay", cannot);
  const roster = new Map(draw.inspectors.map((row) => [row.id, row]));
  const stray = draw.inspectors.find((row) => !whole.has(row.id));
  if (stray !== undefined) return fault("amendRosterStray", { id: stray.id });
  for (const [id, theirs] of whole) {
    const row = roster.get(id);
    if (row === undefined) return fault("amendRosterMissing", { id });
    const key = differingKey(row, theirs, seats.filter((seat) => seat.id === id), standing.days);
    if (key !== null) return fault("amendRosterRow", { id, key });
  }
  return null;
}

function differingKey(row, theirs, seats, days) {
  for (const key of ["salt", "role", "lead", "skills", "zones"]) {
    if ((row[key] === undefined) !== (theirs[key] === undefined)) return key;
    if (row[key] !== undefined && !isEqual(row[key], theirs[key])) return key;
  }
  if (!isSame(row.barred, [...theirs.barred].sort(compareBytes))) return "barred";
  if (row.month_cap !== Math.max(0, theirs.month_cap - seats.length)) return "month_cap";
  const expected = [];
  for (const day of days) {
    const cap = (theirs.days.get(day) ?? 0) - seats.filter((seat) => seat.day === day).length;
    if (cap >= 1) expected.push({ cap, day });
  }
  return isEqual(row.days, expected) ? null : "days";
}
