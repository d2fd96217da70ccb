/** Which drawing suits this screen: light or dark, and wide or narrow by the room there is. */
import { useEffect, useRef, useState } from "preact/hooks";

/** Below this width in CSS pixels three panels side by side cannot be read. */
export const NARROW_BELOW = 640;

export function chartUrl(address: string, dark: boolean, width: number): string {
  const layout = width < NARROW_BELOW ? "narrow" : "wide";
  const joint = address.includes("?") ? "&" : "?";
  return `${address}${joint}theme=${dark ? "dark" : "light"}&layout=${layout}`;
}

export function useChartUrl(address: string) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const dark = useDark();

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { frame, url: width ? chartUrl(address, dark, width) : null };
}

export function useDark(): boolean {
  const [dark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const changed = () => setDark(query.matches);
    query.addEventListener("change", changed);
    return () => query.removeEventListener("change", changed);
  }, []);
  return dark;
}
