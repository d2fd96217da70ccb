/** What staff put right in a record: when it was felt, the scale, the score. The rest is taken as it came. */

export interface Given {
  taken_at: string;
  scale: string;
  pain: string;
}

type Json = { [key: string]: unknown };

export function isEntry(raw: string): boolean {
  const { kind, op } = parsed(raw);
  return (kind === undefined || kind === "entry") && op !== "tombstone";
}

/** The fields as they came, as far as they can be typed into a form. */
export function givenOf(raw: string): Given {
  const body = parsed(raw)["body"];
  const found = body && typeof body === "object" ? (body as Json) : {};
  const text = (key: string) => (found[key] === undefined || found[key] === null ? "" : String(found[key]));
  return { taken_at: text("taken_at"), scale: text("scale") || "now", pain: text("pain") };
}

/** The body of a correction. A score that is no number is sent as it was typed: the server says what is wrong. */
export function bodyOfGiven(given: Given): Record<string, unknown> {
  const pain = given.pain.trim();
  return {
    taken_at: given.taken_at.trim(),
    scale: given.scale,
    pain: pain === "" ? null : /^\d+$/.test(pain) ? Number(pain) : pain,
  };
}

function parsed(raw: string): Json {
  try {
    const found: unknown = JSON.parse(raw);
    return found && typeof found === "object" ? (found as Json) : {};
  } catch {
    return {};
  }
}
