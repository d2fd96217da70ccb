/** The revisions as this page last read them: reading a long diary again after each save would keep the patient waiting. */
import type { Revision } from "../diary/record.ts";
import type { TableOf } from "./database.ts";

type Table = Pick<TableOf<string, Revision, "entry">, "count" | "getAll">;

export class Held {
  #all: Revision[] | null = null;
  /** Grows with each change, so that a read which began before it is not kept. */
  #turn = 0;

  /** All revisions in `table`; the same array as before while none was added. */
  async read(table: Table): Promise<Revision[]> {
    const turn = this.#turn;
    const known = this.#all;
    // Whoever changed the store without a word, such as a browser that emptied it, is found out by the number.
    if (known && (await table.count()) === known.length) return known;
    const all = await table.getAll();
    if (turn === this.#turn) this.#all = all;
    return all;
  }

  /** Revisions that this page has just written and read back. */
  add(saved: readonly Revision[]): void {
    this.#turn += 1;
    const ids = new Set(saved.map(({ rev_id }) => rev_id));
    this.#all &&= [...this.#all.filter(({ rev_id }) => !ids.has(rev_id)), ...saved];
  }

  /** Anything may have changed. */
  forget(): void {
    this.#turn += 1;
    this.#all = null;
  }
}
