// Section 6: the lowest tickets of each quota's stratum are drawn.

import { compareBytes } from "./bytes.js";

const TICKETS_A_STEP = 2000;

function quotaKey(domain, stratum) {
  return JSON.stringify([domain, stratum]);
}

/** Entity tickets and their order: [{entity, ticket}], lowest ticket first. */
export function* drawTickets(draw, tickets) {
  const all = [];
  for (const entity of draw.entities) {
    all.push({ entity, ticket: tickets.of("entity", entity) });
    if (all.length % TICKETS_A_STEP === 0) yield { phase: "tickets", done: all.length, total: draw.entities.length };
  }
  all.sort((one, other) => (one.ticket < other.ticket ? -1 : 1));
  return all;
}

/** What is wrong with the quotas against the frame: a code and its values, or null. */
export function judgeQuotas(draw) {
  const sizes = new Map();
  for (const entity of draw.entities) {
    entity.domains.forEach((domain, index) => {
      const key = quotaKey(domain, entity.strata[index]);
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    });
  }
  const drawn = new Set();
  for (const { domain, stratum, size, take } of draw.commitment.quotas) {
    const key = quotaKey(domain, stratum);
    const found = sizes.get(key) ?? 0;
    if (found !== size) return { code: "quotaSize", values: { domain, stratum, expected: found, found: size } };
    sizes.delete(key);
    if (take > 0) drawn.add(key);
  }
  for (const key of sizes.keys()) {
    const [domain, stratum] = JSON.parse(key);
    return { code: "quotaMissing", values: { domain, stratum } };
  }
  const never = draw.entities.find((entity) => !entity.domains.some((domain, index) => drawn.has(quotaKey(domain, entity.strata[index]))));
  return never === undefined ? null : { code: "neverDrawable", values: { entity: never.id } };
}

/** The selection that follows, in ticket order, and each quota's tickets for whoever looks a company up. */
export function select(draw, ordered) {
  const quotas = new Map();
  for (const quota of draw.commitment.quotas) quotas.set(quotaKey(quota.domain, quota.stratum), { ...quota, ranked: [] });
  const selection = [];
  for (const { entity, ticket } of ordered) {
    const drawn = [];
    entity.domains.forEach((domain, index) => {
      const quota = quotas.get(quotaKey(domain, entity.strata[index]));
      if (quota === undefined) return;
      quota.ranked.push(ticket);
      if (quota.ranked.length <= quota.take) drawn.push(domain);
    });
    if (drawn.length > 0) selection.push({ entity, ticket, drawn });
  }
  return { selection, quotas };
}

/** Where an entity stands in each of its strata. */
export function standings(entity, ticket, quotas) {
  return entity.domains.map((domain, index) => {
    const quota = quotas.get(quotaKey(domain, entity.strata[index]));
    const { stratum, size, take, ranked } = quota;
    const rank = ranked.indexOf(ticket) + 1;
    return { domain, stratum, size, take, rank, cutoff: take > 0 ? ranked[take - 1] : null, isDrawn: rank <= take };
  });
}

/** A visit's domains: the row's, or what it was drawn for. */
export function visitDomains(draw, { entity, drawn }) {
  return draw.commitment.combine === "applicable" ? entity.domains : [...drawn].sort(compareBytes);
}
