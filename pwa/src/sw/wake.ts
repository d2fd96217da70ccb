/** Has the browser find the diary's database while the page is still on its way: on a phone just started that takes longest. */
export function wakeStore(): void {
  // Only names are asked for: to open it here would make an empty one where there is none.
  void globalThis.indexedDB?.databases?.().catch(() => undefined);
}
