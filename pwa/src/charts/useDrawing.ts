/** Fetches a server-drawn picture into its place, and keeps the last one on screen until the next one is there. */
import { useEffect, useState } from "preact/hooks";
import { adoptSvg, loadSvg } from "./svg";

/** `prepare` must stay the same function; it is given each picture before it is shown. */
export function useDrawing(
  url: string | null,
  version: string,
  host: { current: HTMLDivElement | null },
  prepare?: (drawing: SVGSVGElement) => void,
) {
  const [drawing, setDrawing] = useState<SVGSVGElement | null>(null);
  const [problem, setProblem] = useState(false);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!url) return;
    const abort = new AbortController();
    loadSvg(url, abort.signal)
      .then((source) => {
        const made = adoptSvg(source);
        prepare?.(made);
        host.current?.replaceChildren(made);
        setProblem(false);
        setDrawing(made);
      })
      .catch(() => {
        if (!abort.signal.aborted) setProblem(true);
      });
    return () => abort.abort();
  }, [url, version, attempt]);

  return { drawing, problem, retry: () => setAttempt((n) => n + 1) };
}
