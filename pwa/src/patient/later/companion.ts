/** The part that keeps the patient company between check-ins. */
export { Companion } from "../parts/Companion.tsx";
