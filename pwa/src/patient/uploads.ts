/** The uploader as the screens see it, also before its part of the app has loaded. */
import type { DiaryStore } from "../store/store.ts";
import type { Uploader, UploadStatus } from "../sync/uploader.ts";
import { connectedMark } from "./mark.ts";
import type { LoadPart } from "./parts.ts";

export class Uploads {
  readonly #store: DiaryStore;
  readonly #load: LoadPart;
  readonly #listeners = new Set<(status: UploadStatus) => void>();
  #uploader: Uploader | null = null;

  constructor(store: DiaryStore, load: LoadPart) {
    this.#store = store;
    this.#load = load;
  }

  get status(): UploadStatus {
    return this.#uploader?.status ?? { busy: false, trouble: null };
  }

  subscribe(listener: (status: UploadStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Uploads what waits and fetches what is new. Never fails: what cannot be sent now stays in the queue. */
  async kick(atOnce = false): Promise<void> {
    try {
      if (!this.#uploader && !(await this.#hasBusiness())) return;
      this.#uploader ??= await this.#start();
      await this.#uploader.kick(atOnce);
    } catch {
      // The part has not loaded, or the store is closed for the moment: the next event tries again.
    }
  }

  /** A phone that was never connected has nothing to say and does not load the part that would say it. */
  async #hasBusiness(): Promise<boolean> {
    const { meta } = await this.#store.snapshot();
    return meta.diary !== undefined || meta.leaving === true || connectedMark.isThere();
  }

  async #start(): Promise<Uploader> {
    const { Uploader } = await this.#load("next");
    if (this.#uploader) return this.#uploader;
    const uploader = new Uploader(this.#store, {
      fetch: fetch.bind(globalThis),
      now: Date.now,
      random: Math.random,
      locks: navigator.locks ?? null,
      setTimer: (run, ms) => setTimeout(run, ms),
      clearTimer: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
      mark: connectedMark,
    });
    uploader.subscribe((status) => this.#listeners.forEach((listener) => listener(status)));
    return uploader;
  }
}
