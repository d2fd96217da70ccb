/** The clinic's leaflet in the language the patient reads, if there is one. */
import { language } from "../i18n/index.ts";
import type { Leaflet } from "../sync/leaflets.ts";
import type { Model } from "./model.ts";

export function leafletOf(model: Model): Leaflet | null {
  return model.meta.leaflets?.find((one) => one.language === language) ?? null;
}
