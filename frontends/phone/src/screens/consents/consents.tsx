/** What the clinic asks the person to agree to: to read, to sign, and to take back. */
import { newId, Problem, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { heldUntil } from "../../journal/entries.js";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useKept } from "../../journal/online.js";
import type { Consent, ConsentDocument } from "../../journal/types.js";
import { dayOf, momentOf, t } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { r } from "../../messages/rooms.js";
import { NeedsYou, SureButton, Title, Words } from "../../parts/basics.js";
import { useProof, wordsOf } from "../../parts/proof.js";
import { StatementText } from "../../parts/statement.js";

const w = l.consent;

interface Found {
  documents: ConsentDocument[];
  consents: Consent[];
}

async function readAll(): Promise<Found> {
  const { http } = journal.client;
  const [list, consents] = await Promise.all([
    unwrap(http.GET("/v1/consent-documents", { params: { query: { limit: 20 } } })),
    unwrap(http.GET("/v1/consents", { params: { query: { limit: 100 } } })),
  ]);
  const whole = list.data.items.map((one) => unwrap(http.GET("/v1/consent-documents/{consent_document_id}", { params: { path: { consent_document_id: one.id } } })));
  return { documents: (await Promise.all(whole)).map(({ data }) => data), consents: consents.data.items };
}

const useConsents = () => useKept<Found>("consents", readAll);
const lastOf = (found: Found, purpose: string): Consent | undefined => found.consents.find((one) => one.purpose === purpose && one.is_last);
const countsFor = (one: Consent | undefined, document: ConsentDocument): boolean => one !== undefined && one.withdrawn_at === null && one.number >= document.valid_from;

function stateOf(last: Consent | undefined, document: ConsentDocument | undefined): string {
  if (last === undefined) return w.unsigned;
  if (last.withdrawn_at !== null) return w.withdrawn(dayOf(last.withdrawn_at));
  const day = dayOf(last.signed_at);
  if (document !== undefined && last.number < document.valid_from) return w.signedOld(day);
  const words = document !== undefined && last.number < document.number ? w.signedBefore(day) : w.signed(day);
  return last.mode === "paper" ? `${words}, ${w.onPaper}` : words;
}

/** The text in the language of the page, else in English, else the first. */
const textOf = (document: ConsentDocument, language: string) => document.texts.find((one) => one.language.split("-")[0] === language) ?? document.texts.find((one) => one.language.startsWith("en")) ?? document.texts[0]!;

/** The name of a language in its own words. */
const nameOf = (tag: string): string => new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag;

