/** A fresh proof of who it is. It is asked for only if the API wants one, and what was meant goes on after it. */
import { NoAnswer, Problem, unwrap, usePasskey } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { journal } from "../journal/journal.js";
import { t } from "../messages/index.js";
import { l } from "../messages/later.js";

const w = l.proof;
type Work = () => Promise<void>;

/** What went wrong, in words for anything that needs a connection. */
export function wordsOf(error: unknown, own: Record<string, string> = {}): string {
  if (error instanceof NoAnswer) return t.problem.noAnswer;
  if (error instanceof Problem) return own[error.code] ?? t.problem.other;
  throw error;
}

/** `run` does something that may need a proof; `form` asks for it meanwhile. What fails otherwise goes to `onError`. */
export function useProof(onError: (error: unknown) => void) {
  const [held, setHeld] = useState<{ work: Work } | null>(null);
  const run = async (work: Work): Promise<void> => {
    try {
      await work();
      setHeld(null);
    } catch (error) {
      if (error instanceof Problem && error.needsStepUp) return setHeld({ work });
      setHeld(null);
      onError(error);
    }
  };
  return { run, form: held && <Proof onProved={() => run(held.work)} onCancel={() => setHeld(null)} /> };
}

function Proof({ onProved, onCancel }: { onProved: Work; onCancel: () => void }) {
  const [kinds, setKinds] = useState<string[] | null>(null);
  const [given, setGiven] = useState("");
  const [message, setMessage] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    void journal.reader.reached(async () => {
      const { data } = await unwrap(journal.client.http.GET("/v1/me/factors"));
      setKinds(data.items.filter((one) => one.is_confirmed).map((one) => one.kind));
    });
  }, []);
  const prove = async (proof: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    setMessage("");
    try {
      await proof();
    } catch (error) {
      setIsBusy(false);
      return setMessage(error instanceof NoAnswer ? t.problem.noAnswer : !(error instanceof Problem) ? w.stopped : error.status === 429 ? w.tooMany : w.wrong);
    }
    await onProved();
  };
  const isCode = kinds?.includes("totp") ?? false;
  const isField = isCode || kinds?.length === 0;
  const { auth } = journal.client;
  return (
    <form
      class="card"
      aria-labelledby="proof-title"
      onSubmit={(event) => {
        event.preventDefault();
        void prove(() => auth.stepUp(isCode ? { totp_code: given.trim() } : { password: given }));
      }}
    >
      <h2 id="proof-title" ref={heading} tabIndex={-1}>
        {w.title}
      </h2>
      {kinds === null && <p class="hint">{t.loading}</p>}
      {kinds?.includes("passkey") && (
        <button type="button" class="wide" disabled={isBusy} onClick={() => void prove(async () => auth.stepUp({ credential: await usePasskey(await auth.passkeyOptions()) }))}>
          {w.passkey}
        </button>
      )}
      {isField && (
        <>
          <div class="field">
            <label for="proof-given">{isCode ? w.code : w.password}</label>
            <input
              id="proof-given"
              required
              value={given}
              {...(isCode ? { inputMode: "numeric" as const, autocomplete: "one-time-code" as const } : { type: "password", autocomplete: "current-password" as const })}
              onInput={(event) => setGiven(event.currentTarget.value)}
            />
          </div>
          <button type="submit" class="primary wide" disabled={isBusy}>
            {w.go}
          </button>
        </>
      )}
      <p role="alert" class="message">
        {message}
      </p>
      <button type="button" class="quiet" onClick={onCancel}>
        {t.cancel}
      </button>
    </form>
  );
}
