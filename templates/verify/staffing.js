// Sections 7 and 8: each visit gets its lowest day that can be staffed and the lowest inspectors who fit.

import { visitDomains } from "./selection.js";

const VISITS_A_STEP = 20;
const WIDEST_NUMBER = 30;

/** The domains still needed, as bits: numbers where they are few, BigInt where they are many. The operators are the same. */
class Needs {
  constructor(domains) {
    this.isWide = domains.length > WIDEST_NUMBER;
    this.bits = new Map(domains.map((domain, index) => [domain, this.isWide ? 1n << BigInt(index) : 1 << index]));
    this.none = this.isWide ? 0n : 0;
  }

  of(domains) {
    let mask = this.none;
    for (const domain of domains) mask |= this.bits.get(domain) ?? this.none;
    return mask;
  }
}

/** Whether some `most` or fewer of the masks cover the need. */
function canCover(need, masks, most, none) {
  if (need === none) return true;
  if (most === 0) return false;
  const lowest = need & -need;
  const useful = new Set();
  for (const mask of masks) if ((mask & lowest) !== none) useful.add(mask & need);
  for (const mask of useful) if (canCover(need & ~mask, masks, most - 1, none)) return true;
  return false;
}

/** The caps that are left while visits are staffed: of each inspector, by day and in the month. */
export class Caps {
  constructor(inspectors) {
    this.rows = inspectors.map((row, index) => ({
      index,
      id: row.id,
      role: row.role,
      lead: row.lead,
      skills: row.skills,
      month: row.month_cap,
      days: new Map(row.days.map(({ cap, day }) => [day, cap])),
      zones: row.zones === undefined ? null : new Set(row.zones),
      barred: new Set(row.barred),
    }));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
  }

  hasLeft(row, day) {
    return row.month > 0 && (row.days.get(day) ?? 0) > 0;
  }

  use(row, day) {
    row.month -= 1;
    row.days.set(day, row.days.get(day) - 1);
  }
}

function mayVisit(row, entity) {
  return !row.barred.has(entity.id) && (row.zones === null || (entity.zone !== undefined && row.zones.has(entity.zone)));
}

/** A pool as those see it who ask whether its needs can be covered. */
function crowdOf(pool) {
  return { masks: new Set(pool.map((one) => one.mask)), count: pool.length };
}

/** One visit while it is staffed: who may come at all, what the team still needs. */
class Seating {
  constructor(draw, caps, choice) {
    this.team = draw.commitment.team;
    this.entity = choice.entity;
    this.domains = visitDomains(draw, choice);
    this.needs = new Needs(this.domains);
    this.seated = (choice.entity.team ?? []).map((id) => caps.byId.get(id));
    const willing = caps.rows.filter((row) => row.role === "inspector" && mayVisit(row, this.entity) && !this.seated.includes(row));
    this.willing = willing.map((row) => ({ row, mask: this.needs.of(row.skills) }));
  }

  /** The need of these members, and whether a lead is still wanted. */
  state(members) {
    let need = this.needs.of(this.domains);
    for (const row of members) need &= ~this.needs.of(row.skills);
    return { need, wantsLead: !members.some((row) => row.lead) };
  }

  pool(caps, day) {
    return this.willing.filter(({ row }) => caps.hasLeft(row, day));
  }

  /**
   * Whether one of a pool of `count` fits the next of `seats` seats. `masks` are the skills of the whole pool: that they hold the
   * one's own changes nothing, since the need that is left is without them.
   */
  fits({ row, mask }, { masks, count }, { need, wantsLead }, seats) {
    if (wantsLead && !row.lead) return false;
    return count >= seats && canCover(need & ~mask, masks, seats - 1, this.needs.none);
  }

  /** The smallest size that the team can reach with this pool; 0 where there is none. */
  size(pool) {
    const present = this.seated.length;
    const state = this.state(this.seated);
    const whole = crowdOf(pool);
    const kinds = [...new Map(pool.map((one) => [`${one.mask} ${one.row.lead}`, one])).values()];
    for (let size = Math.max(this.team.min, present); size <= this.team.max; size += 1) {
      const seats = size - present;
      const isReached =
        seats === 0
          ? state.need === this.needs.none && !state.wantsLead
          : kinds.some((one) => this.fits(one, whole, state, seats));
      if (isReached) return size;
    }
    return 0;
  }

