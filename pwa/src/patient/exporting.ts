/** A file of what the clinic does not have yet, for the patient to carry there. */
import type { Operation } from "../diary/record.ts";
import { localDay } from "../diary/moment.ts";
import { asOperation } from "../sync/wire.ts";

const RELEASE_MS = 60_000;

/** Needs neither a network nor a connected phone. */
export function exportUnsent(unsent: readonly Operation[], now: number): void {
  const content = JSON.stringify({ format: "afterblock-unsent/1", saved_at: new Date(now).toISOString(), ops: unsent.map(asOperation) }, null, 1);
  const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `afterblock-${localDay(now)}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), RELEASE_MS);
}
