/** A button that puts a text for the record on the clipboard. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api";
import { asApiError, useDesk } from "../context";
import { Failure } from "./notices";

const COPIED_SECONDS = 4;

export function CopyText({ text }: { text: () => Promise<string> }) {
  const { announce } = useDesk();
  const [copied, setCopied] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  async function copy() {
    setError(null);
    try {
      await navigator.clipboard.writeText(await text());
      setCopied(true);
      announce("Copied. Paste it into the record.");
      setTimeout(() => setCopied(false), 1000 * COPIED_SECONDS);
    } catch (cause) {
      setError(asApiError(cause));
    }
  }

  return (
    <>
      <button type="button" class="button" onClick={copy}>
        {copied ? "Copied" : "Copy text"}
      </button>
      <Failure error={error} onRetry={copy} />
    </>
  );
}
