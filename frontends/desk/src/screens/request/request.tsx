/** A patient asks for a change of a note: what, why, until when; and the answer. */
import { desk } from "../../core/desk.js";
import { useLoaded } from "../../core/hooks.js";
import { acceptRequest, denyRequest, extendRequest, readRequest } from "../../core/changes.js";
import type { AmendmentRequest } from "../../core/types.js";
import { en } from "../../messages/en/request.js";
import { spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field } from "../../parts/ask.js";
import { Words } from "../../parts/basics.js";
import { requestState } from "../../parts/request-state.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });

const BASES = ["accurate_and_complete", "not_created_here", "not_part_of_record", "not_open_to_inspection"];
const ANSWER: Field = { name: "answer", label: w.answer, hint: w.answerHint, type: "area" };

export function RequestScreen({ id }: { id: string }) {
  const loaded = useLoaded<AmendmentRequest>(`request ${id}`, () => readRequest(id), (change) => change.id === id);
  const one = loaded.value;
  const done = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await loaded.reload();
    void desk.readTasks();
  };
  const tools = one && !one.answered_at && (
    <>
      <Ask label={w.accept} kind="primary" send={w.accept} lead={w.acceptLead} fields={[ANSWER]} onSend={({ answer }) => done(acceptRequest(one, answer ?? ""))} />
      <Ask label={w.deny} send={w.deny} lead={w.denyLead} fields={[{ name: "basis", label: w.basis, options: BASES.map((basis) => [basis, plain(basis)]) }, ANSWER]} onSend={({ answer, basis }) => done(denyRequest(one, answer ?? "", basis as "accurate_and_complete"))} />
      {!one.extended_at && <Ask label={w.extend} kind="quiet" send={w.extend} lead={w.extendLead} fields={[{ name: "reason", label: w.why, type: "area" }]} onSend={({ reason }) => done(extendRequest(one, reason ?? ""))} />}
    </>
  );
  return (
    <Room title={w.title} patientId={one?.patient_id} loaded={loaded} tools={tools}>
      {(request) => (
        <>
          <article class="card sheet">
            <p class="lead">{requestState(request)}</p>
            <h2>{w.asked}</h2>
            <Words>{request.text}</Words>
            <h2>{w.reason}</h2>
            <Words>{request.reason}</Words>
            {request.extension_reason && (
              <>
                <h2>{w.extended}</h2>
                <Words>{request.extension_reason}</Words>
              </>
            )}
            {request.answer && (
              <>
                <h2>{w.answer}</h2>
                <Words>{request.answer}</Words>
              </>
            )}
            {request.denial_basis && <p class="hint">{plain(request.denial_basis)}</p>}
            {request.rights && (
              <>
                <h2>{w.rights}</h2>
                <p>{request.rights}</p>
              </>
            )}
          </article>
          <a class="after" href={`#/note/${request.note_id}`}>
            {w.note}
          </a>
        </>
      )}
    </Room>
  );
}
