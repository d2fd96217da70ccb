/** The part of the form that opens on "More" or for a painkiller of another name. */
export { Further, Painkiller } from "../parts/Further.tsx";
