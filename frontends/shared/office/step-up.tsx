/** The dialog that asks for a fresh proof, for whichever step needs one. */
import { Problem } from "@integration-journal/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { Alert, Dialog, Line } from "./basics.js";
import { useAct, wordsFor } from "./hooks.js";
import { office } from "./office.js";
import { askThrough, proveByCode, proveByPasskey } from "./proof.js";

export function StepUpDialog() {
  const { t } = office;
  const [isOpen, setIsOpen] = useState(false);
  const [code, setCode] = useState("");
  const answer = useRef<(isProved: boolean) => void>(() => undefined);
  const { isBusy, message, say, act } = useAct();
  useEffect(() => {
    askThrough(
      () =>
        new Promise((resolve) => {
          answer.current = resolve;
          setCode("");
          say("");
          setIsOpen(true);
        }),
    );
    return () => askThrough(null);
  }, []);
  const end = (isProved: boolean): void => {
    setIsOpen(false);
    answer.current(isProved);
  };
  const prove = (work: () => Promise<void>): Promise<void> =>
    act(async () => {
      try {
        await work();
      } catch (error) {
        if (error instanceof Problem && error.code === "wrong-proof") return say(t.signIn.wrongCode);
        return say(wordsFor(error));
      }
      end(true);
    });
  if (!isOpen) return null;
  return (
    <Dialog title={t.proof.title} onClose={() => end(false)}>
      <p>{t.proof.lead}</p>
      <form onSubmit={(event) => { event.preventDefault(); void prove(() => proveByCode(code)); }}>
        <Line name="proof" label={t.proof.code} value={code} onInput={setCode} inputMode="numeric" autocomplete="one-time-code" isRequired />
        <Alert message={message} />
        <div class="row">
          <button type="submit" class="primary" data-primary disabled={isBusy}>
            {t.proof.go}
          </button>
          {"PublicKeyCredential" in window && (
            <button type="button" disabled={isBusy} onClick={() => void prove(proveByPasskey)}>
              {t.proof.passkey}
            </button>
          )}
          <button type="button" class="quiet" onClick={() => end(false)}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