export function Consents() {
  const { value, isMissing, isOld } = useConsents();
  const { isReached } = useJournal();
  const language = document.documentElement.lang;
  const loose = value?.consents.filter((one) => one.is_last && !value.documents.some((other) => other.purpose === one.purpose)) ?? [];
  return (
    <>
      <Title>{w.title}</Title>
      <p>{w.lead}</p>
      <p role="status">{value === null && isMissing ? r.offline : isOld && !isReached ? l.old : value?.documents.length === 0 && loose.length === 0 ? w.none : ""}</p>
      <ul class="plain">
        {value?.documents.map((one) => {
          const text = textOf(one, language);
          return (
            <li key={one.id}>
              <a class="card row-link" href={`#/consent/${one.id}`}>
                <span class="eyebrow">{w.purpose[one.purpose] ?? one.purpose}</span>
                <strong lang={text.language} dir="auto">
                  {text.title}
                </strong>
                <span class="hint">{stateOf(lastOf(value, one.purpose), one)}</span>
              </a>
            </li>
          );
        })}
      </ul>
      {loose.map((one) => (
        <section key={one.id} class="card">
          <h2>{w.purpose[one.purpose] ?? one.purpose}</h2>
          <p>{stateOf(one, undefined)}</p>
          <Withdraw one={one} />
        </section>
      ))}
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}

/** Taking it back waits for nothing: not for a connection, not for the time after a dose, and not for a reason. */
function Withdraw({ one }: { one: Consent }) {
  const { waiting, told } = useJournal();
  const entry = waiting.find((other) => other.operation === "withdraw_consent" && other.thing_id === one.id);
  const statement = told?.id === one.id && told.monitoring && <StatementText monitoring={told.monitoring} />;
  if (entry?.state === "waiting") return <p role="status">{w.withdrawWaits}</p>;
  if (entry !== undefined) return <NeedsYou />;
  if (one.withdrawn_at !== null || !one.is_last) return <>{statement}</>;
  const withdraw = async (): Promise<void> => {
    await journal.write("withdraw_consent", { path: { consent_id: one.id }, ifMatch: `"${one.version}"`, thingId: one.id });
  };
  return (
    <>
      <SureButton label={w.withdraw} question={w.withdrawSure[one.purpose] ?? ""} yes={w.withdrawYes} onSure={() => void withdraw()} kind="wide" />
      <p class="hint">{w.withdrawAny}</p>
    </>
  );
}

/** The signature: a box to tick and a button, and why it waits if it does. */
function Sign({ document: one, language, sha256, onSigned, onChanged }: { document: ConsentDocument; language: string; sha256: string; onSigned: () => void; onChanged: (words: string) => void }) {
  const { reflections, isReached } = useJournal();
  const [isRead, setIsRead] = useState(false);
  const [message, setMessage] = useState("");
  const [until, setUntil] = useState<Date | null>(null);
  const proof = useProof((error) => {
    const endsAt = error instanceof Problem && error.body["ends_at"];
    if (typeof endsAt === "string") return setUntil(new Date(endsAt));
    if (error instanceof Problem && error.code === "document-retired") return onChanged(w.retired);
    if (error instanceof Problem && error.code === "consent-stands") return onChanged(w.stands);
    setMessage(wordsOf(error));
  });
  const held = until ?? heldUntil(reflections, Date.now());
  const sign = (): Promise<void> => {
    const id = newId(); // asked again after a lost answer, it is the same one
    return proof.run(async () => {
      setMessage("");
      await unwrap(journal.client.http.POST("/v1/consents", { body: { id, document_id: one.id, language, text_sha256: sha256 } }));
      onSigned();
    });
  };
  if (held !== null && held.getTime() > Date.now()) {
    return (
      <p class="card" role="status">
        {w.held(momentOf(held))}
      </p>
    );
  }
  return (
    <section aria-labelledby="sign">
      <h2 id="sign">{w.signTitle}</h2>
      <p>{w.signLead}</p>
      <label class="check">
        <input type="checkbox" checked={isRead} onChange={(event) => setIsRead(event.currentTarget.checked)} />
        <span>{w.read}</span>
      </label>
      {proof.form ?? (
        <button type="button" class="primary wide" disabled={!isReached} onClick={() => (isRead ? void sign() : setMessage(w.missing))}>
          {w.sign}
        </button>
      )}
      {!isReached && <p class="hint">{w.offline}</p>}
      <p role="alert" class="message">
        {message}
      </p>
    </section>
  );
}

export function ConsentScreen({ id }: { id: string }) {
  const { isReached } = useJournal();
  const { value, isMissing, isOld, reload } = useConsents();
  const [language, setLanguage] = useState(document.documentElement.lang);
  const [told, setTold] = useState("");
  const one = value?.documents.find((other) => other.id === id);
  if (value === null || one === undefined) {
    return (
      <>
        <Title>{w.title}</Title>
        <p role="status">{value !== null ? told || w.retired : isMissing ? r.offline : t.loading}</p>
        <p>
          <a href="#/consents">{t.back}</a>
        </p>
      </>
    );
  }
  const text = one.texts.find((other) => other.language === language) ?? textOf(one, language);
  const last = lastOf(value, one.purpose);
  const changed = (words: string): void => {
    setTold(words);
    reload();
  };
  return (
    <>
      <p class="eyebrow">{w.purpose[one.purpose] ?? one.purpose}</p>
      <Title>
        <span lang={text.language} dir="auto">
          {text.title}
        </span>
      </Title>
      <p class="hint">{w.version(one.number, dayOf(one.created_at))}</p>
      <p role="status">{[isOld && !isReached && l.old, told].filter(Boolean).join(" ")}</p>
      {one.texts.length > 1 && (
        <div class="row" role="group" aria-label={w.languages}>
          {one.texts.map((other) => (
            <button key={other.language} type="button" class="quiet" lang={other.language} aria-pressed={other === text} onClick={() => setLanguage(other.language)}>
              {nameOf(other.language)}
            </button>
          ))}
        </div>
      )}
      <article class="card" lang={text.language}>
        <Words>{text.text}</Words>
      </article>
      {last !== undefined && <p class="instruction">{stateOf(last, one)}</p>}
      {last !== undefined && <Withdraw one={last} />}
      {!countsFor(last, one) && <Sign key={text.language} document={one} language={text.language} sha256={text.text_sha256} onSigned={() => { changed(w.done); document.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true }); scrollTo(0, 0); }} onChanged={changed} />}
      <p>
        <a href="#/consents">{t.back}</a>
      </p>
    </>
  );
}
