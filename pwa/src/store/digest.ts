/** What is kept of a used enrolment link: enough to know it again, not enough to use it. */

/** Null where the browser has no cryptography, as on a page without https. */
export async function digestOf(token: string): Promise<string | null> {
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  const digest = await subtle?.digest("SHA-256", new TextEncoder().encode(token));
  return digest ? new Uint8Array(digest).join() : null;
}
