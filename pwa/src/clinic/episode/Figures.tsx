/** Every number of the reading as a chip, and the panel that all numbers of the page open into. */
import { FigureDetail, Opener, type Opening, useInSight } from "../parts/opening";
import type { Entry, Figure } from "../types";
import { EvidenceList } from "./EvidenceList";

export const FIGURE_PANEL = "figure-detail";

/** What stands beside the four answers has no chips; how its entries are led in. */
const LEADS: Readonly<Record<string, string>> = { data: "Counts", confidence: "Read from" };

export function Figures({ figures, opening }: { figures: readonly Figure[]; opening: Opening }) {
  const existing = figures.filter(({ value, answer }) => value !== null && !LEADS[answer]);
  if (!existing.length) return null;
  return (
    <div class="figures figure-row" role="group" aria-label="Figures">
      {existing.map((figure) => (
        <Opener key={figure.key} opening={opening} name={figure.key} panel={FIGURE_PANEL} class={`figure-chip figure-${figure.answer}`}>
          {figure.label} <b>{figure.value}</b>
        </Opener>
      ))}
    </div>
  );
}

export function FigurePanel(props: { shown: readonly Figure[]; entries: ReadonlyMap<string, Entry>; zone: string }) {
  const { shown, entries, zone } = props;
  const panel = useInSight(shown[0]?.key ?? null);
  return (
    <div ref={panel} id={FIGURE_PANEL} class="figure-detail" hidden={!shown.length} aria-live="polite">
      {shown.map((figure) => (
        <FigureDetail key={figure.key} figure={figure}>
          {(figure.entries.length > 0 || !LEADS[figure.answer]) && (
            <EvidenceList ids={figure.entries} entries={entries} zone={zone} lead={LEADS[figure.answer] ?? "Decided by"} />
          )}
        </FigureDetail>
      ))}
    </div>
  );
}
