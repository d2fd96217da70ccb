/** What staff put right in a record, by what the record is. The rest is taken as it came. */

export type Kind = "entry" | "flag_report" | "impression";

export const KINDS: Readonly<Record<Kind, string>> = {
  entry: "A score",
  flag_report: "A report of red flags",
  impression: "An impression of change",
};

export interface Given {
  taken_at: string;
  scale: string;
  pain: string;
  /** Symptoms of a report, by their codes. */
  codes: string[];
  change: string;
}

type Json = { [key: string]: unknown };

/** What the record is; empty where it does not say, null where nothing of it can be put right. */
export function kindOf(raw: string): Kind | "" | null {
  const { kind, op } = parsed(raw);
  if (op === "tombstone" || kind === "flag_event") return null;
  if (kind === undefined) return "entry";
  return typeof kind === "string" && Object.hasOwn(KINDS, kind) ? (kind as Kind) : "";
}

/** The fields as they came, as far as they can be typed into a form. */
export function givenOf(raw: string, codes: readonly string[]): Given {
  const found = bodyIn(raw);
  const text = (key: string) => (found[key] === undefined || found[key] === null ? "" : String(found[key]));
  const known = reportsIn(found).map(({ code }) => String(code));
  return {
    taken_at: text("taken_at"),
    scale: text("scale") || "now",
    pain: text("pain"),
    codes: codes.filter((code) => known.includes(code)),
    change: /^[1-7]$/.test(text("change")) ? text("change") : "",
  };
}

/** The body of a correction. What is no number is sent as it was typed: the server says what is wrong. */
export function bodyOfGiven(kind: Kind, given: Given, raw: string, where: string): Record<string, unknown> {
  const taken_at = given.taken_at.trim();
  if (kind === "entry") return { taken_at, scale: given.scale, pain: numberOf(given.pain) };
  const body = kind === "impression" ? { taken_at, change: numberOf(given.change) } : { taken_at, reports: reportsOf(given, raw) };
  const field = leftOut(kind, where);
  return field ? { ...body, [field]: null } : body;
}

/** A field beside the answer itself that could not be read: such a record goes without it. */
export function leftOut(kind: Kind, where: string): string | null {
  const field = /^\/body\/(\w+)/.exec(where)?.[1];
  const beside = kind === "entry" ? [] : ["recorded_at", "proxy", "shown_level", "slot"];
  return field && beside.includes(field) ? field : null;
}

/** Something was reported and nothing of it is chosen: it must not become "none of these" by an oversight. */
export function lacksSymptom(kind: Kind, given: Given, raw: string): boolean {
  const came = bodyIn(raw)["reports"];
  return kind === "flag_report" && !given.codes.length && !(Array.isArray(came) && came.length === 0);
}

/** The chosen symptoms, each with the answers that came with it. */
function reportsOf(given: Given, raw: string): Json[] {
  const came = reportsIn(bodyIn(raw));
  return given.codes.map((code) => came.find((one) => one["code"] === code) ?? { code });
}

function numberOf(text: string): number | string | null {
  const typed = text.trim();
  return typed === "" ? null : /^\d+$/.test(typed) ? Number(typed) : typed;
}

function reportsIn(body: Json): Json[] {
  const found = body["reports"];
  return Array.isArray(found) ? found.filter((one): one is Json => typeof one === "object" && one !== null) : [];
}

function bodyIn(raw: string): Json {
  const body = parsed(raw)["body"];
  return body && typeof body === "object" ? (body as Json) : {};
}

function parsed(raw: string): Json {
  try {
    const found: unknown = JSON.parse(raw);
    return found && typeof found === "object" ? (found as Json) : {};
  } catch {
    return {};
  }
}
