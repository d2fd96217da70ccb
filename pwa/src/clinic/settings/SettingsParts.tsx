/** Everything a clinic can choose beside its name and numbers. */
import { useDesk, useResource } from "../context";
import { Failure, Waiting } from "../parts/notices";
import { ChannelsPart } from "./ChannelsPart";
import { ContactsPart } from "./ContactsPart";
import { HoursPart } from "./HoursPart";
import { Leaflets } from "./LeafletPart";
import { Messages } from "./Messages";
import type { Part } from "./types";

export function SettingsParts() {
  const { api } = useDesk();
  const parts = useResource<Part<unknown>[]>("parts", (signal) => api.settingsParts(signal));
  const messages = useResource("messages", (signal) => api.staffMessages(signal));
  if (!parts.data) return parts.error ? <Failure error={parts.error} onRetry={parts.reload} /> : <Waiting label="Loading…" />;
  const part = (name: string) => parts.data?.find((one) => one.part === name);
  const [hours, contacts, channels] = [part("hours"), part("contacts"), part("channels")];
  return (
    <>
      {contacts && <ContactsPart part={contacts} onTested={messages.reload} />}
      <Messages list={messages} />
      {hours && <HoursPart part={hours} />}
      {channels && <ChannelsPart part={channels} />}
      <Leaflets parts={parts.data.filter((one) => one.part.startsWith("leaflet-"))} />
    </>
  );
}
