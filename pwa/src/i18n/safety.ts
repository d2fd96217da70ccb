/** Which texts are safety texts: those a physician accepts before patients are enrolled in a language. */
import type { Texts } from "./en.ts";
import type { LaterTexts } from "./enLater.ts";

export interface SafetyText {
  key: string;
  text: string;
}

/** Flat and in a fixed order, with placeholders for what is set in; the build makes each language's version of it. */
export function safetyTexts(first: Texts, later: LaterTexts): SafetyText[] {
  const { askTitle, ask, none, some, flagTitle, flag } = later.saved;
  return [
    ...flat("flags", first.flags),
    ...flat("flags", later.flags),
    ...flat("questions", later.questions),
    ...flat("recheck", later.recheck),
    ...flat("saved", { askTitle, ask, none, some, flagTitle, flag }),
    ...flat("companion", later.companion),
    { key: "further.weakHint", text: later.further.weakHint },
    { key: "problem.urgent", text: first.problem.urgent },
    { key: "phone.notWatched", text: later.phone.notWatched },
  ];
}

function flat(key: string, value: unknown): SafetyText[] {
  if (typeof value === "string") return [{ key, text: value }];
  if (typeof value === "function") return [{ key, text: String((value as (...set: string[]) => string)("…", "…")) }];
  return Object.entries(value as object).flatMap(([part, inner]) => flat(`${key}.${part}`, inner));
}
