import { NoAnswer, Problem } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { Language } from "../../parts/language.js";
import { go } from "../../route.js";

/** Whether a code of an app is one of the factors that the account has. */
const asksForCode = ({ body }: Problem): boolean => (body["factors"] as string[] | undefined)?.includes("totp") ?? true;

function wordsFor(error: unknown): string {
  if (error instanceof NoAnswer) return t.signIn.noAnswer;
  if (!(error instanceof Problem)) return t.signIn.passkeyStopped;
  if (error.code === "second-factor-needed") return asksForCode(error) ? t.signIn.codeNeeded : t.signIn.passkeyNeeded;
  if (error.code === "second-factor-wrong" || error.code === "not-a-code") return t.signIn.wrongCode;
  if (error.status === 429) return t.signIn.tooMany;
  return error.status === 401 || error.status === 422 ? t.signIn.wrong : t.problem.other;
}

/** Sign in with a password, and a code if the account has one, or with a passkey. */
export function SignIn() {
  const { holder, phase, waiting } = useJournal();
  const [email, setEmail] = useState(holder?.email ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [needsCode, setNeedsCode] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [message, setMessage] = useState("");

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setIsBusy(true);
    setMessage("");
    try {
      await work();
      if (location.hash.startsWith("#/sign-in")) go();
    } catch (error) {
      if (error instanceof Problem && error.code === "second-factor-needed") setNeedsCode(asksForCode(error));
      setMessage(wordsFor(error));
    } finally {
      setIsBusy(false);
    }
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    void attempt(() => journal.signIn(email.trim(), password, needsCode ? code : null));
  };

  return (
    <>
      <Title>{t.signIn.title}</Title>
      <p>{t.signIn.lead}</p>
      {phase === "ended" && waiting.length > 0 && <p class="card">{t.signIn.unsent}</p>}
      {"PublicKeyCredential" in window && (
        <button type="button" class="wide" disabled={isBusy} onClick={() => void attempt(() => journal.signInWithPasskey())}>
          {t.signIn.passkey}
        </button>
      )}
      <form onSubmit={submit}>
        <div class="field">
          <label for="email">{t.signIn.email}</label>
          <input id="email" type="email" dir="ltr" autocomplete="username" required value={email} onInput={(event) => setEmail(event.currentTarget.value)} />
        </div>
        <div class="field">
          <label for="password">{t.signIn.password}</label>
          <input id="password" type="password" autocomplete="current-password" required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
        </div>
        {needsCode && (
          <div class="field">
            <label for="code">{t.signIn.code}</label>
            <input id="code" inputMode="numeric" autocomplete="one-time-code" required value={code} onInput={(event) => setCode(event.currentTarget.value)} />
          </div>
        )}
        <p role="alert" class="message">
          {message}
        </p>
        <button type="submit" class="primary wide" disabled={isBusy}>
          {t.signIn.go}
        </button>
      </form>
      <p>
        <a href="#/code">{t.signIn.haveCode}</a>
      </p>
      <p>
        <a href="#/observer">{t.signIn.observer}</a>
      </p>
      <Language />
    </>
  );
}
