/** How patients are reminded, and in which order the ways are tried. */
import { CheckField } from "../parts/inputs";
import { CHANNELS, wordsFor } from "../words";
import { PartFrame } from "./PartFrame";
import { channelsText } from "./partText";
import type { Channels, Part } from "./types";
import { usePart } from "./usePart";

export function ChannelsPart({ part }: { part: Part<unknown> }) {
  const editor = usePart<Channels>(part, "/settings/channels");
  const { order } = editor.value;
  const shown = [...order, ...Object.keys(CHANNELS).filter((channel) => !order.includes(channel))];
  const move = (channel: string) => {
    const at = order.indexOf(channel);
    const next = [...order];
    next.splice(at - 1, 0, ...next.splice(at, 1));
    editor.set({ order: next });
  };
  return (
    <PartFrame
      part="channels"
      title="Reminders to patients"
      note="Each reminder goes out over the first of these that the patient has chosen; when the phone does not confirm a push or a message cannot be delivered, the next one follows. A way that is not ticked is not used and not offered. A calendar that a phone subscribes to is always offered. Text messages need a gateway on this server."
      editor={editor}
      show={channelsText}
    >
      <ol class="channel-list">
        {shown.map((channel) => {
          const on = order.includes(channel);
          return (
            <li key={channel}>
              <CheckField
                name={`channel-${channel}`}
                label={wordsFor(CHANNELS, channel)}
                checked={on}
                onValue={(use) => editor.set({ order: use ? [...order, channel] : order.filter((one) => one !== channel) })}
              />
              {on && order.indexOf(channel) > 0 && (
                <button type="button" class="quiet" onClick={() => move(channel)}>
                  Earlier<span class="unseen">: {wordsFor(CHANNELS, channel)}</span>
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </PartFrame>
  );
}
