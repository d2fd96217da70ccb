/** Shows a server-drawn picture that answers to nothing: it fits its frame and the theme. */
import { useEffect, useRef, useState } from "preact/hooks";
import { adoptSvg, loadSvg } from "./svg";
import { useChartUrl } from "./useChartUrl";

export function Drawing({ address, version }: { address: string; version: string }) {
  const { frame, url } = useChartUrl(address);
  const host = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!url) return;
    const abort = new AbortController();
    loadSvg(url, abort.signal)
      .then((source) => {
        host.current?.replaceChildren(adoptSvg(source));
        setProblem(false);
      })
      .catch(() => {
        if (!abort.signal.aborted) setProblem(true);
      });
    return () => abort.abort();
  }, [url, version, attempt]);
  return (
    <div class="chart" ref={frame}>
      <div ref={host} class="chart-drawing" />
      {problem && (
        <p class="chart-problem">
          The picture could not be loaded.{" "}
          <button type="button" class="quiet" onClick={() => setAttempt((n) => n + 1)}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
