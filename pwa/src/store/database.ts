/** IndexedDB with promises and types: only what this store uses of it. Events stay inside this file. */

type Name<All> = keyof All & string;
type Key<All, Table extends Name<All>> = All[Table] extends { key: infer K extends IDBValidKey } ? K : never;
type Value<All, Table extends Name<All>> = All[Table] extends { value: infer V } ? V : never;
type Index<All, Table extends Name<All>> = All[Table] extends { indexes: infer I } ? keyof I & string : never;

/** One way into a table by something else than its key. */
export interface IndexOf<K, V> {
  get(at: IDBValidKey): Promise<V | undefined>;
  getKey(at: IDBValidKey): Promise<K | undefined>;
  getAllKeys(at: IDBValidKey): Promise<K[]>;
}

export interface TableOf<K, V, I extends string> {
  get(key: K): Promise<V | undefined>;
  getAll(): Promise<V[]>;
  getAllKeys(): Promise<K[]>;
  count(): Promise<number>;
  add(value: V, key?: K): Promise<K>;
  put(value: V, key?: K): Promise<K>;
  delete(key: K): Promise<void>;
  clear(): Promise<void>;
  index(name: I): IndexOf<K, V>;
}

export interface Transaction<All> {
  objectStore<Table extends Name<All>>(name: Table): TableOf<Key<All, Table>, Value<All, Table>, Index<All, Table>>;
  readonly objectStoreNames: Name<All>[];
  abort(): void;
  /** Settles when everything is on the medium, or when nothing of it is. */
  readonly done: Promise<void>;
}

export interface Opened<All> {
  transaction(names: Name<All>[], mode?: "readonly" | "readwrite", options?: IDBTransactionOptions): Transaction<All>;
  close(): void;
}

interface Openings {
  upgrade: (db: IDBDatabase, oldVersion: number, tx: IDBTransaction) => void;
  /** A newer version of the app wants the database. */
  blocking: () => void;
  /** The browser closed it by itself. */
  terminated: () => void;
}

export async function open<All extends object>(name: string, version: number, { upgrade, blocking, terminated }: Openings): Promise<Opened<All>> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = ({ oldVersion }) => upgrade(request.result, oldVersion, request.transaction!);
  const db = await settled(request).catch((error: unknown) => {
    // A newer version of the app has been here. It only ever adds, so that this page can go on with what it knows.
    if (error instanceof DOMException && error.name === "VersionError") return settled(indexedDB.open(name));
    throw error;
  });
  db.onversionchange = blocking;
  db.onclose = terminated;
  return {
    transaction: (names, mode = "readonly", options = {}) => transaction<All>(db.transaction(names, mode, options)),
    close: () => db.close(),
  };
}

function transaction<All>(tx: IDBTransaction): Transaction<All> {
  const done = new Promise<void>((resolve, reject) => {
    tx.oncomplete = () => resolve();
    tx.onabort = () => reject(tx.error ?? new DOMException("The transaction was aborted.", "AbortError"));
  });
  // Whoever waits for it hears of the failure; without anybody it is no unhandled one.
  done.catch(() => undefined);
  return {
    objectStore: (name) => promised(tx.objectStore(name)) as never,
    objectStoreNames: Array.from(tx.objectStoreNames) as Name<All>[],
    abort: () => tx.abort(),
    done,
  };
}

/** Every call that makes a request gives a promise of its result; an index is wrapped like its table. */
function promised(target: object): unknown {
  return new Proxy(target, {
    get: (_, name) => (...given: unknown[]) => {
      const made = (target as Record<PropertyKey, (...given: unknown[]) => unknown>)[name]!(...given);
      return made instanceof IDBRequest ? settled(made) : promised(made as object);
    },
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
