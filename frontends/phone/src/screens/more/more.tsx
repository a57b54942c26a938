import { makePasskey, Problem, unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { t } from "../../messages/index.js";
import { SureButton, Title } from "../../parts/basics.js";
import { Language } from "../../parts/language.js";
import { go } from "../../route.js";

interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** Let this phone make a passkey. The API asks for a fresh proof if the sign-in is older than five minutes. */
async function addPasskey(password: string | null): Promise<void> {
  const { client } = journal;
  if (password !== null) await client.auth.stepUp({ password });
  const { data } = await unwrap(client.http.POST("/v1/me/factors/passkeys/options"));
  const credential = await makePasskey(data.public_key as unknown as PublicKeyCredentialCreationOptionsJSON);
  await unwrap(client.http.POST("/v1/me/factors/passkeys", { body: { credential: credential as never } }));
}

function Passkey() {
  const [message, setMessage] = useState("");
  const [needsPassword, setNeedsPassword] = useState(false);
  const [password, setPassword] = useState("");
  const add = async (): Promise<void> => {
    try {
      await addPasskey(needsPassword ? password : null);
      setNeedsPassword(false);
      setMessage(t.more.passkeyAdded);
    } catch (error) {
      if (error instanceof Problem && error.needsStepUp) {
        setNeedsPassword(true);
        setMessage(t.more.passkeyPassword);
      } else setMessage(t.more.passkeyFailed);
    }
  };
  return (
    <section class="card">
      <p class="hint">{t.more.passkeyHint}</p>
      {needsPassword && (
        <div class="field">
          <label for="proof">{t.signIn.password}</label>
          <input id="proof" type="password" autocomplete="current-password" value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
        </div>
      )}
      <button type="button" class="wide" onClick={() => void add()}>
        {t.more.passkey}
      </button>
      <p role="status">{message}</p>
    </section>
  );
}

/** Everything else. */
export function More() {
  const { holder, waiting, home } = useJournal();
  const [install, setInstall] = useState<InstallEvent | null>(null);
  useEffect(() => {
    const offer = (event: Event): void => {
      event.preventDefault();
      setInstall(event as InstallEvent);
    };
    addEventListener("beforeinstallprompt", offer);
    return () => removeEventListener("beforeinstallprompt", offer);
  }, []);
  return (
    <>
      <Title>{t.more.title}</Title>
      {holder?.email && <p class="hint">{t.more.as(holder.email)}</p>}
      <ul class="plain links rooms">
        <li>
          <a class="button wide" href="#/messages">
            {t.more.messages}
            {home !== null && home.unread > 0 && ` (${home.unread})`}
          </a>
        </li>
        {(["summaries", "goals", "threads", "notes", "count", "consents", "telling", "my-copy"] as const).map((room) => (
          <li key={room}>
            <a class="button wide" href={`#/${room}`}>
              {t.more[room]}
            </a>
          </li>
        ))}
        <li>
          <a class="button wide" href="#/waiting">
            {t.more.waiting} ({waiting.length})
          </a>
        </li>
        <li>
          <a class="button wide" href="#/access">
            {t.more.access}
          </a>
        </li>
      </ul>
      <Language />
      {"PublicKeyCredential" in window && <Passkey />}
      <section class="card">
        <h2>{t.more.install}</h2>
        <p class="hint">{t.more.installHint}</p>
        {install !== null && (
          <button type="button" class="wide" onClick={() => void install.prompt()}>
            {t.more.install}
          </button>
        )}
      </section>
      <SureButton label={t.more.signOut} question={t.more.signOutSure(waiting.length)} yes={t.more.signOutYes} onSure={() => { go(); void journal.signOut(); }} kind="wide" />
      <SureButton label={t.more.forget} question={t.more.forgetSure(waiting.length)} yes={t.more.forgetYes} onSure={() => { go(); void journal.forgetDevice(); }} kind="wide quiet" />
      <p class="hint">{t.more.forgetHint}</p>
    </>
  );
}
