/** Taps that a session left unsaved, held in memory for whoever signs in over it; written nowhere. */
import { useEffect, useRef } from "preact/hooks";
import { may } from "../context";
import type { Session } from "../types";
import type { Tap } from "./taps";

export interface HeldTap {
  tap: Tap;
  patient: string;
  /** When it was tapped, on the clinic's clock. */
  at: string;
}

export interface HandOver {
  /** Who tapped. */
  by: string;
  clinicId: string;
  taps: readonly HeldTap[];
}

let unsaved: () => readonly HeldTap[] = () => [];

/** Says what would be lost if somebody else signed in now. */
export function useHandOver(taps: readonly HeldTap[]): void {
  const latest = useRef(taps);
  latest.current = taps;
  useEffect(() => {
    const mine = () => latest.current;
    unsaved = mine;
    return () => {
      if (unsaved === mine) unsaved = () => [];
    };
  }, []);
}

/** What the screen of `before` holds, to be asked before it makes room for the next person. */
export function leftBy(before: Session | null): HandOver | null {
  const taps = unsaved();
  if (!before || !taps.length) return null;
  return { by: before.clinician.name, clinicId: before.clinician.clinic_id, taps };
}

/** Only who can enter held taps may also let them go. */
export function mayEnter(session: Session, left: HandOver): boolean {
  return left.clinicId === session.clinician.clinic_id && may(session.clinician.role, "recover");
}
