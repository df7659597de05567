// How one object of a bundle is read: its keys, the types of their values, and the forms of ids, digests, days and times (sections 1 and 4).
// What does not stand here: which object has which keys, and what they say together (form.js, disclosure.js).

import { compareBytes, isSorted, refuse } from "./bytes.js";

export const ID = /^[^\p{White_Space}\p{Cc}\p{Cf}/]{1,64}$/u;
const HEX_64 = /^[0-9a-f]{64}$/;
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** The keys and rules of one object at one place; each rule that it breaks refuses the whole. */
export class Shape {
  constructor(value, where) {
    this.value = value;
    this.where = where;
    if (typeof value !== "object" || value === null || Array.isArray(value)) refuse("type", { where, key: "{}" });
  }

  /** These keys, perhaps those, and no others unless they are welcome. */
  keys(needed, optional = [], { isOpen = false } = {}) {
    for (const key of needed) if (!this.has(key)) refuse("missing", { where: this.where, key });
    if (isOpen) return this;
    for (const key of Object.keys(this.value)) {
      if (!needed.includes(key) && !optional.includes(key)) refuse("stray", { where: this.where, key });
    }
    return this;
  }

  has(key) {
    return Object.prototype.hasOwnProperty.call(this.value, key);
  }

  rule(holds, rule, key) {
    if (!holds) refuse("rule", { where: this.where, key, rule });
  }

  text(key) {
    if (typeof this.value[key] !== "string") refuse("type", { where: this.where, key });
    return this.value[key];
  }

  matching(key, pattern, rule) {
    const text = this.text(key);
    this.rule(pattern.test(text), rule, key);
    return text;
  }

  digest(key) {
    return this.matching(key, HEX_64, "digest");
  }

  id(key) {
    return this.matching(key, ID, "id");
  }

  day(key) {
    const text = this.text(key);
    this.rule(isDay(text), "day", key);
    return text;
  }

  flag(key) {
    if (typeof this.value[key] !== "boolean") refuse("type", { where: this.where, key });
    return this.value[key];
  }

  integer(key, least, most = Number.MAX_SAFE_INTEGER) {
    const number = this.value[key];
    if (typeof number !== "number") refuse("type", { where: this.where, key });
    this.rule(number >= least && number <= most, "range", key);
    return number;
  }

  list(key, least = 0) {
    const items = this.value[key];
    if (!Array.isArray(items)) refuse("type", { where: this.where, key });
    this.rule(items.length >= least, "empty", key);
    return items;
  }

  texts(key, { least = 0, isOrdered = true, rule = null } = {}) {
    const items = this.list(key, least);
    if (!items.every((item) => typeof item === "string")) refuse("type", { where: this.where, key });
    if (rule !== null) this.rule(items.every((item) => (rule === "id" ? ID.test(item) : isDay(item))), rule, key);
    if (isOrdered) this.rule(isSorted(items), "sorted", key);
    return items;
  }

  oneOf(key, choices) {
    const text = this.text(key);
    this.rule(choices.includes(text), "choice", key);
    return text;
  }

  part(key) {
    return new Shape(this.value[key], `${this.where}: ${key}`);
  }

  parts(key, least = 0) {
    return this.list(key, least).map((item, index) => new Shape(item, `${this.where}: ${key}[${index}]`));
  }
}

export function isDay(text) {
  const match = DAY.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

/** An instant of RFC 3339 with an offset: its date as written, its second of all time, the digits after it; else null. */
export function parseInstant(text) {
  const match = INSTANT.exec(text);
  if (match === null || !isDay(match[1])) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4])];
  const [offsetHour, offsetMinute] = [Number(match[7] ?? 0), Number(match[8] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return null;
  const [year, month, day] = match[1].split("-").map(Number);
  const start = new Date(0);
  start.setUTCFullYear(year, month - 1, day);
  const offset = (offsetHour * 60 + offsetMinute) * 60 * (match[6] === "-" ? -1 : 1);
  const at = start.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  return { date: match[1], second: at, fraction: (match[5] ?? "").replace(/0+$/, "") };
}

export function compareInstants(left, right) {
  if (left.second !== right.second) return left.second - right.second;
  return compareBytes(left.fraction, right.fraction);
}
