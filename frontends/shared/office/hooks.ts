/** What screens of an app for staff use. */
import { NoAnswer, Problem, type Change } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { office, type Office, type OfficeState } from "./office.js";

/** The app's state; the screen is drawn anew when it changes. */
export function useOffice<S extends OfficeState>(app: Office<S>): S {
  const [state, setState] = useState(app.state);
  useEffect(() => {
    setState(app.state);
    return app.subscribe(() => setState(app.state));
  }, []);
  return state;
}

export interface Loaded<T> {
  value: T | null;
  /** Why it cannot be shown; empty if it can. */
  message: string;
  reload: () => Promise<void>;
  /** Put something in its place: a value, or what makes it of the present one. */
  set: (value: T | ((present: T) => T)) => void;
}

/** What reads each thing again that is shown now. */
const shownNow = new Set<() => Promise<void>>();
/** Read each thing again that is shown now. */
export const readShown = async (): Promise<void> => void (await Promise.all([...shownNow].map((read) => read())));

/**
 * Read something of the API: at once, after each sign-in, and when `isNews` says that a change is about it. What had no
 * answer is read when the API is reached again.
 */
export function useLoaded<T>(name: string, read: () => Promise<T>, isNews: (change: Change) => boolean = () => false): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [message, setMessage] = useState("");
  const { phase } = useOffice(office);
  const isUnanswered = useRef(false);
  const latest = useRef({ name, read, isNews });
  latest.current = { name, read, isNews };
  const newest = useRef(Promise.resolve());
  const turn = useRef(0);
  /** Read it again. It ends when the newest reading has: what began later is what is shown. */
  const reload = async (): Promise<void> => {
    newest.current = readAnew();
    for (let waited: Promise<void> | null = null; waited !== newest.current; ) await (waited = newest.current);
  };
  const readAnew = async (): Promise<void> => {
    const asked = latest.current.name;
    const mine = (turn.current += 1);
    const isLatest = (): boolean => latest.current.name === asked && turn.current === mine;
    try {
      const found = await office.ask(latest.current.read);
      if (!isLatest()) return;
      isUnanswered.current = false;
      setValue(found);
      setMessage("");
    } catch (error) {
      if (!isLatest()) return;
      isUnanswered.current = error instanceof NoAnswer;
      setMessage(wordsFor(error));
    }
  };
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const isOther = shown.current !== name;
    if (isOther) {
      setValue(null);
      setMessage("");
    }
    if (phase !== "here" || (!isOther && value !== null)) return;
    shown.current = name;
    void reload();
  }, [name, phase]);
  useEffect(
    () =>
      office.subscribe(() => {
        // The feed tells of a change once: a reading that had no answer would miss it.
        if (!office.state.isReached || !isUnanswered.current) return;
        isUnanswered.current = false;
        void reload();
      }),
    [],
  );
  useEffect(
    () =>
      office.watch((changes) => {
        if (changes.some((change) => latest.current.isNews(change))) void reload();
      }),
    [],
  );
  useEffect(() => {
    shownNow.add(reload);
    return () => void shownNow.delete(reload);
  }, []);
  const set: Loaded<T>["set"] = (next) =>
    setValue((present) => (typeof next !== "function" ? next : present === null ? null : (next as (present: T) => T)(present)));
  return { value, message, reload, set };
}

/** What was asked for cannot be done here; the message says why, to the person. */
export class NotSent extends Error {}

/** Return what to tell a person about what went wrong. */
export function wordsFor(error: unknown): string {
  const { t } = office;
  if (error instanceof NoAnswer) return t.problem.noAnswer;
  if (error instanceof NotSent) return error.message;
  if (!(error instanceof Problem)) return t.problem.stopped;
  if (error.isSignInEnded) return t.problem.ended;
  if (error.isStale) return t.problem.stale;
  if (error.status === 404) return t.problem.notFound;
  if (error.code === "second-factor-required") return t.problem.needsFactor;
  const refused = error.body.errors.map(({ field, message }) => `${field.replace("body.", "").replace(/_id$/, "").replaceAll("_", " ")}: ${message}.`);
  return refused.join(" ") || error.body.detail || t.problem.other;
}

/** Do something once at a time, and say what went wrong. What somebody else changed meanwhile is read again first; `onStale` follows that. */
export function useAct(onStale?: () => void): { isBusy: boolean; message: string; say: (message: string) => void; act: (work: () => Promise<void>) => Promise<void> } {
  const [isBusy, setIsBusy] = useState(false);
  const [message, setMessage] = useState("");
  const act = async (work: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    setMessage("");
    try {
      await office.ask(work);
    } catch (error) {
      if (error instanceof Problem && error.isStale) {
        await readShown();
        onStale?.();
      }
      setMessage(wordsFor(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, message, say: setMessage, act };
}
