/** The form's last line, always in sight: what is still wrong, and the one action. */
import type { ComponentChildren } from "preact";
import type { ApiError } from "../api";
import { idOf } from "../parts/inputs";
import { Failure } from "../parts/notices";
import type { Problems } from "../validate";

export function FormFoot(props: {
  problems: Problems;
  error: ApiError | null;
  busy: boolean;
  action: string;
  cancel?: string;
  /** A question in place of the action. */
  children?: ComponentChildren;
}) {
  const { problems } = props;
  const stray = [...problems].filter(([name]) => !document.getElementById(idOf(name)));
  return (
    <div class="form-foot">
      <Failure error={props.error} />
      {problems.size > 0 && (
        <p class="problem" role="alert">
          {problems.size === 1 ? "One field needs another look." : `${problems.size} fields need another look.`}
          {stray.map(([name, sentence]) => (
            <span key={name}>
              {" "}
              {name}: {sentence}
            </span>
          ))}
        </p>
      )}
      {props.children || (
        <div class="form-actions">
          <button type="submit" class="primary" disabled={props.busy}>
            {props.busy ? "Saving…" : props.action}
          </button>
          {props.cancel && (
            <a class="button quiet" href={props.cancel}>
              Cancel
            </a>
          )}
        </div>
      )}
    </div>
  );
}
