/** The sessions of a chart: which come next, which were last, planning one, and the steps that it can take. */
import { NotSent, useDesk, useLoaded } from "../../core/hooks.js";
import { beginSession, cancelSession, endSession, missSession, moveSession, planSession, readLate } from "../../core/sessions.js";
import type { Session } from "../../core/types.js";
import { en as chartEn } from "../../messages/en/chart.js";
import { en } from "../../messages/en/sessions.js";
import { momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Pending } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";

const w = spoken({ en });
const chartWords = spoken({ en: chartEn });
const HOUR_MS = 3_600_000;
const EARLIEST_MS = 12 * HOUR_MS; // before its time; our own choice

/** The fields of when and where; of one that is planned already, as they stand. */
const timesOf = (session: Session | null): Field[] => {
  const tomorrow = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 24 * HOUR_MS;
  const later = ({ begins = "" }: Values): string => (begins ? new Date(new Date(begins).getTime() + HOUR_MS).toISOString() : "");
  return [
    { name: "modality", label: w.where, options: w.places, value: session?.modality ?? "in_person" },
    { name: "begins", label: w.begins, type: "instant", value: session?.planned_start_at ?? new Date(tomorrow).toISOString() },
    { name: "ends", label: w.ends, type: "instant", isOptional: true, value: session === null ? later : (session.planned_end_at ?? "") },
  ];
};

function timesIn({ modality, begins = "", ends = "" }: Values) {
  if (ends !== "" && new Date(ends) <= new Date(begins)) throw new NotSent(w.endsFirst);
  return { modality: modality as Session["modality"], planned_start_at: begins, planned_end_at: ends || null };
}

function NewSession({ patientId, onDone }: { patientId: string; onDone: () => Promise<void> }) {
  const fields = (): Field[] => [{ name: "phase", label: w.phase, options: w.phases }, ...timesOf(null), { name: "intention", label: w.intention, type: "area", isOptional: true }];
  return (
    <Ask label={w.plan} kind="small" send={w.planGo} fields={fields} onSend={async ({ phase, intention, ...times }, id) => { await planSession({ id, patient_id: patientId, phase: phase as Session["phase"], intention: intention || null, ...timesIn(times) }); await onDone(); }} />
  );
}

/** A step of a session, as a short form. */
interface Step {
  label: string;
  title: (what: string) => string;
  lead?: string;
  send: string;
  fields: (session: Session) => Field[];
  work: (session: Session, values: Values) => Promise<unknown>;
}
const reason: Field[] = [{ name: "reason", label: w.reason, hint: w.reasonHint, type: "area", isOptional: true }];
const now = (name: string, label: string, hint?: string): Field => ({ name, label, type: "instant", value: new Date().toISOString(), ...(hint ? { hint } : {}) });
const MOVE: Step = { label: w.move, title: w.moveOf, send: w.moveGo, fields: timesOf, work: (session, times) => moveSession(session, timesIn(times)) };
const BEGIN: Step = { label: w.begin, title: w.beginOf, send: w.begin, fields: () => [now("at", w.beginAt, w.beginHint)], work: (session, { at }) => beginSession(session, at || null) };
const END: Step = { label: w.end, title: w.endOf, send: w.end, fields: () => [now("at", w.endAt)], work: (session, { at }) => endSession(session, at || null) };
const MISSED: Step = { label: w.missed, title: w.missedOf, lead: w.missedLead, send: w.missed, fields: () => reason, work: (session, { reason = "" }) => missSession(session, reason) };
const CANCEL: Step = { label: w.cancel, title: w.cancelOf, lead: w.cancelLead, send: w.cancel, fields: () => reason, work: (session, { reason = "" }) => cancelSession(session, reason) };
const STOP: Step = { ...CANCEL, label: w.stop, title: w.stopOf, lead: w.stopLead, send: w.stop };

/** Of what the API allows, what makes sense now. A dosing session begins and ends on a page of its own. */
function stepsOf({ phase, state, planned_start_at, allowed_actions }: Session): Step[] {
  const may = (step: Session["allowed_actions"][number]): boolean => allowed_actions.includes(step);
  const [isPlanned, isOfList, untilMs] = [state === "planned", phase !== "dosing", Date.parse(planned_start_at) - Date.now()];
  const steps: [Step, boolean][] = [
    [BEGIN, isOfList && may("start") && untilMs < EARLIEST_MS],
    [END, isOfList && may("complete")],
    [MISSED, may("no_show") && untilMs <= 0],
    [MOVE, isPlanned && may("update")],
    [CANCEL, isPlanned && may("cancel")],
    [STOP, isOfList && !isPlanned && may("cancel")],
  ];
  return steps.filter(([, isNow]) => isNow).map(([step]) => step);
}

function Changes({ session, onDone }: { session: Session; onDone: () => Promise<void> }) {
  const what = `${plain(session.phase)}, ${momentOf(session.planned_start_at)}`;
  return (
    <div class="row">
      {stepsOf(session).map(({ label, title, lead, send, fields, work }) => (
        <Ask key={label} label={label} title={title(what)} {...(lead ? { lead } : {})} kind="small" send={send} fields={() => fields(session)} onSend={async (values) => { await work(session, values); await onDone(); }} />
      ))}
    </div>
  );
}

interface Shown {
  sessions: Session[];
  /** Read the chart again. Where it is given, sessions can be changed here. */
  onDone?: (() => Promise<void>) | undefined;
}

function List({ sessions, onDone }: Shown) {
  return (
    <ul class="plain facts">
      {sessions.map((session) => (
        <li key={session.id}>
          <time dateTime={session.planned_start_at}>{momentOf(session.started_at ?? session.planned_start_at)}</time>
          <span class="hint">
            {session.phase === "dosing" ? <a href={`#/dosing/${session.id}`}>{plain(session.phase)}</a> : plain(session.phase)}
            {session.state === "planned" ? "" : `, ${plain(session.state).toLowerCase()}`}
          </span>
          {onDone && <Changes session={session} onDone={onDone} />}
        </li>
      ))}
    </ul>
  );
}

/** Sessions whose time has passed and that nobody has begun, as soon as somebody asks for them. */
function Late({ patientId, onDone }: { patientId: string; onDone: () => Promise<void> }) {
  const loaded = useLoaded(`late ${patientId}`, () => readLate(patientId), (change) => change.kind === "session" && change.patient_id === patientId);
  if (loaded.value === null) return <Pending loaded={loaded} />;
  const done = async (): Promise<void> => void (await Promise.all([loaded.reload(), onDone()]));
  return loaded.value.length === 0 ? <p class="hint">{w.noneLate}</p> : <List sessions={loaded.value} onDone={done} />;
}

/** `patientId` and `onDone` are given where sessions can be planned and changed. */
export function Sessions({ title, sessions, patientId, onDone }: Shown & { title: string; patientId?: string }) {
  const { me } = useDesk();
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const changed = mayWrite ? onDone : undefined;
  return (
    <section class="card">
      <h2>{title}</h2>
      {sessions.length === 0 && <p class="hint">{chartWords.none}</p>}
      <List sessions={sessions} onDone={changed} />
      {changed && patientId && (
        <>
          <NewSession patientId={patientId} onDone={changed} />
          <Fold title={w.late}>{() => <Late patientId={patientId} onDone={changed} />}</Fold>
        </>
      )}
    </section>
  );
}
