// One company in a draw: its row, its number, where it stands, its day and team, and the very lines that go into each digest.

import { decodeText } from "./bytes.js";
import { seedLines } from "./seed.js";
import { standings, visitDomains } from "./selection.js";
import { staff } from "./staffing.js";
import { Tickets } from "./sha256.js";

const MOST_HITS = 20;

/** Companies whose number or name holds the query: an exact number first, then in the order of the rows; whether there are more. */
export function search(opened, query) {
  const wanted = query.trim().toLowerCase().normalize("NFC");
  const hits = new Map();
  for (const row of knownRows(opened)) {
    const name = typeof row.name === "string" ? row.name : "";
    const isHit = row.id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted);
    if (isHit && !hits.has(row.id)) hits.set(row.id, { id: row.id, name: name === "" ? null : name });
  }
  const found = [...hits.values()];
  const exact = found.filter(({ id }) => id.toLowerCase() === wanted);
  const shown = exact.length > 0 ? exact : found.slice(0, MOST_HITS);
  return { shown, more: exact.length > 0 ? 0 : found.length - shown.length };
}

function knownRows({ kind, draw, paper }) {
  if (kind === "bundle") return [...draw.entities, ...draw.excluded];
  if (kind === "public") return paper.visits.map(({ row }) => row);
  return [...(paper.frame === undefined ? [] : [paper.frame.row]), ...(paper.excluded ?? []).map(({ row }) => row)];
}

/** How the seed came about, as lines. */
export function seedWork({ commitmentDigest, entropy, seed }) {
  return { purpose: "seed", lines: seedLines(commitmentDigest, entropy), digest: seed };
}

/** All that can be said of one company. */
export function* describe(opened, id) {
  return opened.kind === "bundle" ? yield* describeInDraw(opened, id) : describeInPaper(opened, id);
}

function* describeInDraw({ draw, found, members }, id) {
  const textOf = (row, list) => decodeText(members.get(`${draw.folder}${list}.jsonl`).subarray(...row.place), list);
  const excluded = draw.excluded.filter((row) => row.id === id).map((row) => ({ reason: row.reason, domain: row.domain ?? null, row: textOf(row, "excluded") }));
  const entity = draw.byId.get(id);
  if (entity === undefined) return { id, name: null, row: null, excluded, ticket: null };
  const about = { id, name: entity.name ?? null, row: textOf(entity, "entities"), excluded, ticket: null };
  if (found.tickets === null) return { ...about, isUnknown: true };
  const { tickets, quotas } = found;
  const ticket = tickets.of("entity", entity);
  const work = [{ purpose: "entity", lines: tickets.lines("entity", entity), digest: ticket }];
  const choice = found.selection.find((one) => one.entity === entity);
  const shown = { ...about, ticket, standings: standings(entity, ticket, quotas), work, visit: null };
  if (choice === undefined) return shown;
  const { visits, trace } = yield* staff(draw, found.selection, tickets, id);
  const visit = visits.find((one) => one.entity === id);
  addVisitWork(work, tickets, entity, { visit, trace });
  return { ...shown, drawn: choice.drawn, domains: visitDomains(draw, choice), visit, trace, place: found.selection.indexOf(choice) + 1 };
}

function addVisitWork(work, tickets, entity, { visit, trace }) {
  if (visit.day === undefined) return;
  const add = (purpose, more) => work.push({ purpose, about: more, lines: tickets.lines(purpose, entity, more), digest: tickets.of(purpose, entity, more) });
  add("day", visit.day);
  for (const { id } of trace.seats) add("inspector", id);
  if (trace.expert?.ticket !== undefined) add("expert", trace.expert.id);
}

function describeInPaper({ kind, paper, commitment }, id) {
  const tickets = new Tickets(paper.seed);
  const part = kind === "public" ? paper.visits.find(({ row }) => row.id === id) : paper.frame;
  const rows = (paper.excluded ?? []).map(({ row }) => row).filter((row) => row.id === id);
  const excluded = rows.map((row) => ({ reason: row.reason, domain: row.domain ?? null, row: JSON.stringify(row) }));
  if (part === undefined || part.row.id !== id) return { id, name: null, row: null, excluded, ticket: null };
  const { row, ticket } = part;
  const work = [{ purpose: "entity", lines: tickets.lines("entity", row), digest: ticket }];
  if (part.day !== undefined) work.push({ purpose: "day", about: part.day, lines: tickets.lines("day", row, part.day), digest: part.day_ticket });
  const name = typeof row.name === "string" ? row.name : null;
  return { id, name, row: JSON.stringify(row), excluded, ticket, work, drawn: part.drawn, standings: paperStandings(part, { paper, commitment }), visit: null, day: part.day ?? null };
}

function paperStandings({ row, ticket, standings: own }, { paper, commitment }) {
  const given = own ?? paper.cutoffs;
  return row.strata.map(({ domain, stratum }) => {
    const quota = commitment.quotas.find((one) => one.domain === domain && one.stratum === stratum) ?? { size: null, take: null };
    const standing = given.find((one) => one.domain === domain && one.stratum === stratum);
    const cutoff = standing?.cutoff ?? null;
    return { domain, stratum, size: quota.size, take: quota.take, rank: standing?.rank ?? null, cutoff, isDrawn: cutoff !== null && ticket <= cutoff };
  });
}
