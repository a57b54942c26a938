/** Goals with their five levels (goal attainment scaling): where each began, and where both sides see it now. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { addGoal, rateGoal, readGoals, updateGoal, withdrawGoal, type GoalsOf, type RatedGoal } from "../../core/goals.js";
import type { Attainment, Goal, GoalRating } from "../../core/types.js";
import { en } from "../../messages/en/goals.js";
import { amountOf, dayOf, momentOf, spoken } from "../../messages/index.js";
import { signed } from "../../messages/words.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";
import { WhoSees } from "../../parts/who-sees.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });

const LEVELS = [-2, -1, 0, 1, 2];
const levelOptions = (levels: string[]): [string, string][] => LEVELS.map((level, index) => [String(level), `${signed(level)}  ${levels[index] ?? ""}`]);

function fields(goal?: Goal): Field[] {
  const isFixed = goal !== undefined && goal.first_rated_at !== null;
  const scale: Field[] = LEVELS.map((level, index) => ({ name: `level${index}`, label: `${signed(level)}: ${w.level[index]}`, value: goal?.levels[index] ?? "" }));
  return [
    { name: "title", label: w.goal, value: goal?.title ?? "" },
    ...(isFixed ? [] : [...scale,
      { name: "baseline", label: w.baseline, options: LEVELS.map((level): [string, string] => [String(level), signed(level)]), value: String(goal?.baseline_level ?? -1) },
      { name: "weight", label: w.weight, type: "number" as const, value: String(goal?.weight ?? 1) }]),
  ];
}
const scaleOf = (values: Values) =>
  "level0" in values ? { levels: LEVELS.map((_, index) => values[`level${index}`] ?? ""), baseline_level: Number(values["baseline"]), weight: Number(values["weight"]) } : {};

function Scale({ goal, ratings }: RatedGoal) {
  const last = (side: string): GoalRating | undefined => ratings.find((rating) => rating.side === side);
  const [own, ours] = [last("patient"), last("clinician")];
  return (
    <ul class="plain levels">
      {LEVELS.map((level, index) => (
        <li key={level} class={own?.level === level || ours?.level === level ? "reached" : ""}>
          <strong>{signed(level)}</strong>
          <span dir="auto">{goal.levels[index]}</span>
          <span class="marks">
            {goal.baseline_level === level && <span class="tag">{w.began}</span>}
            {own?.level === level && <span class="mark">{w.patientSays(dayOf(own.happened_at))}</span>}
            {ours?.level === level && <span class="mark added">{w.teamSays(dayOf(ours.happened_at))}</span>}
          </span>
        </li>
      )).reverse()}
    </ul>
  );
}

function GoalCard({ goal, ratings, mayRate, reload }: RatedGoal & { mayRate: boolean; reload: () => Promise<void> }) {
  return (
    <section class="card" aria-labelledby={goal.id}>
      <h2 id={goal.id} dir="auto">
        {goal.title}
      </h2>
      <Scale goal={goal} ratings={ratings} />
      {ratings.length > 0 && (
        <details>
          <summary>{w.ratings(ratings.length)}</summary>
          <ul class="plain facts">
            {ratings.map((rating) => (
              <li key={rating.id}>
                <span dir="auto">
                  <strong>{signed(rating.level)}</strong> {w.side[rating.side]} {rating.remark}
                </span>
                <span class="hint">{momentOf(rating.happened_at)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <WhoSees kind="goal" id={goal.id} />
      {mayRate && (
        <div class="row steps">
          <Ask label={w.rate} title={w.rateTitle(goal.title)} kind="small primary" send={w.rateGo} fields={[{ name: "level", label: w.reached, options: levelOptions(goal.levels), value: String(ratings[0]?.level ?? goal.baseline_level) }, { name: "remark", label: w.remark, type: "area", isOptional: true }]} onSend={async ({ level, remark }, id) => { await rateGoal(goal.id, { id, level: Number(level), rated_at: new Date().toISOString(), remark: remark || null }); await reload(); }} />
          <Ask label={w.edit} title={w.editTitle(goal.title)} kind="small" send={w.keep} fields={fields(goal)} onSend={async (values) => { await updateGoal(goal, { title: values["title"] ?? "", ...scaleOf(values) }); await reload(); }} />
          <Ask label={w.withdraw} title={w.withdrawTitle(goal.title)} kind="small quiet" send={w.withdraw} fields={[{ name: "reason", label: w.why, type: "area" }]} onSend={async ({ reason }) => { await withdrawGoal(goal, reason ?? ""); await reload(); }} />
        </div>
      )}
    </section>
  );
}

/** The last T score over all goals, of each side: 50 is what was expected. */
function Score({ attainment }: { attainment: Attainment }) {
  const { points } = attainment;
  const last = [...points].reverse();
  if (points.length === 0) return null;
  return (
    <section class="card">
      <h2>{w.score}</h2>
      {(["clinician", "patient"] as const).map((side) => {
        const point = last.find((one) => one.side === side);
        return point && <p key={side}>{w.scoreOf(w.side[side] ?? side, amountOf(point.t_score), amountOf(point.baseline_t_score), point.goals_rated)}</p>;
      })}
      <p class="hint">{w.scoreHint}</p>
    </section>
  );
}

export function Goals({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<GoalsOf>(`goals ${id}`, () => readGoals(id), (change) => change.kind === "goal" && change.patient_id === id);
  const mayWrite = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const add = <Ask label={w.add} kind="primary" send={w.addGo} lead={w.addLead} fields={fields()} onSend={async (values, goalId) => { await addGoal({ id: goalId, patient_id: id, title: values["title"] ?? "", levels: [], ...scaleOf(values) } as never); await loaded.reload(); }} />;
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={mayWrite && add}>
      {({ goals, attainment }) => (
        <>
          <Score attainment={attainment} />
          {goals.length === 0 && <p class="card empty">{w.none}</p>}
          {goals.map((one) => (
            <GoalCard key={one.goal.id} {...one} mayRate={mayWrite} reload={loaded.reload} />
          ))}
        </>
      )}
    </Room>
  );
}
