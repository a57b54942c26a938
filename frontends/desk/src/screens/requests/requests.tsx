/** What patients ask of the record, by when it must be answered: of every chart, or of one. */
import { readAsked, writeDown, type Asked } from "../../core/copies.js";
import { useLoaded } from "../../core/hooks.js";
import { readPatient } from "../../core/things.js";
import { en } from "../../messages/en/requests.js";
import { dayOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });
const KINDS = ["record_request", "amendment_request"];

export function stateOf({ answered_at, state, due_at }: Asked["one"]): string {
  if (answered_at) return w.answered(plain(state), dayOf(answered_at));
  return (Date.parse(due_at) < Date.now() ? w.late : w.due)(dayOf(due_at));
}

/** Whose it is, where the screen does not say it. */
function Name({ patientId }: { patientId: string }) {
  const patient = useLoaded(`patient ${patientId}`, () => readPatient(patientId));
  return (
    <span class="hint" dir="auto">
      {patient.value?.name ?? "…"}
    </span>
  );
}

function Row({ asked: { kind, one }, hasName }: { asked: Asked; hasName: boolean }) {
  const isLate = !one.answered_at && Date.parse(one.due_at) < Date.now();
  return (
    <li>
      <a data-row href={kind === "copy" ? `#/copy/${one.id}` : `#/request/${one.id}`}>
        <strong>{w.kind[kind]}</strong>
        {hasName && <Name patientId={one.patient_id} />}
        {one.text && (
          <span class="first-words" dir="auto">
            {one.text}
          </span>
        )}
        <span class={isLate ? "due late" : "hint"}>{stateOf(one)}</span>
      </a>
    </li>
  );
}

export function Requests({ id }: { id: string }) {
  const loaded = useLoaded(`asked ${id}`, () => readAsked(id || undefined), (change) => KINDS.includes(change.kind) && (!id || change.patient_id === id));
  useRowFocus(loaded.value !== null);
  const write = async (text: string, received: string, made: string): Promise<void> => {
    await writeDown(id, text, received ? new Date(received).toISOString() : null, made);
    await loaded.reload();
  };
  const tools = id && (
    <Ask label={w.write} lead={w.writeLead} send={w.write} fields={[{ name: "received", label: w.received, type: "datetime-local", isOptional: true }, { name: "text", label: w.text, hint: w.textHint, type: "area", isOptional: true }]} onSend={({ text = "", received = "" }, made) => write(text, received, made)} />
  );
  return (
    <Room title={w.title} patientId={id || undefined} loaded={loaded} tools={tools} hint={w.hint}>
      {(found) => (
        <section class="card">
          {found.length === 0 && <p class="hint">{id ? w.noneHere : w.none}</p>}
          <ul class="plain rows">
            {found.map((asked) => (
              <Row key={asked.one.id} asked={asked} hasName={!id} />
            ))}
          </ul>
        </section>
      )}
    </Room>
  );
}
