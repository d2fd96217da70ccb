/** The part about this phone. */
export { Enrol } from "../screens/Enrol.tsx";
export { Phone } from "../screens/Phone.tsx";
export { Welcome } from "../screens/Welcome.tsx";
