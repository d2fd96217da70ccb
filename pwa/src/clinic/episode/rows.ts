/** Where an entry's row stands on the page, and the way there. */

export const COLUMN_COUNT = 9;

export const rowId = (entryId: string) => `entry-${entryId}`;

export function goToRow(entryId: string): void {
  const row = document.getElementById(rowId(entryId));
  row?.scrollIntoView({ block: "center" });
  row?.focus();
}
