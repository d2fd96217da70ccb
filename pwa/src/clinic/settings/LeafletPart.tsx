/** The clinic's own words to patients after the block, one text a language. */
import { useState } from "preact/hooks";
import { TextArea } from "../parts/TextArea";
import { LANGUAGES, wordsFor } from "../words";
import { PartFrame } from "./PartFrame";
import type { Leaflet, Part } from "./types";
import { usePart } from "./usePart";

export function Leaflets({ parts }: { parts: Part<unknown>[] }) {
  const [language, setLanguage] = useState("en");
  return (
    <div class="leaflets">
      <div class="filters" role="group" aria-label="Language of the leaflet">
        {parts.map((part) => {
          const code = part.part.replace("leaflet-", "");
          return (
            <button key={code} type="button" aria-pressed={language === code} onClick={() => setLanguage(code)}>
              {wordsFor(LANGUAGES, code)}
            </button>
          );
        })}
      </div>
      {parts.map((part) => (
        // Kept alive while another language is shown: what was typed must survive.
        <div key={part.part} hidden={part.part !== `leaflet-${language}`}>
          <LeafletPart part={part} language={part.part.replace("leaflet-", "")} />
        </div>
      ))}
    </div>
  );
}

function LeafletPart({ part, language }: { part: Part<unknown>; language: string }) {
  const editor = usePart<Leaflet>(part, `/settings/leaflets/${language}`);
  return (
    <PartFrame
      part={part.part}
      title={`Leaflet, ${wordsFor(LANGUAGES, language)}`}
      note="What your clinic wants patients to read after the block: whom to call, what to rest, when to come back. Promise no effect and name no drug; the first hours are still being measured. A new version has to be accepted by a physician under Patient texts; until then phones keep the last accepted one. An empty text takes the leaflet off all phones."
      editor={editor}
      show={({ text }) => text || "(empty)"}
    >
      <TextArea
        name={`leaflet-${language}`}
        label="Text"
        rows={8}
        maxLength={8000}
        lang={language}
        value={editor.value.text}
        onValue={(text) => editor.set({ text })}
      />
    </PartFrame>
  );
}
