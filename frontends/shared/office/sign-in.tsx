/** Signing in: a passkey, or a password and a code; and choosing a password. */
import { NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { Alert, Line, Title } from "./basics.js";
import { useOffice } from "./hooks.js";
import { office } from "./office.js";

function wordsFor(error: unknown): string {
  const { t } = office;
  if (error instanceof NoAnswer) return t.problem.noAnswer;
  if (!(error instanceof Problem)) return t.signIn.passkeyStopped;
  if (error.code === "second-factor-needed") return t.signIn.codeNeeded;
  if (error.code === "second-factor-wrong" || error.code === "not-a-code") return t.signIn.wrongCode;
  if (error.status === 429) return t.signIn.tooMany;
  return error.status === 401 ? t.signIn.wrong : error.body.detail || t.problem.other;
}

/** The fields of a sign-in: a passkey, or a password and a code. */
export function SignInForm({ onDone }: { onDone: () => void }) {
  const { t } = office;
  const { holder } = useOffice(office);
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
      onDone();
    } catch (error) {
      if (error instanceof Problem && error.code === "second-factor-needed") {
        setNeedsCode(true);
        requestAnimationFrame(() => document.getElementById("field-code")?.focus());
      }
      setMessage(wordsFor(error));
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void attempt(() => office.signIn(email.trim(), password, needsCode ? code : null)); }}>
      <Line name="email" type="email" label={t.signIn.email} value={email} onInput={setEmail} autocomplete="username" isRequired />
      <Line name="password" type="password" label={t.signIn.password} value={password} onInput={setPassword} autocomplete="current-password" isRequired />
      {needsCode && <Line name="code" label={t.signIn.code} value={code} onInput={setCode} inputMode="numeric" autocomplete="one-time-code" isRequired />}
      <Alert message={message} />
      <div class="row">
        <button type="submit" class="primary" data-primary disabled={isBusy}>
          {t.signIn.go}
        </button>
        {"PublicKeyCredential" in window && (
          <button type="button" disabled={isBusy} onClick={() => void attempt(() => office.signInWithPasskey())}>
            {t.signIn.passkey}
          </button>
        )}
      </div>
    </form>
  );
}

/** Choose a password with the code that the clinic gave. */
function Invited({ onDone }: { onDone: () => void }) {
  const { t } = office;
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [message, setMessage] = useState("");
  const keep = async (): Promise<void> => {
    try {
      await unwrap(office.client.http.POST("/v1/invitations/accept", { body: { code: code.trim(), password } }));
      onDone();
    } catch (error) {
      setMessage(wordsFor(error));
    }
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void keep(); }}>
      <Line name="invitation" label={t.signIn.inviteCode} value={code} onInput={setCode} isRequired />
      <Line name="new-password" type="password" label={t.signIn.newPassword} value={password} onInput={setPassword} autocomplete="new-password" isRequired />
      <Alert message={message} />
      <button type="submit" class="primary" data-primary>
        {t.signIn.keepPassword}
      </button>
    </form>
  );
}

export function SignIn() {
  const { t } = office;
  const [isInvited, setIsInvited] = useState(false);
  const [isKept, setIsKept] = useState(false);
  return (
    <div class="narrow">
      <Title label={t.signIn.title}>{t.signIn.title}</Title>
      <p class="hint">{t.signIn.lead}</p>
      {isKept && <p role="status">{t.signIn.kept}</p>}
      <div class="card">
        {isInvited ? <Invited onDone={() => { setIsKept(true); setIsInvited(false); }} /> : <SignInForm onDone={() => undefined} />}
      </div>
      <button type="button" class="link" onClick={() => setIsInvited(!isInvited)}>
        {isInvited ? t.signIn.title : t.signIn.invited}
      </button>
    </div>
  );
}
