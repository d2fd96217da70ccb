/** The frame of one part: heading, form, save button, and every version it ever had. */
import type { ComponentChildren } from "preact";
import { Failure } from "../parts/notices";
import type { PartEditor } from "./usePart";
import { Versions } from "./Versions";

export function PartFrame<T>(props: {
  part: string;
  title: string;
  note: string;
  editor: PartEditor<T>;
  /** What keeps it from being saved, as a sentence. */
  problem?: string | null;
  show: (value: T) => string;
  children: ComponentChildren;
}) {
  const { editor, part, title, problem } = props;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!problem) void editor.save();
  };
  const wrong = problem ?? editor.error?.fields[0]?.message ?? null;
  return (
    <form class="card form-section settings-part" id={`part-${part}`} onSubmit={submit} noValidate aria-label={title}>
      <h2>{title}</h2>
      <p class="section-note">{props.note}</p>
      {props.children}
      {wrong && editor.dirty && <p class="problem">{wrong}</p>}
      {!editor.error?.fields.length && <Failure error={editor.error} />}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={editor.busy || !editor.dirty || Boolean(problem)}>
          {editor.busy ? "Saving…" : "Save"}
        </button>
        {editor.saved && <span class="saved">Saved.</span>}
      </div>
      <Versions part={part} newest={editor.version} show={props.show} />
    </form>
  );
}
