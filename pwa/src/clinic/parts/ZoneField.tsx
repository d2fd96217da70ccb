/** A time zone by name, with the browser's list as suggestions. */
import { type FieldProps, idOf, TextField, type Width } from "./inputs";

const ZONES: string[] = Intl.supportedValuesOf("timeZone");

export function ZoneField(props: FieldProps & { value: string; onValue: (value: string) => void; width?: Width }) {
  const list = `${idOf(props.name)}-zones`;
  return (
    <>
      <TextField {...props} suggestions={list} spellcheck={false} />
      <datalist id={list}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
