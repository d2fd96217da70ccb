/** The wall clock of a named zone, from Intl alone. Instants are ms since 1970, days count from 1970-01-01. */
import { DAY } from "./moment.ts";

/** Intl is slow on a phone, so a week is asked about first: no zone changes its offset and back within one. */
const SPANS = [7 * DAY, DAY];

export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  /** For each span its offsets in ms by number, null where the offset changes within: most answers are one look-up. */
  readonly #offsets = SPANS.map(() => new Map<number, number | null>());

  /** RangeError for an unknown zone. */
  constructor(zone: string) {
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  }

  /** UTC offset in ms at an instant. */
  offset(at: number): number {
    for (const [index, span] of SPANS.entries()) {
      const known = this.#throughout(this.#offsets[index]!, span, Math.floor(at / span));
      if (known !== null) return known;
    }
    return this.#exact(at);
  }

  /** Local calendar day of an instant. */
  day(at: number): number {
    return Math.floor((at + this.offset(at)) / DAY);
  }

  /** The instant at which the clock first shows a time on a day; a time skipped in spring is moved on. */
  at(day: number, timeOfDay = 0): number {
    const wall = day * DAY + timeOfDay;
    const [before, after] = [this.offset(wall - DAY), this.offset(wall + DAY)];
    if (before === after || this.offset(wall - before) === before) return wall - before;
    return this.offset(wall - after) === after ? wall - after : wall - before;
  }

  #throughout(offsets: Map<number, number | null>, span: number, which: number): number | null {
    let known = offsets.get(which);
    if (known === undefined) {
      const [first, last] = [this.#exact(which * span), this.#exact(which * span + span - 1)];
      known = first === last ? first : null;
      offsets.set(which, known);
    }
    return known;
  }

  #exact(at: number): number {
    const whole = Math.floor(at / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(whole)) part[type] = Number(value);
    const shown = Date.UTC(part["year"]!, part["month"]! - 1, part["day"], part["hour"], part["minute"], part["second"]);
    return shown - whole;
  }
}

/** Whole calendar days from one instant to another in a zone; 0 on the same day. */
export function daysBetween(zone: string, fromMs: number, toMs: number): number {
  return zoneClock(zone).day(toMs) - zoneClock(zone).day(fromMs);
}

const clocks = new Map<string, ZoneClock>();

/** Has the browser load what clocks need while the page waits for something else: the first one takes it longest. */
export function windUp(): void {
  zoneClock(Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC").offset(0);
}

/** The one clock of a zone; RangeError for an unknown zone. */
export function zoneClock(zone: string): ZoneClock {
  let clock = clocks.get(zone);
  if (clock === undefined) clocks.set(zone, (clock = new ZoneClock(zone)));
  return clock;
}
