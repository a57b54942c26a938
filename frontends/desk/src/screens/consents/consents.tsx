/** What a patient has consented to: what is in force, signed, withdrawn. Paper is recorded here. */
import { readConsents, recordPaper, withdrawConsent, type ConsentDocument, type ConsentsOf } from "../../core/consents.js";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import type { Consent } from "../../core/types.js";
import { en } from "../../messages/en/consents.js";
import { momentOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Alert, SureButton, Words } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });

/** The moment that a field of the browser shows, in its own zone. */
const localNow = (): string => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

function statusOf(last: Consent | undefined, document: ConsentDocument): keyof typeof w.status {
  if (last === undefined) return "none";
  if (last.withdrawn_at !== null) return "withdrawn";
  return last.number < document.valid_from ? "old" : "signed";
}

const signedAs = (one: Consent): string => `${w.signedAs(one.number, w.mode[one.mode] ?? one.mode, momentOf(one.signed_at))} ${one.withdrawn_at ? w.withdrawnAt(momentOf(one.withdrawn_at)) : ""}`;

function Purpose({ document, consents, patientId, reload }: { document: ConsentDocument; consents: Consent[]; patientId: string; reload: () => Promise<void> }) {
  const { me } = useDesk();
  const { message, act } = useAct();
  const own = consents.filter((one) => one.purpose === document.purpose);
  const last = own.find((one) => one.is_last);
  const status = statusOf(last, document);
  const purpose = w.purpose[document.purpose] ?? document.purpose;
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const record = async (language: string, signedOn: string, id: string): Promise<void> => {
    const text = document.texts.find((one) => one.language === language);
    await recordPaper(patientId, { id, document_id: document.id, language, text_sha256: text?.text_sha256 ?? "", signed_at: new Date(signedOn).toISOString() });
    await reload();
  };
  return (
    <section class="card" aria-labelledby={document.id}>
      <div class="heading">
        <h2 id={document.id}>{purpose}</h2>
        <span class={status === "signed" ? "tag" : "tag bad"}>{w.status[status]}</span>
      </div>
      <p class="hint">{w.inForce(document.number)}</p>
      {last && <p>{signedAs(last)}</p>}
      {document.texts.map((text) => (
        <Fold key={text.language} title={`${w.text} (${text.language})`}>
          {() => (
            <div lang={text.language}>
              <h3 dir="auto">{text.title}</h3>
              <Words>{text.text}</Words>
            </div>
          )}
        </Fold>
      ))}
      {own.length > 1 && (
        <details>
          <summary>{w.history(own.length)}</summary>
          <ul class="plain facts">
            {own.map((one) => (
              <li key={one.id}>{signedAs(one)}</li>
            ))}
          </ul>
        </details>
      )}
      {mayWrite && (
        <div class="row steps">
          <Ask label={w.record} title={w.recordOf(purpose)} lead={w.recordLead} send={w.recordGo} fields={[{ name: "language", label: w.language, options: document.texts.map((one) => [one.language, `${one.title} (${one.language})`]) }, { name: "signed", label: w.signedOn, type: "datetime-local", value: localNow() }]} onSend={({ language = "", signed = "" }, id) => record(language, signed, id)} />
          {last && last.withdrawn_at === null && <SureButton label={w.withdraw} title={w.withdrawOf(purpose)} question={w.withdrawSure} yes={w.withdraw} onSure={() => void act(async () => { await withdrawConsent(last); await reload(); })} />}
        </div>
      )}
      <Alert message={message} />
    </section>
  );
}

/** Signatures for purposes that the clinic asks for no more. */
function Others({ consents }: { consents: Consent[] }) {
  return (
    <>
      {consents.map((one) => (
        <p key={one.id} class="hint">
          {w.purpose[one.purpose]}: {signedAs(one)}
        </p>
      ))}
    </>
  );
}

export function Consents({ id }: { id: string }) {
  const loaded = useLoaded<ConsentsOf>(`consents ${id}`, () => readConsents(id), (change) => (change.kind === "consent" && change.patient_id === id) || change.kind === "consent_document");
  return (
    <Room title={w.title} patientId={id} loaded={loaded}>
      {({ documents, consents }) => (
        <>
          {documents.length === 0 && <p class="card empty">{w.notAsked}</p>}
          {documents.map((document) => (
            <Purpose key={document.id} document={document} consents={consents} patientId={id} reload={loaded.reload} />
          ))}
          <Others consents={consents.filter((one) => one.is_last && !documents.some((document) => document.purpose === one.purpose))} />
        </>
      )}
    </Room>
  );
}

