/** The safety plan of one chart: in force, waiting for the patient, being written. */
import { useMemo, useState } from "preact/hooks";
import { useDesk, useLoaded } from "../../core/hooks.js";
import { fieldsOf, newestOf, numberOf, readSafetyPlan, readSafetyPlanDiff, readSafetyPlanVersions, reviewSafetyPlan, type PatientSafetyPlan, type SafetyPlan } from "../../core/safety-plans.js";
import { localStore } from "../../core/things.js";
import { useSaver } from "../../core/writing.js";
import { en } from "../../messages/en/safety-plan.js";
import { calendarDay, dayOf, spoken } from "../../messages/index.js";
import { stateWords } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Pending } from "../../parts/basics.js";
import { Fold } from "../../parts/fold.js";
import { Room } from "../../parts/room.js";
import { beginWith, SafetyPlanEditor } from "./editor.js";
import { Steps } from "./steps.js";

const w = spoken({ en });
const isPast = (day: string): boolean => day < new Date().toLocaleDateString("sv");

function InForce({ plan, mayWrite, reload }: { plan: SafetyPlan; mayWrite: boolean; reload: () => Promise<void> }) {
  const { review_on: day } = plan;
  return (
    <section class="card" aria-labelledby="in-force">
      <h2 id="in-force">{w.inForce(plan.number)}</h2>
      <p class="hint">{plan.confirmed_at && w.confirmed(dayOf(plan.confirmed_at))}</p>
      <p class={day && isPast(day) ? "late" : "hint"}>{day ? (isPast(day) ? w.reviewLate : w.review)(calendarDay(day)) : w.noReview}</p>
      {mayWrite && (
        <Ask label={w.reviewField} kind="small" send={w.keep} fields={[{ name: "day", label: w.reviewOn, type: "date", value: day ?? "" }]} onSend={async ({ day: chosen = "" }) => { await reviewSafetyPlan(plan, chosen); await reload(); }} />
      )}
      <Steps plan={plan} />
    </section>
  );
}

function Changes({ patientId, from, to }: { patientId: string; from: number; to: number }) {
  const loaded = useLoaded(`safety diff ${patientId} ${from} ${to}`, () => readSafetyPlanDiff(patientId, from, to));
  return (
    <div class="shown">
      <h3>{w.changes}</h3>
      {loaded.value === null && <Pending loaded={loaded} />}
      {loaded.value?.changes.length === 0 && <p class="hint">{w.same}</p>}
      <ul class="plain facts">
        {loaded.value?.changes.map((one) => (
          <li key={one.step + one.text}>
            <span class="hint">{w.steps[one.step]}</span>
            <span dir="auto">{one.text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Waiting({ plan, before }: { plan: SafetyPlan; before: SafetyPlan | null }) {
  return (
    <section class="card" aria-labelledby="waiting">
      <h2 id="waiting">{w.waiting(plan.number)}</h2>
      <p class="hint">
        {w.writtenBy(w.side[plan.written_by] ?? plan.written_by, dayOf(plan.created_at))} {w.waitingHint}
      </p>
      {before && <Changes patientId={plan.patient_id} from={before.number} to={plan.number} />}
      <Steps plan={plan} />
    </section>
  );
}

function Earlier({ patientId }: { patientId: string }) {
  const loaded = useLoaded(`safety versions ${patientId}`, () => readSafetyPlanVersions(patientId));
  if (loaded.value === null) return <Pending loaded={loaded} />;
  const found = loaded.value.filter((one) => one.state === "replaced");
  if (found.length === 0) return <p class="hint">{w.empty}</p>;
  return (
    <>
      {found.map((one) => (
        <Fold key={one.id} title={w.version(one.number, stateWords(one.state), dayOf(one.created_at))}>
          {() => <Steps plan={one} />}
        </Fold>
      ))}
    </>
  );
}

export function SafetyPlanScreen({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<PatientSafetyPlan>(`safety plan ${id}`, () => readSafetyPlan(id), (change) => change.kind === "safety_plan" && change.patient_id === id);
  const store = useMemo(() => localStore(`safety-plan ${id}`), [id]);
  const writing = useSaver(store, true);
  const [told, setTold] = useState("");
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const isBegun = writing !== null && writing.view.fields["after"] !== undefined;
  const plans = loaded.value;
  const begin = (): void => {
    if (writing === null || plans === null) return;
    setTold("");
    beginWith(writing.saver, fieldsOf(plans.draft ?? plans.in_force, numberOf(plans)));
  };
  const tools = mayWrite && writing !== null && !isBegun && plans !== null && (
    <button type="button" class="primary" onClick={begin}>
      {numberOf(plans) === 0 ? w.write : w.next}
    </button>
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={tools} hint={w.hint}>
      {({ in_force, draft }) => (
        <>
          <p role="status">{told}</p>
          {in_force === null && draft === null && !isBegun && (
            <div class="card empty">
              <p>{w.none}</p>
              <p class="hint">{w.noneHint}</p>
            </div>
          )}
          {draft && <Waiting plan={draft} before={in_force} />}
          {isBegun && mayWrite && <SafetyPlanEditor patientId={id} saver={writing.saver} view={writing.view} newest={newestOf({ in_force, draft })} onSent={async () => { await loaded.reload(); setTold(w.sent); document.querySelector("h1")?.focus(); }} />}
          {in_force && <InForce plan={in_force} mayWrite={mayWrite} reload={loaded.reload} />}
          {numberOf({ in_force, draft }) > 1 && <Fold title={w.earlier}>{() => <Earlier patientId={id} />}</Fold>}
        </>
      )}
    </Room>
  );
}
