/** The form's state: what is typed, what is wrong with it, and the way to the first wrong field. */
import { useCallback, useRef, useState } from "preact/hooks";
import type { ApiError } from "../api";
import type { Draft } from "../fields";
import { idOf } from "../parts/inputs";
import { type FormKind, fieldOfPointer, type Problems, validate } from "../validate";
import { fieldSentence } from "../words";

export interface DraftForm {
  draft: Draft;
  problems: Problems;
  set: (change: Partial<Draft>) => void;
  /** What is typed, when nothing is wrong with it; else null, with the problems shown and the first one focused. */
  check: () => Draft | null;
  showServerProblems: (error: ApiError) => void;
  problem: (name: string) => string | undefined;
  reset: (draft: Draft) => void;
}

export function useDraft(initial: Draft, kind: FormKind, onChange?: (draft: Draft) => void): DraftForm {
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<Problems>(new Map());
  const [checked, setChecked] = useState(false);

  // Browsers fill several fields in one go: each change must build on the one before, drawn or not.
  const latest = useRef(initial);

  const set = useCallback(
    (change: Partial<Draft>) => {
      const next = { ...latest.current, ...change };
      latest.current = next;
      setDraft(next);
      onChange?.(next);
      // After a first try the form answers at once, before it it does not nag.
      if (checked) setProblems(validate(next, kind, new Date()));
    },
    [checked, kind, onChange],
  );

  const check = useCallback(() => {
    const found = validate(latest.current, kind, new Date());
    setChecked(true);
    setProblems(found);
    goToFirst(found);
    return found.size === 0 ? latest.current : null;
  }, [kind]);

  const showServerProblems = useCallback((error: ApiError) => {
    const found: Problems = new Map(
      error.fields.map((field) => [fieldOfPointer(field.pointer, latest.current), fieldSentence(field)]),
    );
    setProblems(found);
    goToFirst(found);
  }, []);

  const reset = useCallback(
    (next: Draft) => {
      latest.current = next;
      setDraft(next);
      onChange?.(next);
      setChecked(false);
      setProblems(new Map());
    },
    [onChange],
  );

  return { draft, problems, set, check, reset, showServerProblems, problem: (name) => problems.get(name) };
}

/** Focuses the first wrong field, also one inside a folded part. */
function goToFirst(problems: Problems): void {
  // Wait for the folded parts that hold a problem to open.
  setTimeout(() => {
    for (const name of problems.keys()) {
      const field = document.getElementById(idOf(name));
      if (!field) continue;
      field.focus();
      (field.closest(".field") ?? field).scrollIntoView({ block: "center" });
      return;
    }
  });
}
