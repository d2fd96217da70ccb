/** One entry in a few lines, beside its mark. */
import type { Entry } from "../types";
import { SCALES, wordsFor } from "../words";
import { analgesicsText, answerText, bodyOf, contextText, gradeText, insteadOfScore, localTime, momentOf, painText, sideEffectsText, sinceText } from "./entryText";

export function EntryTip(props: { entry: Entry; performedAt: string | null; zone: string }) {
  const { entry, zone } = props;
  const body = bodyOf(entry);
  const moment = momentOf(entry);
  const local = localTime(moment, zone);
  const more = [sideEffectsText(body), analgesicsText(body, zone), contextText(body)].filter(Boolean);
  return (
    <>
      <p class="tip-head">
        {insteadOfScore(entry) !== null ? (
          <b>{answerText(entry)}</b>
        ) : (
          <>
            <b class="tip-pain">{painText(body)}</b>
            {typeof body.pain === "number" && <span> of 10, {wordsFor(SCALES, body.scale)}</span>}
            {typeof body.axial === "number" && <span>; spine {body.axial}</span>}
          </>
        )}
      </p>
      <p>
        {local.day}, {local.time} {local.elsewhere} · {sinceText(entry, props.performedAt, zone)}
      </p>
      {more.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {entry.grade && (
        <p class="tip-grade">
          {gradeText(entry)}
          {entry.edited && ", edited"}
          {entry.deleted && ", deleted"}
          {entry.flags.includes("imported") && ", from paper"}
        </p>
      )}
    </>
  );
}
