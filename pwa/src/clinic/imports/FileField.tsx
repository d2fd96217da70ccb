/** A labelled choice of one file. */
import { type FieldProps, idOf, Notes } from "../parts/inputs";

export function FileField(props: FieldProps & { accept: string; file: File | null; onFile: (file: File | null) => void }) {
  const { name, label, optional, accept, hint, problem, onFile } = props;
  const notes = [hint && `${idOf(name)}-hint`, problem && `${idOf(name)}-problem`].filter(Boolean).join(" ");
  return (
    <div class="field file-field">
      <label for={idOf(name)}>
        {label}
        {optional && <span class="optional"> optional</span>}
      </label>
      <input
        id={idOf(name)}
        type="file"
        accept={accept}
        aria-invalid={problem ? true : undefined}
        aria-describedby={notes || undefined}
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
        onClick={(event) => {
          // The same file, corrected meanwhile, can be chosen again.
          event.currentTarget.value = "";
        }}
      />
      <Notes {...props} />
    </div>
  );
}
