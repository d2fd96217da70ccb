/** The place of a note on Today; the part that words it loads only when there is one. */
import { useEffect, useState } from "preact/hooks";
import { useNow, usePart, useServices } from "../context.ts";
import type { Model } from "../model.ts";
import { noteOf, OFFERS } from "../notes.ts";

/** `urgent`: the place above the screen's own content, for what matters more than it. */
export function NoteSlot({ model, urgent }: { model: Model; urgent: boolean }) {
  const { installing } = useServices();
  const phoneNow = useNow();
  const [way, setWay] = useState(installing.way);
  useEffect(() => installing.subscribe(() => setWay(installing.way)), [installing]);
  const note = noteOf(model, way, phoneNow);
  // A check-in that waits for its score comes before everything but help.
  const above = note !== null && !OFFERS.has(note) && model.due.now === null;
  const { part } = usePart(note === null || above !== urgent ? null : "phone");
  return part && note !== null && above === urgent ? <part.Notes model={model} note={note} way={way} /> : null;
}
