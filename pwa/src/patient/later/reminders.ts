/** The part about reminders. */
export { keepCheckingIn } from "../pushing.ts";
export { Reminders } from "../screens/Reminders.tsx";
export { Snooze } from "../parts/Snooze.tsx";
