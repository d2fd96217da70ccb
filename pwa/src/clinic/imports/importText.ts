/** The report of a file in words. */
import type { ImportKind, ImportReport } from "./types";

export const KINDS: Readonly<Record<ImportKind, { label: string; note: string }>> = {
  procedures: {
    label: "Patients and procedures",
    note: "One line for each injection, in the columns of the exported episodes.csv. Patients that are new here are entered with it.",
  },
  diary: {
    label: "Paper diaries",
    note: "One line for each score, in the columns of the exported entries.csv or in your own with a mapping file. The injections must be here already.",
  },
};

/** What would be, or was, added: "3 new injections of 2 new patients; 1 line is here already". */
export function summary({ kind, counts, stored }: ImportReport): string {
  const fresh = counts["new"] ?? 0;
  const said = kind === "procedures" ? procedures(fresh, counts["patients"] ?? 0) : entries(fresh, counts["diaries"] ?? 0);
  const here = counts["unchanged"] ?? 0;
  const rest = here ? `; ${here} ${here === 1 ? "line is" : "lines are"} here already` : "";
  return `${said}${stored ? " stored" : ""}${rest}.`;
}

function procedures(fresh: number, patients: number): string {
  const injections = `${fresh} new ${fresh === 1 ? "injection" : "injections"}`;
  return patients ? `${injections} and ${patients} new ${patients === 1 ? "patient" : "patients"}` : injections;
}

function entries(fresh: number, diaries: number): string {
  const told = `${fresh} new ${fresh === 1 ? "entry" : "entries"}`;
  return diaries ? `${told} in ${diaries} ${diaries === 1 ? "diary" : "diaries"}` : told;
}

const CHUNK = 0x8000;

/** Bytes as Base64, piece by piece: a whole file is too many arguments for one call. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}

/** The mapping in a file; a sentence where it is none. */
export function readMapping(text: string): { mapping: unknown } | { problem: string } {
  try {
    const mapping: unknown = JSON.parse(text);
    if (mapping && typeof mapping === "object" && !Array.isArray(mapping)) return { mapping };
  } catch {
    // Said below.
  }
  return { problem: "This is no mapping: it must be a JSON file as in the documentation." };
}
