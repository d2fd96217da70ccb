/** Protocols in words. */
import type { Option } from "../parts/inputs";
import type { Region } from "../types";
import { anaestheticText, steroidText } from "../words";
import type { Protocol, ProtocolDrugs, ProtocolOptions } from "./types";

export const REMIND: Option[] = [
  { value: "28", label: "to day 28" },
  { value: "84", label: "to week 12" },
  { value: "365", label: "to month 12" },
];

const REGIONS: Readonly<Record<string, string>> = { cervical: "Cervical", thoracic: "Thoracic", lumbar: "Lumbar and sacral" };

/** "Lumbar and sacral, diagnostic only". */
export function protocolName(template: string): string {
  const [region = "", purpose = ""] = template.split("-");
  return `${REGIONS[region] ?? region}, ${purpose === "diagnostic" ? "diagnostic only" : "with steroid"}`;
}

/** "lidocaine 2 % 0.5 mL + dexamethasone 10 mg". */
export function drugsText({ anaesthetic, steroid }: ProtocolDrugs): string {
  return [...anaesthetic.map(anaestheticText), ...(steroid ? [steroidText(steroid)] : [])].join(" + ");
}

export function optionsText(options: ProtocolOptions): string {
  const offered = [
    options.evenings_before && "evenings before",
    options.offer_45 && "+45 min",
    options.impressions && "impressions",
  ].filter(Boolean);
  const until = REMIND.find(({ value }) => Number(value) === options.remind_until_day)?.label ?? `to day ${options.remind_until_day}`;
  const given = options.drugs ? `; usually ${drugsText(options.drugs)}` : "";
  return `offers ${offered.join(", ") || "nothing more"}; reminders ${until}${given}`;
}

/** The protocol that region and steroid call for; none while it is not known whether one is given. */
export function fittingTemplate(region: Region, steroidGiven: string): string {
  const place = region === "sacral" ? "lumbar" : region;
  if (steroidGiven === "none") return `${place}-diagnostic`;
  return steroidGiven === "given" ? `${place}-steroid` : "";
}

/** "lumbar-steroid/2" as an episode keeps it, in words. */
export function keptProtocol(label: string): string | null {
  const [template = "", version = ""] = label.split("/");
  return template.includes("-diagnostic") || template.includes("-steroid") ? `${protocolName(template)}, version ${version}` : null;
}

export function protocolChoices(protocols: readonly Protocol[]): Option[] {
  return protocols.map(({ template, version }) => ({ value: template, label: `${protocolName(template)} (version ${version})` }));
}
