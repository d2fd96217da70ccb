/** How this browser can put the app on the home screen, if at all. */

/** `prompt`: one tap. `share`: by the share menu of an iPhone. `elsewhere`: this is a window inside another app. */
export type Way = "prompt" | "share" | "elsewhere";

/** Chromium's own offer, kept until the patient wants it. */
interface Offer extends Event {
  prompt(): Promise<unknown>;
}

export interface Surroundings {
  userAgent: string;
  /** iPads call themselves Macs; no Mac has a touch screen. */
  touchPoints: number;
  standalone: boolean;
}

const INSIDE_ANOTHER_APP = /FBAN|FBAV|Instagram|Line\/|MicroMessenger|WhatsApp|Snapchat|GSA\/|; wv\)/;
const APPLE = /iPhone|iPad|iPod/;

/** Null where the app is installed already or the browser has no way. `offered`: the browser has made its offer. */
export function wayToInstall({ userAgent, touchPoints, standalone }: Surroundings, offered: boolean): Way | null {
  if (standalone) return null;
  const apple = APPLE.test(userAgent) || (userAgent.includes("Macintosh") && touchPoints > 1);
  // A web view of an iPhone has no "Safari" in its name; browsers there have.
  if (INSIDE_ANOTHER_APP.test(userAgent) || (apple && !userAgent.includes("Safari"))) return "elsewhere";
  if (offered) return "prompt";
  return apple ? "share" : null;
}

export class Installing {
  #offer: Offer | null = null;
  readonly #listeners = new Set<() => void>();

  constructor() {
    addEventListener("beforeinstallprompt", (event) => {
      // The offer comes after the first saved score, not over it.
      event.preventDefault();
      this.#take(event as Offer);
    });
    addEventListener("appinstalled", () => this.#take(null));
  }

  get way(): Way | null {
    const standalone = matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true;
    return wayToInstall({ userAgent: navigator.userAgent, touchPoints: navigator.maxTouchPoints, standalone }, this.#offer !== null);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows the browser's own question; it can be asked once. */
  async ask(): Promise<void> {
    const offer = this.#offer;
    this.#take(null);
    await offer?.prompt();
  }

  #take(offer: Offer | null): void {
    this.#offer = offer;
    for (const listener of this.#listeners) listener();
  }
}
