/** The part that shows and changes the diary so far. */
export { Edit, Fill } from "../screens/Change.tsx";
export { History } from "../screens/History.tsx";
