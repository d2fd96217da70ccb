/** The number on the app's icon: entries the clinic does not have yet. */

interface Badging {
  setAppBadge?: (count: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
}

let shown = -1;

/** Does nothing where the platform has no badge. */
export function showUnsent(count: number): void {
  if (count === shown) return;
  shown = count;
  const badging = navigator as Badging;
  const done = count > 0 ? badging.setAppBadge?.(count) : badging.clearAppBadge?.();
  done?.catch(() => undefined);
}
