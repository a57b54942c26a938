/** Copies that the clinic makes: what the patient asked for, until when it answers, the answer, and the file. */
import { newId, NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useRef, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useKept, useOnline } from "../../journal/online.js";
import type { RecordCopy, RecordRequest } from "../../journal/types.js";
import { dayOf } from "../../messages/index.js";
import { l } from "../../messages/later.js";
import { TextField } from "../../parts/basics.js";
import { useProof, wordsOf } from "../../parts/proof.js";
import { Download, save } from "./download.js";

const w = l.copy;
const { http } = journal.client;

/** The copy that the clinic has handed over. */
function HandedOver({ id }: { id: string }) {
  const { holder, isReached } = useJournal();
  const [message, setMessage] = useState("");
  const [percent, setPercent] = useState<number | null>(null);
  const download = useRef<Download | null>(null);
  const { value } = useOnline<RecordCopy[]>(`copies ${id}`, async () => (await unwrap(http.GET("/v1/record-requests/{record_request_id}/copies", { params: { path: { record_request_id: id }, query: { limit: 10 } } }))).data.items);
  const proof = useProof((error) => {
    setPercent(null);
    setMessage(error instanceof NoAnswer ? w.broke : wordsOf(error));
  });
  const one = value?.find((copy) => copy.state === "ready");
  if (value === null) return null;
  if (!one) return <p class="hint">{w.none}</p>;
  const fetchIt = (): Promise<void> =>
    proof.run(async () => {
      setMessage("");
      setPercent(0);
      download.current ??= new Download(journal.client, holder?.accountId ?? "", one, "record-copies");
      try {
        save(await download.current.whole(setPercent), `my-record-${one.ready_at?.slice(0, 10)}.zip`);
        download.current = null;
        setMessage(w.saved);
      } finally {
        setPercent(null);
      }
    });
  return (
    <>
      {proof.form ?? (
        <button type="button" class="wide" disabled={percent !== null || !isReached} onClick={() => void fetchIt()}>
          {w.saveIt(dayOf(one.expires_at ?? ""))}
        </button>
      )}
      {percent !== null && <progress max={100} value={percent} aria-label={w.saving(percent)} />}
      <p role="status">{message}</p>
    </>
  );
}

function Asked({ one }: { one: RecordRequest }) {
  return (
    <li class="card">
      <p>{w.askedOn(dayOf(one.received_at))}</p>
      {one.text && (
        <p class="words" dir="auto">
          {one.text}
        </p>
      )}
      {one.state === "open" && <p>{w.waits(dayOf(one.due_at))}</p>}
      {one.state === "open" && one.extension_reason && (
        <p>
          {w.longer} <span dir="auto">{one.extension_reason}</span>
        </p>
      )}
      {one.state === "denied" && (
        <>
          <p>
            {w.denied} <span dir="auto">{one.answer}</span>
          </p>
          <p dir="auto">{one.rights}</p>
        </>
      )}
      {one.state === "fulfilled" && (
        <>
          <p>{w.handedOver}</p>
          <HandedOver id={one.id} />
        </>
      )}
    </li>
  );
}

export function ClinicCopies() {
  const { holder, isReached } = useJournal();
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const id = useRef(newId()); // asked again after a lost answer, it is the same one
  const lost = useRef<string[]>([]); // the texts that were sent under it without an answer
  const { value, reload } = useKept<RecordRequest[]>("record-requests", async () => (await unwrap(http.GET("/v1/record-requests", { params: { query: { limit: 10 } } }))).data.items);
  const patientId = holder?.patientId ?? "";
  const ask = async (): Promise<void> => {
    setIsBusy(true);
    setMessage("");
    const said = text.trim();
    const next = (): void => {
      id.current = newId();
      lost.current = [];
    };
    try {
      await unwrap(http.POST("/v1/record-requests", { body: { id: id.current, patient_id: patientId, text: said || null } }));
      next();
      setText("");
    } catch (error) {
      if (error instanceof NoAnswer) lost.current.push(said);
      const isThere = error instanceof Problem && error.code === "id-taken" && lost.current.length > 0;
      if (isThere && lost.current.every((one) => one === said)) setText("");
      else setMessage(wordsOf(error)); // another text that has arrived stands above: this one stays, and can be asked for too
      if (isThere) next();
    } finally {
      setIsBusy(false);
      reload();
    }
  };
  return (
    <details>
      <summary>{w.clinic}</summary>
      <p>{w.clinicLead}</p>
      <ul class="plain">
        {value?.map((one) => (
          <Asked key={one.id} one={one} />
        ))}
      </ul>
      <TextField name="part" label={w.part} value={text} onInput={setText} rows={2} />
      <button type="button" class="wide" disabled={isBusy || !isReached || !patientId} onClick={() => void ask()}>
        {w.askClinic}
      </button>
      <p role="alert" class="message">
        {message}
      </p>
    </details>
  );
}
