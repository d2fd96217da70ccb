/** One's own password, from the bar on top. */
import { useState } from "preact/hooks";
import { useDesk } from "../context";
import { OwnPassword } from "./OwnPassword";

export function PasswordScreen() {
  const { api, announce } = useDesk();
  const [saved, setSaved] = useState(0);
  return (
    <>
      <div class="screen-head">
        <h1 tabIndex={-1}>Your password</h1>
      </div>
      <div class="card form-section settings">
        <p class="section-note">Everywhere else you are signed out when you change it.</p>
        <OwnPassword
          key={saved}
          api={api}
          first={false}
          onDone={() => {
            setSaved(saved + 1);
            announce("Password saved.");
          }}
        />
        {saved > 0 && <p class="saved">Saved. Your other sessions have ended.</p>}
      </div>
    </>
  );
}
