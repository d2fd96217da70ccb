/** What outlives a screen while the page is open: never written anywhere, forgotten at sign-out. */
import type { Draft } from "./fields";
import { EMPTY_VIEW, type WorklistView } from "./worklist/view";

let view: WorklistView = { ...EMPTY_VIEW };
let enrolDraft: Draft | null = null;

export function worklistView(): WorklistView {
  return view;
}

export function rememberWorklist(next: WorklistView): void {
  view = next;
}

export function keptDraft(): Draft | null {
  return enrolDraft;
}

export function keepDraft(draft: Draft | null): void {
  enrolDraft = draft;
}

export function forgetEverything(): void {
  view = { ...EMPTY_VIEW };
  enrolDraft = null;
}
