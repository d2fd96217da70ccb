/** The screens there are with a diary and without one: help with symptoms, and connecting. */
import { usePart } from "../context.ts";
import type { Model } from "../model.ts";
import type { Route } from "../router.ts";
import { Waiting } from "./Waiting.tsx";

export function CheckScreen({ route, model }: { route: Route; model: Model | null }) {
  const { part, failed } = usePart("help");
  const { symptom, recheck } = route.state;
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  return <part.Check model={model} symptom={typeof symptom === "string" ? symptom : null} recheck={recheck === true} />;
}

interface Joining {
  route: Route;
  model: Model | null;
  token: string | null;
  /** Signed out, and the clinic does not know it yet. */
  leaving: boolean;
}

export function JoinScreen({ route, model, token, leaving }: Joining) {
  const { part, failed } = usePart("join");
  if (!part) return <Waiting model={model} path={route.path} failed={failed} />;
  if (token !== null && (route.path.startsWith("/enrol") || !model)) return <part.Enrol model={model} token={token} />;
  return <part.Welcome signedOut={route.state["signedOut"] === true} leaving={leaving} />;
}
