/** What a passport's codes are in words. */
import { number } from "../words";
import type { SignState } from "../sign/types";
import type { PassportBlock } from "./types";

export const STANDINGS: Readonly<Record<string, string>> = {
  argues_against: "argues against this root",
  consistent: "consistent with this root, no proof",
  conflicting: "conflicting",
  undecided: "undecided",
  root_not_recorded: "root not recorded",
};

export const CATEGORIES: Readonly<Record<string, string>> = {
  concordant: "concordant",
  discordant: "discordant",
  discordant_prolonged: "discordant, prolonged",
  negative: "negative",
  not_comparable: "not comparable",
};

export const EVIDENCE: Readonly<Record<string, string>> = {
  there: "Evidence is there",
  not_there: "Evidence is not there",
  open: "Open",
  not_applicable: "Does not apply",
};

export const SIGN_STATES: Readonly<Record<SignState, string>> = {
  signed: "signed",
  reopened: "re-opened",
  unsigned: "not signed",
};

export const STATES: Readonly<Record<string, string>> = { met: "met", not_met: "not met", unknown: "open", not_applicable: "n/a" };

/** How long relief held, as its block says: "L50 63 d", "so far" while it lasts. */
export function lasted({ headline, days, censored }: PassportBlock): string {
  if (headline === null || days === null) return "–";
  return `${headline} ${number(days)} d${censored ? ", so far" : ""}`;
}

/** The numbers blocks have in the picture: oldest is 1. */
export function numbersOf(blocks: readonly PassportBlock[]): ReadonlyMap<string, number> {
  return new Map(blocks.map((block, place) => [block.episode_id, place + 1]));
}

export function named(ids: readonly string[], numbers: ReadonlyMap<string, number>): string {
  const told = ids.map((id) => String(numbers.get(id) ?? "?"));
  return told.length < 2 ? told.join("") : `${told.slice(0, -1).join(", ")} and ${told.at(-1)}`;
}
