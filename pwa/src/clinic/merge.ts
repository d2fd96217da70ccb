/** Two corrections of one record laid on top of each other: who changed what, field by field. */
import type { Draft } from "./fields";

/** Fields that only make sense together, under the name the form gives them. */
const GROUPS: readonly (readonly [string, readonly (keyof Draft)[]])[] = [
  ["status", ["status"]],
  ["planned day", ["plannedOn"]],
  ["T0", ["date", "time", "zone"]],
  ["root", ["region", "level", "side"]],
  ["index pain", ["painSite", "painSide"]],
  ["indication", ["indication"]],
  ["operator", ["operator"]],
  ["approach", ["approach"]],
  ["anaesthetic", ["anaesthetics"]],
  ["steroid", ["steroidGiven", "steroidDrug", "steroidDose"]],
  ["sedation", ["sedation"]],
  ["needle provoked the usual pain", ["provoked"]],
  ["provocable before the block", ["provocable"]],
  ["baseline", ["pain", "painDate", "painTime"]],
  ["daily averages", ["daily"]],
  ["usual painkillers", ["analgesics"]],
  ["repeat injection or surgery", ["events"]],
  ["further roots", ["furtherLevels"]],
  ["guidance", ["guidance"]],
  ["contrast", ["contrast"]],
  ["anticoagulant", ["anticoagulant", "anticoagulantDrug"]],
  ["diabetes", ["diabetes"]],
  ["allergies", ["allergic", "allergies"]],
  ["immediate complications", ["complicated", "complications"]],
  ["ODI and NDI", ["questionnaires"]],
];

export interface Merged {
  draft: Draft;
  /** What both sides changed, each to something else; there the draft holds mine. */
  clashes: string[];
}

/** Theirs, with what I changed since `base` on top; my reason stays mine. */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merged {
  const clashes: string[] = [];
  const draft: Draft = { ...theirs, reason: mine.reason };
  for (const [name, keys] of GROUPS) {
    if (same(base, mine, keys)) continue;
    if (!same(base, theirs, keys) && !same(mine, theirs, keys)) clashes.push(name);
    for (const key of keys) Object.assign(draft, { [key]: mine[key] });
  }
  return { draft, clashes };
}

function same(a: Draft, b: Draft, keys: readonly (keyof Draft)[]): boolean {
  return keys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
