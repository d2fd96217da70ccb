/** Failures, empty states and waiting, said the same way everywhere. */
import type { ComponentChildren } from "preact";
import type { ApiError } from "../api";
import { errorSentence } from "../words";

export function Failure(props: { error: ApiError | null; onRetry?: () => void }) {
  if (!props.error || props.error.status === 401) return null;
  return (
    <div class="notice notice-danger" role="alert">
      <p>
        {errorSentence(props.error)}
        {props.error.requestId && props.error.status >= 500 && (
          <span class="request"> Reference {props.error.requestId}</span>
        )}
      </p>
      {props.onRetry && (
        <button type="button" class="quiet" onClick={props.onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Empty(props: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <p class="empty-title">{props.title}</p>
      {props.children}
    </div>
  );
}

export function Waiting(props: { label: string }) {
  return (
    <p class="waiting" role="status">
      {props.label}
    </p>
  );
}
