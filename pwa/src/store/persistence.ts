/** Asks the browser not to clear the store by itself. */

let asked = false;

/** Once a start, and only while it is not promised. A refusal is normal and changes nothing but the wording on "This phone". */
export async function askToPersist(): Promise<boolean> {
  const storage = navigator.storage as StorageManager | undefined;
  if (asked || !storage?.persist) return false;
  asked = true;
  return storage.persisted().then((kept) => kept || storage.persist()).catch(() => false);
}
