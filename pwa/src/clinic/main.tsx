/** Starts the clinic app. */
import "../ui/tokens.css";
import "./styles/frame.css";
import "./styles/controls.css";
import "./styles/worklist.css";
import "./styles/form.css";
import "./styles/episode.css";
import "./styles/figures.css";
import "./styles/sign.css";
import "./styles/inbox.css";
import "./styles/phone.css";
import "./styles/alerts.css";
import "./styles/settings.css";
import "./styles/cohort.css";
import "./styles/passport.css";
import "./styles/recovery.css";
import "./styles/admin.css";
import "./styles/sheet.css";
import "./styles/imports.css";
import { render } from "preact";
import { ClinicApi } from "./api";
import { App } from "./App";
import { watchAttention } from "./attention";

watchAttention(window);
const host = document.getElementById("app");
if (host) render(<App api={new ClinicApi()} />, host);
