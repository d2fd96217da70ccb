/** Asks the browser not to clear the store by itself. */

/** Whether the browser promised it. A refusal is normal and changes nothing but the wording on "This phone". */
export async function askToPersist(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined;
  if (!storage?.persist) return false;
  return storage.persist().catch(() => false);
}
