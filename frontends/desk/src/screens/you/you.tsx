/** Who works here: roles, second factors, the keyboard, the end of the sign-in. */
import { makePasskey, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import { en } from "../../messages/en/you.js";
import { dayOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Alert, Line, Pending, SureButton, Title } from "../../parts/basics.js";
import { KeyList } from "../../parts/key-list.js";

const w = spoken({ en });

const { http } = desk.client;

function AddApp({ onAdded }: { onAdded: () => Promise<void> }) {
  const [begun, setBegun] = useState<{ id: string; secret: string; uri: string } | null>(null);
  const [code, setCode] = useState("");
  const { isBusy, message, act } = useAct();
  const begin = (): Promise<void> => act(async () => setBegun((await withProof(() => unwrap(http.POST("/v1/me/factors/totp", { body: {} })))).data));
  const confirm = (): Promise<void> =>
    act(async () => {
      if (begun === null) return;
      await unwrap(http.POST("/v1/me/factors/totp/{factor_id}/confirm", { params: { path: { factor_id: begun.id } }, body: { totp_code: code } }));
      await desk.client.auth.refresh();
      setBegun(null);
      await onAdded();
    });
  if (begun === null) {
    return (
      <>
        <button type="button" disabled={isBusy} onClick={() => void begin()}>
          {w.addApp}
        </button>
        <Alert message={message} />
      </>
    );
  }
  return (
    <form onSubmit={(event) => { event.preventDefault(); void confirm(); }}>
      <p>{w.secret}</p>
      <p>
        <code>{begun.secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </p>
      <p>
        <a href={begun.uri}>{w.openApp}</a>
      </p>
      <Line name="first-code" label={w.firstCode} value={code} onInput={setCode} inputMode="numeric" autocomplete="one-time-code" isRequired />
      <Alert message={message} />
      <button type="submit" class="primary" data-primary disabled={isBusy}>
        {w.confirm}
      </button>
    </form>
  );
}

function AddPasskey({ onAdded }: { onAdded: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  const add = (): Promise<void> =>
    act(async () => {
      const { data } = await withProof(() => unwrap(http.POST("/v1/me/factors/passkeys/options", {})));
      const credential = await makePasskey(data.public_key as unknown as PublicKeyCredentialCreationOptionsJSON);
      await unwrap(http.POST("/v1/me/factors/passkeys", { body: { credential: credential as never } }));
      await desk.client.auth.refresh();
      await onAdded();
    });
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => void add()}>
        {w.addPasskey}
      </button>
      <Alert message={message} />
    </>
  );
}

export function You() {
  const { me, drafts } = useDesk();
  const factors = useLoaded("factors", async () => (await unwrap(http.GET("/v1/me/factors"))).data);
  const added = async (): Promise<void> => {
    await factors.reload();
    await desk.readTasks();
  };
  const count = new Set(drafts.map((draft) => draft.thing)).size;
  return (
    <div class="narrow">
      <Title label={w.title}>{me?.name ?? w.title}</Title>
      <p class="hint">{[me?.credential, ...(me?.roles ?? []).map(plain)].filter(Boolean).join(" · ")}</p>
      <section class="card">
        <h2>{w.factors}</h2>
        {factors.value === null && <Pending loaded={factors} />}
        {factors.value?.items.length === 0 && <p>{w.none}</p>}
        <ul class="plain facts">
          {(factors.value?.items ?? []).map((factor) => (
            <li key={factor.id}>
              <span>{factor.label ?? w.kinds[factor.kind]}</span>
              <span class="hint">
                {w.kinds[factor.kind]}, {factor.is_confirmed ? dayOf(factor.created_at) : w.unconfirmed}
              </span>
            </li>
          ))}
        </ul>
        <div class="row">
          <AddApp onAdded={added} />
          {"PublicKeyCredential" in window && <AddPasskey onAdded={added} />}
        </div>
      </section>
      <section class="card">
        <h2>{t.keys.title}</h2>
        <KeyList />
      </section>
      <div class="row">
        {count > 0 ? (
          <SureButton label={w.signOut} question={w.signOutDrafts(count)} yes={w.signOut} onSure={() => void desk.signOut()} />
        ) : (
          <button type="button" onClick={() => void desk.signOut()}>
            {w.signOut}
          </button>
        )}
        <SureButton label={w.forget} question={w.forgetSure(count)} yes={w.forgetYes} onSure={() => void desk.forgetDevice()} />
      </div>
      <p class="hint">{w.forgetHint}</p>
    </div>
  );
}