  /** Fill the seats up to the size, the lowest ticket of those who fit first; gives who was seated and, for a reader, among whom. */
  fill(pool, size, ticketOf) {
    const members = [...this.seated];
    const ranked = pool.map((one) => ({ ...one, ticket: ticketOf(one.row) })).sort((one, other) => (one.ticket < other.ticket ? -1 : 1));
    const seats = [];
    while (members.length < size) {
      const state = this.state(members);
      const open = size - members.length;
      const passed = [];
      const rest = crowdOf(ranked);
      const at = ranked.findIndex((one) => {
        const isFit = this.fits(one, rest, state, open);
        if (!isFit) passed.push(one.row.id);
        return isFit;
      });
      const [chosen] = ranked.splice(at, 1);
      members.push(chosen.row);
      seats.push({ id: chosen.row.id, ticket: chosen.ticket, passed });
    }
    return { members, seats };
  }

  /** The expert who joins, or null; `ticketOf` as above. */
  expert(caps, day, draw, ticketOf) {
    if (this.entity.expert !== undefined) return { id: this.entity.expert, isNamed: true };
    const common = draw.commitment.team.expert_domains.filter((domain) => this.domains.includes(domain));
    if (common.length === 0) return null;
    const able = caps.rows.filter(
      (row) => row.role === "expert" && mayVisit(row, this.entity) && caps.hasLeft(row, day) && row.skills.some((skill) => common.includes(skill)),
    );
    const ranked = able.map((row) => ({ row, ticket: ticketOf(row) })).sort((one, other) => (one.ticket < other.ticket ? -1 : 1));
    return ranked.length === 0 ? null : { id: ranked[0].row.id, ticket: ranked[0].ticket, row: ranked[0].row };
  }
}

/**
 * The visits that follow from a selection, in ticket order. `watched` is the id of one entity of whose visit a trace is wanted:
 * the days in the order tried and what came of each, the seats and who was passed over.
 */
export function* staff(draw, selection, tickets, watched = null) {
  const caps = new Caps(draw.inspectors);
  const full = new Caps(draw.inspectors);
  const days = draw.commitment.days;
  const even = Math.ceil(selection.length / days.length);
  const held = new Map(days.map((day) => [day, 0]));
  const order = [...selection.filter(({ entity }) => entity.days !== undefined), ...selection.filter(({ entity }) => entity.days === undefined)];
  const visits = new Map();
  let trace = null;
  for (const [done, choice] of order.entries()) {
    if (done % VISITS_A_STEP === 0) yield { phase: "staff", done, total: order.length };
    const { entity } = choice;
    const seating = new Seating(draw, caps, choice);
    const tried = [];
    let visit = null;
    for (const { day, ticket, isEven } of dayOrder(entity, days, { held, even }, tickets)) {
      const pool = seating.pool(caps, day);
      const size = seating.size(pool);
      tried.push({ day, ticket, isEven, held: held.get(day), pool: pool.length, size });
      if (size === 0) continue;
      const { members, seats } = seating.fill(pool, size, (row) => tickets.of("inspector", entity, row.id));
      const expert = seating.expert(caps, day, draw, (row) => tickets.of("expert", entity, row.id));
      visit = { entity: entity.id, domains: seating.domains, day, team: members.map((row) => row.id) };
      if (expert !== null) visit.expert = expert.id;
      for (const { id } of seats) caps.use(caps.byId.get(id), day);
      if (expert?.row !== undefined) caps.use(expert.row, day);
      held.set(day, held.get(day) + 1);
      if (entity.id === watched) trace = { seats, expert, named: entity.team ?? [], leader: members.find((row) => row.lead)?.id ?? null };
      break;
    }
    visit ??= { entity: entity.id, domains: seating.domains, open: hasDay(draw, choice, full) ? "no team" : "no day" };
    visits.set(entity.id, visit);
    if (entity.id === watched) trace = { tried, even, ...(trace ?? { seats: [], expert: null, named: entity.team ?? [], leader: null }) };
  }
  return { visits: selection.map(({ entity }) => visits.get(entity.id)), trace };
}

/** The days of a visit in the order in which they are tried: those that hold fewer than L visits first, each group by day ticket. */
function dayOrder(entity, days, { held, even }, tickets) {
  const own = (entity.days ?? days).map((day) => ({ day, ticket: tickets.of("day", entity, day), isEven: held.get(day) < even }));
  return own.sort((one, other) => (one.isEven === other.isEven ? (one.ticket < other.ticket ? -1 : 1) : one.isEven ? -1 : 1));
}

/** Whether any of the visit's days has a size with all caps as in the frame. */
function hasDay(draw, choice, full) {
  const seating = new Seating(draw, full, choice);
  return (choice.entity.days ?? draw.commitment.days).some((day) => seating.size(seating.pool(full, day)) > 0);
}
