/** The part about this phone. */
export { Place } from "../parts/InstallGuide.tsx";
export { Notes } from "../parts/Notes.tsx";
export { exportUnsent } from "../exporting.ts";
export { rescueUnsent } from "../rescue.ts";
export { Leaflet } from "../screens/Leaflet.tsx";
export { Phone } from "../screens/Phone.tsx";
