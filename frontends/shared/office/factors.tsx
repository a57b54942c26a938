/** Second factors of who works here, and the end of the sign-in. */
import { makePasskey, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { Alert, Line, Pending, SureButton } from "./basics.js";
import { factorsEn } from "./factors-en.js";
import { useAct, useLoaded } from "./hooks.js";
import { dayOf, spoken } from "./messages.js";
import { office } from "./office.js";
import { withProof } from "./proof.js";

const w = spoken({ en: factorsEn });

function AddApp({ onAdded }: { onAdded: () => Promise<void> }) {
  const [begun, setBegun] = useState<{ id: string; secret: string; uri: string } | null>(null);
  const [code, setCode] = useState("");
  const { isBusy, message, act } = useAct();
  const begin = (): Promise<void> => act(async () => setBegun((await withProof(() => unwrap(office.client.http.POST("/v1/me/factors/totp", { body: {} })))).data));
  const confirm = (): Promise<void> =>
    act(async () => {
      if (begun === null) return;
      await unwrap(office.client.http.POST("/v1/me/factors/totp/{factor_id}/confirm", { params: { path: { factor_id: begun.id } }, body: { totp_code: code } }));
      await office.client.auth.refresh();
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
      const { data } = await withProof(() => unwrap(office.client.http.POST("/v1/me/factors/passkeys/options", {})));
      const credential = await makePasskey(data.public_key as unknown as PublicKeyCredentialCreationOptionsJSON);
      await unwrap(office.client.http.POST("/v1/me/factors/passkeys", { body: { credential: credential as never } }));
      await office.client.auth.refresh();
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

/** The factors of the account, and how to add one. */
export function Factors() {
  const factors = useLoaded("factors", async () => (await unwrap(office.client.http.GET("/v1/me/factors"))).data);
  const added = async (): Promise<void> => {
    await factors.reload();
    await office.again();
  };
  return (
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
  );
}

/** The end of the sign-in. `unsent` is what stays here when it ends, `forgetSure` what is lost with the computer's memory. */
export function Leaving({ unsent, forgetSure }: { unsent: string; forgetSure: string }) {
  return (
    <>
      <div class="row">
        {unsent ? (
          <SureButton label={w.signOut} question={unsent} yes={w.signOut} onSure={() => void office.signOut()} />
        ) : (
          <button type="button" onClick={() => void office.signOut()}>
            {w.signOut}
          </button>
        )}
        <SureButton label={w.forget} question={forgetSure} yes={w.forgetYes} onSure={() => void office.forgetDevice()} />
      </div>
      <p class="hint">{w.forgetHint}</p>
    </>
  );
}
