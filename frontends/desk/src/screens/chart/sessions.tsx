/** The sessions of a chart: which come next, which were last, planning one, moving it, calling it off. */
import { NotSent, useDesk } from "../../core/hooks.js";
import { cancelSession, moveSession, planSession } from "../../core/sessions.js";
import type { Session } from "../../core/types.js";
import { en as chartEn } from "../../messages/en/chart.js";
import { en } from "../../messages/en/sessions.js";
import { momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";

const w = spoken({ en });
const chartWords = spoken({ en: chartEn });
const HOUR_MS = 3_600_000;

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

function Changes({ session, onDone }: { session: Session; onDone: () => Promise<void> }) {
  const what = `${plain(session.phase)}, ${momentOf(session.planned_start_at)}`;
  return (
    <div class="row">
      {session.allowed_actions.includes("update") && (
        <Ask label={w.move} title={w.moveOf(what)} kind="small" send={w.moveGo} fields={() => timesOf(session)} onSend={async (times) => { await moveSession(session, timesIn(times)); await onDone(); }} />
      )}
      {session.allowed_actions.includes("cancel") && (
        <Ask label={w.cancel} title={w.cancelOf(what)} lead={w.cancelLead} kind="small quiet" send={w.cancel} fields={[{ name: "reason", label: w.reason, hint: w.reasonHint, type: "area", isOptional: true }]} onSend={async ({ reason = "" }) => { await cancelSession(session, reason); await onDone(); }} />
      )}
    </div>
  );
}

/** `onDone` reads the chart again; where it is given, sessions can be planned and changed here. */
export function Sessions({ title, sessions, patientId, onDone }: { title: string; sessions: Session[]; patientId?: string; onDone?: () => Promise<void> }) {
  const { me } = useDesk();
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  return (
    <section class="card">
      <h2>{title}</h2>
      {sessions.length === 0 && <p class="hint">{chartWords.none}</p>}
      <ul class="plain facts">
        {sessions.map((session) => (
          <li key={session.id}>
            <time dateTime={session.planned_start_at}>{momentOf(session.started_at ?? session.planned_start_at)}</time>
            <span class="hint">
              {session.phase === "dosing" ? <a href={`#/dosing/${session.id}`}>{plain(session.phase)}</a> : plain(session.phase)}
              {session.state === "planned" ? "" : `, ${plain(session.state).toLowerCase()}`}
            </span>
            {onDone && mayWrite && session.state === "planned" && <Changes session={session} onDone={onDone} />}
          </li>
        ))}
      </ul>
      {onDone && patientId && mayWrite && <NewSession patientId={patientId} onDone={onDone} />}
    </section>
  );
}
