/** Starts the patient app. */
import { render } from "preact";

const host = document.getElementById("app");
if (host) render(<main><h1>Afterblock</h1></main>, host);
