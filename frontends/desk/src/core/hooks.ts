/** What screens use of the desk. */
import { NoAnswer, Problem, type Change } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../messages/index.js";
import { desk, type State } from "./desk.js";

/** The desk's state; the screen is drawn anew when it changes. */
export function useDesk(): State {
  const [state, setState] = useState(desk.state);
  useEffect(() => {
    setState(desk.state);
    return desk.subscribe(() => setState(desk.state));
  }, []);
  return state;
}

export interface Loaded<T> {
  value: T | null;
  /** Why it cannot be shown; empty if it can. */
  message: string;
  reload: () => Promise<void>;
  set: (value: T) => void;
}

/** Read something of the API: at once, after each sign-in, and when `isNews` says that a change is about it. */
export function useLoaded<T>(name: string, read: () => Promise<T>, isNews: (change: Change) => boolean = () => false): Loaded<T> {
  const [value, setValue] = useState<T | null>(null);
  const [message, setMessage] = useState("");
  const { phase } = useDesk();
  const latest = useRef({ name, read, isNews });
  latest.current = { name, read, isNews };
  const reload = async (): Promise<void> => {
    const asked = latest.current.name;
    try {
      const found = await desk.ask(latest.current.read);
      if (latest.current.name !== asked) return;
      setValue(found);
      setMessage("");
    } catch (error) {
      if (latest.current.name === asked) setMessage(wordsFor(error));
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
      desk.live.watch((changes) => {
        if (changes.some((change) => latest.current.isNews(change))) void reload();
      }),
    [],
  );
  return { value, message, reload, set: setValue };
}

/** Return what to tell a person about what went wrong. */
export function wordsFor(error: unknown): string {
  if (error instanceof NoAnswer) return t.problem.noAnswer;
  if (!(error instanceof Problem)) return t.problem.stopped;
  if (error.isSignInEnded) return t.problem.ended;
  if (error.isStale) return t.problem.stale;
  if (error.status === 404) return t.problem.notFound;
  if (error.code === "second-factor-required") return t.problem.needsFactor;
  return [error.body.detail || t.problem.other, ...error.body.errors.map((one) => `${one.field.replace("body.", "")}: ${one.message}`)].join(" ");
}

/** Do something once at a time, and say what went wrong. */
export function useAct(): { isBusy: boolean; message: string; say: (message: string) => void; act: (work: () => Promise<void>) => Promise<void> } {
  const [isBusy, setIsBusy] = useState(false);
  const [message, setMessage] = useState("");
  const act = async (work: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    setMessage("");
    try {
      await desk.ask(work);
    } catch (error) {
      setMessage(wordsFor(error));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, message, say: setMessage, act };
}
