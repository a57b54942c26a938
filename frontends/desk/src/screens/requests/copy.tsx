/** One request for a copy of the record: what is asked, until when, the copies that were made, and the answer. */
import { useEffect } from "preact/hooks";
import { denyCopy, extendCopy, fulfil, makeCopy, readCopies, readRecordRequest, saveCopy, type Ground, type RecordCopy, type RecordRequest } from "../../core/copies.js";
import { desk } from "../../core/desk.js";
import { useAct, useLoaded } from "../../core/hooks.js";
import { en } from "../../messages/en/requests.js";
import { dayOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Alert, SureButton, Words } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";
import { stateOf } from "./requests.js";

const w = spoken({ en });
const LOOK_MS = 3000;
const GROUNDS: Ground[] = ["danger_to_life", "harm_to_another", "representative", "not_held", "kept_apart", "legal_proceeding", "confidential_source", "research_in_progress", "inmate", "privacy_act"];

function Copy({ copy, request, onFulfil }: { copy: RecordCopy; request: RecordRequest; onFulfil: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  return (
    <li>
      <span>
        {w.state[copy.state]}
        {copy.state === "ready" && `, ${w.until(dayOf(copy.expires_at ?? ""))}`}
      </span>
      {copy.state === "ready" && (
        <span class="row">
          <button type="button" disabled={isBusy} onClick={() => void act(() => saveCopy(copy))}>
            {w.save}
          </button>
          {!copy.handed_over_at && <SureButton label={w.fulfil} question={w.fulfilSure} yes={w.fulfil} onSure={() => void act(async () => { await fulfil(request, copy.id); await onFulfil(); })} />}
        </span>
      )}
      <Alert message={message} />
    </li>
  );
}

function Copies({ request, reload }: { request: RecordRequest; reload: () => Promise<void> }) {
  const loaded = useLoaded(`copies ${request.id}`, () => readCopies(request.id), (change) => change.id === request.id);
  const { isBusy, message, act } = useAct();
  const isMaking = loaded.value?.[0]?.state === "making";
  useEffect(() => {
    if (!isMaking) return;
    const timer = setInterval(() => void loaded.reload(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isMaking]);
  return (
    <section class="card">
      <h2>{w.copies}</h2>
      {loaded.value?.length === 0 && <p class="hint">{w.noCopy}</p>}
      <ul class="plain facts">
        {loaded.value?.map((copy) => (
          <Copy key={copy.id} copy={copy} request={request} onFulfil={reload} />
        ))}
      </ul>
      {!isMaking && (
        <button type="button" disabled={isBusy} onClick={() => void act(async () => { await makeCopy(request.id); await loaded.reload(); })}>
          {loaded.value?.length ? w.makeAnother : w.make}
        </button>
      )}
      <Alert message={message || loaded.message} />
    </section>
  );
}

export function CopyScreen({ id }: { id: string }) {
  const loaded = useLoaded<RecordRequest>(`copy ${id}`, () => readRecordRequest(id), (change) => change.id === id);
  const one = loaded.value;
  const done = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await loaded.reload();
    void desk.readTasks();
  };
  const tools = one?.state === "open" && (
    <>
      <Ask label={w.deny} send={w.deny} lead={w.denyLead} fields={[{ name: "ground", label: w.ground, options: GROUNDS.map((ground) => [ground, plain(ground)]) }, { name: "answer", label: w.answer, hint: w.answerHint, type: "area" }]} onSend={({ answer, ground }) => done(denyCopy(one, answer ?? "", ground as Ground))} />
      {!one.extended_at && Date.parse(one.due_at) > Date.now() && <Ask label={w.extend} kind="quiet" send={w.extend} lead={w.extendLead} fields={[{ name: "reason", label: w.why, type: "area" }]} onSend={({ reason }) => done(extendCopy(one, reason ?? ""))} />}
    </>
  );
  return (
    <Room title={w.copyTitle} patientId={one?.patient_id} loaded={loaded} tools={tools}>
      {(request) => (
        <>
          <article class="card sheet">
            <p class="lead">{stateOf(request)}</p>
            <p class="hint">{w.receivedOn(dayOf(request.received_at))}</p>
            <h2>{w.asked}</h2>
            {request.text ? <Words>{request.text}</Words> : <p>{w.whole}</p>}
            {request.extension_reason && (
              <>
                <h2>{w.extended}</h2>
                <Words>{request.extension_reason}</Words>
              </>
            )}
            {request.answer && (
              <>
                <h2>{w.answer}</h2>
                <p class="hint">{plain(request.denial_ground ?? "")}</p>
                <Words>{request.answer}</Words>
                <h2>{w.rights}</h2>
                <p>{request.rights}</p>
              </>
            )}
          </article>
          {request.state !== "denied" && <Copies request={request} reload={() => done(Promise.resolve())} />}
        </>
      )}
    </Room>
  );
}
