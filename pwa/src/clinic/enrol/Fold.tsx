/** A part of the form that stays out of the way: what it holds stands in its line. */
import type { ComponentChildren } from "preact";

export function Fold(props: { title: string; said: string; wrong: boolean; children: ComponentChildren }) {
  return (
    <details class="fold" open={props.wrong || undefined}>
      <summary>
        {props.title}
        <span class="fold-note">{props.said || "not recorded"}</span>
      </summary>
      <div class="fold-body">{props.children}</div>
    </details>
  );
}
