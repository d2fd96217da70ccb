/** Shows a server-drawn picture that answers to nothing: it fits its frame and the theme. */
import { useRef } from "preact/hooks";
import { useChartUrl } from "./useChartUrl";
import { useDrawing } from "./useDrawing";

export function Drawing({ address, version }: { address: string; version: string }) {
  const { frame, url } = useChartUrl(address);
  const host = useRef<HTMLDivElement>(null);
  const { problem, retry } = useDrawing(url, version, host);
  return (
    <div class="chart" ref={frame}>
      <div ref={host} class="chart-drawing" />
      {problem && (
        <p class="chart-problem">
          The picture could not be loaded.{" "}
          <button type="button" class="quiet" onClick={retry}>
            Try again
          </button>
        </p>
      )}
    </div>
  );
}
