/** One open database, opened again when the browser drops it: phones close the connection of a hidden page. */
import { open } from "./database.ts";
import { DATABASE, migrate, STORES, VERSION, type Database, type Schema, type Write } from "./schema.ts";

export class Connection {
  readonly #name: string;
  #open: Promise<Database> | null = null;

  constructor(name: string = DATABASE) {
    this.#name = name;
  }

  /** Runs a read; once more on a fresh connection when the first was lost. */
  async read<T>(work: (db: Database) => Promise<T>): Promise<T> {
    return this.#withRetry(work);
  }

  /**
   * Runs a write in one strict transaction and resolves after it is on the medium. `work` may run twice when the
   * connection was lost, so it must lead to the same store both times. An error inside leaves everything as it was.
   * Whoever reads a table that is not among `tables` does not wait for it.
   */
  async write<T>(work: (tx: Write) => Promise<T>, tables = STORES): Promise<T> {
    return this.#withRetry(async (db) => {
      const tx = db.transaction(tables, "readwrite", { durability: "strict" });
      try {
        const result = await work(tx);
        await tx.done;
        return result;
      } catch (error) {
        abort(tx);
        await tx.done.catch(() => undefined);
        throw error;
      }
    });
  }

  /** Has the browser look for the database now; whoever reads later finds it open, or hears why it is not. */
  openAhead(): void {
    this.#database().catch(() => undefined);
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    (await open?.catch(() => null))?.close();
  }

  async #withRetry<T>(work: (db: Database) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#database());
    } catch (error) {
      if (!mayBeLost(error)) throw error;
      await this.close();
      return work(await this.#database());
    }
  }

  #database(): Promise<Database> {
    this.#open ??= open<Schema>(this.#name, VERSION, {
      upgrade: migrate,
      blocking: () => void this.close(),
      terminated: () => {
        this.#open = null;
      },
    }).catch((error: unknown) => {
      this.#open = null;
      throw error;
    });
    return this.#open;
  }
}

/** A full disk or a broken rule fails the same way again; anything else may be the connection. */
function mayBeLost(error: unknown): boolean {
  return error instanceof DOMException && !["QuotaExceededError", "ConstraintError", "DataError", "DataCloneError"].includes(error.name);
}

function abort(tx: Write): void {
  try {
    tx.abort();
  } catch {
    // Already aborted or finished: there is nothing left to undo.
  }
}
