/** The way to the clinic's leaflet, where there is one. */
import { later } from "../../i18n/later.ts";
import { leafletOf } from "../leaflet.ts";
import type { Model } from "../model.ts";
import { follow } from "../router.ts";

export function LeafletLink({ model }: { model: Model }) {
  if (!leafletOf(model)) return null;
  return (
    <section class="card">
      <h2>{later.leaflet.title}</h2>
      <a class="secondary" href="/phone/leaflet" onClick={follow}>{later.leaflet.open}</a>
    </section>
  );
}
