/** Where a passport's number opens: beneath the row it stands in. */
import { FigureDetail, Opener, type Opening, useInSight } from "../parts/opening";
import type { Figure } from "../types";
import type { ComponentChildren } from "preact";

/** One number of a row; `row` tells the rows of a card apart. */
export function Value(props: { opening: Opening; row: string; place: number; label: string; children: ComponentChildren }) {
  const { opening, row, place, label } = props;
  return (
    <Opener opening={opening} name={`${row} ${place}`} panel={panelOf(row)}>
      {props.children}
      <span class="unseen">: {label}</span>
    </Opener>
  );
}

/** What is open of a row's figures; one element whether open or not, so that it is announced. */
export function Opened({ opening, row, figures }: { opening: Opening; row: string; figures: readonly Figure[] }) {
  const shown = figures.find((_, place) => opening.open === `${row} ${place}`);
  const panel = useInSight(shown ? opening.open : null);
  return (
    <div ref={panel} id={panelOf(row)} class="figure-detail" hidden={!shown} aria-live="polite">
      {shown && <FigureDetail figure={shown} />}
    </div>
  );
}

/** An id for the panel of a row; rows are named by ids and words. */
function panelOf(row: string): string {
  return `opened-${row.replace(/[^0-9A-Za-z-]/g, "-")}`;
}
