/** Files for the patient to carry along: what the clinic does not have yet, and what the server made. */
import type { Operation } from "../diary/record.ts";
import { localDay } from "../diary/moment.ts";
import { asOperation } from "../sync/wire.ts";

const RELEASE_MS = 60_000;

/** Needs neither a network nor a connected phone. */
export function exportUnsent(unsent: readonly Operation[], now: number): void {
  const content = JSON.stringify({ format: "afterblock-unsent/1", saved_at: new Date(now).toISOString(), ops: unsent.map(asOperation) }, null, 1);
  saveFile(new Blob([content], { type: "application/json" }), `afterblock-${localDay(now)}.json`);
}

/** Hands a file to the browser under a name. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
