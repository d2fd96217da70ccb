/** Where an entry's row stands on the page, and the way there. */

export const COLUMN_COUNT = 9;

export const rowId = (entryId: string) => `entry-${entryId}`;

export function goToRow(entryId: string): void {
  const row = document.getElementById(rowId(entryId));
  row?.scrollIntoView({ block: "center" });
  row?.focus();
}

/** Whoever comes from another page's number arrives at the entry it named. */
export function goToNamedRow(): void {
  if (location.hash.startsWith("#entry-")) goToRow(location.hash.slice("#entry-".length));
}
