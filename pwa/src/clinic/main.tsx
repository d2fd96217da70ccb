/** Starts the clinic app. */
import { render } from "preact";

const host = document.getElementById("app");
if (host) render(<main><h1>Afterblock clinic</h1></main>, host);
