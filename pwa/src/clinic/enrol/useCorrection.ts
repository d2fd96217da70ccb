/** Saving a new version of a record on the version it was made from, and what to do when that one is no longer the newest. */
import { useState } from "preact/hooks";
import type { ApiError } from "../api";
import { asApiError, useAction, useDesk } from "../context";
import { type Draft, draftOf } from "../fields";
import { letGo, useUnsaved } from "../leaving";
import { mergeDrafts } from "../merge";
import { paths } from "../route";
import { correctionBody } from "../serialise";
import type { EpisodeDetail } from "../types";
import type { DraftForm } from "./useDraft";

export interface Correction {
  busy: boolean;
  error: ApiError | null;
  /** The version the form was opened on. */
  base: EpisodeDetail;
  /** The version somebody else saved meanwhile. */
  theirs: EpisodeDetail | null;
  /** A draft that would hide a diary with entries, waiting for a yes. */
  hiding: Draft | null;
  save: () => Promise<void>;
  saveOnTop: () => Promise<void>;
  hideAfterAll: () => Promise<void>;
  keepShown: () => void;
}

/** A done block set back to planned or cancelled is not read any more, however full its diary. */
export function hidesDiary(before: EpisodeDetail, draft: Draft): boolean {
  const read = before.status === "performed" || before.status === "closed";
  return read && (draft.status === "planned" || draft.status === "cancelled") && before.entries > 0;
}

export function useCorrection(episode: EpisodeDetail, form: DraftForm, saved: string): Correction {
  const { api, navigate, announce } = useDesk();
  const { busy, error, run } = useAction();
  const [base, setBase] = useState(episode);
  const [theirs, setTheirs] = useState<EpisodeDetail | null>(null);
  const [hiding, setHiding] = useState<Draft | null>(null);
  const [opened] = useState(() => JSON.stringify(form.draft));
  useUnsaved(JSON.stringify(form.draft) !== opened);

  const send = async (draft: Draft, on: EpisodeDetail): Promise<boolean> => {
    try {
      await api.correct(on.episode_id, correctionBody(draft, on.revision));
      return true;
    } catch (cause) {
      const problem = asApiError(cause);
      if (problem.fields.length) form.showServerProblems(problem);
      if (problem.code !== "conflict") throw problem;
      setTheirs(await api.episode(on.episode_id));
      return false;
    }
  };

  const submit = async (draft: Draft, on: EpisodeDetail) => {
    setTheirs(null);
    setHiding(null);
    if (!(await run(() => send(draft, on)))) return;
    letGo();
    announce(saved);
    navigate(paths.episode(on.episode_id), true);
  };

  const ask = async (on: EpisodeDetail) => {
    const draft = form.check();
    if (!draft) return;
    if (hidesDiary(on, draft)) setHiding(draft);
    else await submit(draft, on);
  };

  const saveOnTop = async () => {
    if (!theirs) return;
    form.set(mergeDrafts(draftOf(base), form.draft, draftOf(theirs)).draft);
    setBase(theirs);
    setTheirs(null);
    await ask(theirs);
  };

  return {
    busy,
    error,
    base,
    theirs,
    hiding,
    save: () => ask(base),
    saveOnTop,
    hideAfterAll: async () => {
      if (hiding) await submit(hiding, base);
    },
    keepShown: () => setHiding(null),
  };
}
