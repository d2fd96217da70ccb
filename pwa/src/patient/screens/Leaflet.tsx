/** What the clinic wants its patients to read after the block, in the language of the app. */
import { later } from "../../i18n/later.ts";
import { CallButton } from "../parts/CallButton.tsx";
import { Frame } from "../parts/Frame.tsx";
import { leafletOf } from "../leaflet.ts";
import type { Model } from "../model.ts";

export function Leaflet({ model }: { model: Model }) {
  const leaflet = leafletOf(model);
  const { clinic } = model.diary;
  return (
    <Frame model={model} path="/phone/leaflet">
      <h1 class="question">{later.leaflet.title}</h1>
      {leaflet ? (
        <section class="card">
          <div class="leaflet" lang={leaflet.language} dir="auto">{leaflet.text}</div>
          {!leaflet.reviewed && <p class="muted small unreviewed">{later.flags.unreviewed}</p>}
        </section>
      ) : (
        <p>{later.leaflet.none}</p>
      )}
      {leaflet && <p class="muted small">{later.leaflet.from} <bdi>{clinic.name}</bdi></p>}
      {clinic.phone && <CallButton number={clinic.phone} words={later.phone.callClinic(clinic.phone)} />}
    </Frame>
  );
}
