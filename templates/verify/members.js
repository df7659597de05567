// Which members a bundle may have, by their names alone, wherever they come from: a zip file or a folder. A name that could be another
// one elsewhere, or that no bundle has, refuses the whole.

import { refuse } from "./bytes.js";

export const FIVE = ["commitment.json", "entities.jsonl", "inspectors.jsonl", "excluded.jsonl", "result.json"];
const BESIDE = ["verify.py", "verify.html", "README.txt"];
const PUBLIC = ["commitment.json", "disclosure.json", ...BESIDE];
const FREE_FOLDERS = ["signatures", "log"];
const MOST_MEMBERS = 10000;
const MOST_AMENDED = 64;
const DEEPEST = 8;
// A plain name on every system; Windows takes some for devices, whatever follows a dot.
const PLAIN = /^[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9_-])?$/;
const DEVICE = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?$/i;

/** Refuse names that no bundle has, and two for which one place in a folder would have to do. A folder's name ends with a slash. */
export function requireNames(names) {
  if (names.length > MOST_MEMBERS) refuse("members", { count: MOST_MEMBERS });
  const isPublic = names.includes("disclosure.json");
  const places = new Map();
  for (const name of names) {
    if (!(isPublic ? PUBLIC.includes(name) : isMember(name))) refuse("member", { member: name });
    const place = name.toLowerCase().replace(/\/$/, "");
    if (places.has(place)) refuse("memberTwice", { member: name });
    places.set(place, name.endsWith("/"));
  }
  for (const place of places.keys()) {
    const folder = place.slice(0, Math.max(0, place.lastIndexOf("/")));
    if (places.get(folder) === false) refuse("memberTwice", { member: folder });
  }
}

function isMember(name) {
  const parts = name.split("/");
  let amended = 0;
  while (parts.length > 1 && parts[0] === "amends") {
    parts.shift();
    amended += 1;
  }
  if (amended > 0) return amended <= MOST_AMENDED && parts.length === 1 && (parts[0] === "" || FIVE.includes(parts[0]));
  if (parts.length === 1) return FIVE.includes(name) || BESIDE.includes(name);
  const inner = parts.slice(1, name.endsWith("/") ? -1 : undefined);
  return FREE_FOLDERS.includes(parts[0]) && inner.length <= DEEPEST && inner.every((part) => PLAIN.test(part) && !DEVICE.test(part));
}
