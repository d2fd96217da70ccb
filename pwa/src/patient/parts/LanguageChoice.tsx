/** The languages, each by its own name, so that it is found by somebody who reads no other. */
import { useState } from "preact/hooks";
import { t } from "../../i18n/index.ts";
import { LANGUAGES, TRAITS, type Language } from "../../i18n/languages.ts";
import { useServices } from "../context.ts";

export function LanguageChoice() {
  const { language, setLanguage } = useServices();
  const [failed, setFailed] = useState(false);
  const choose = (next: Language) => void setLanguage(next).then(() => setFailed(false), () => setFailed(true));
  return (
    <fieldset class="choice languages">
      <legend>{t.language.title}</legend>
      <div class="chips">
        {LANGUAGES.map((one) => (
          <label key={one} class="chip radio" lang={one} dir={TRAITS[one].dir}>
            <input type="radio" name="language" checked={one === language} onChange={() => choose(one)} />
            <span>{TRAITS[one].name}</span>
          </label>
        ))}
      </div>
      {failed && <p class="error" role="alert">{t.language.failed}</p>}
    </fieldset>
  );
}
