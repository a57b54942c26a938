/** A plan: the agreed version, and beside it the next one, which can be changed until it is agreed. */
import { Problem } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { desk } from "../../core/desk.js";
import { useAct, useLoaded, type Loaded } from "../../core/hooks.js";
import { withProof } from "../../core/proof.js";
import { acceptPlan, beginPlan, declinePlan, readPatient, readPlan, readPlans, stepPlan, type Versioned } from "../../core/things.js";
import type { Draft } from "../../core/local.js";
import type { Plan, PlanStep } from "../../core/types.js";
import { en } from "../../messages/en/plan.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { stateWords } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Pending, SureButton, Title } from "../../parts/basics.js";
import { WhoSees } from "../../parts/who-sees.js";
import { Unsaved } from "../../parts/saving.js";
import { go } from "../../route.js";
import { readEffects } from "../../core/goals.js";
import { PlanChanges } from "./changes.js";
import { PlanEditor } from "./editor.js";
import { PlanText } from "./text.js";

const w = spoken({ en });

interface Pair {
  agreed: Versioned<Plan> | null;
  next: Versioned<Plan> | null;
}

const OPEN = ["draft", "proposed"];

/** Read a plan with the other of the pair: the one that it is to replace, or the one that is to replace it. */
async function readPair(id: string): Promise<Pair> {
  const one = await readPlan(id);
  if (OPEN.includes(one.thing.state)) {
    const before = one.thing.replaces_id;
    return { next: one, agreed: before === null ? null : await readPlan(before).catch(() => null) };
  }
  const others = await readPlans(one.thing.patient_id);
  const next = others.find((plan) => plan.replaces_id === id && OPEN.includes(plan.state));
  return { agreed: one, next: next === undefined ? null : await readPlan(next.id) };
}

/** The steps that may be taken with one plan of the pair. */
function Steps({ plan, hasNext = false, back, etag, onDone }: { plan: Plan; hasNext?: boolean; back?: string | undefined; etag: () => Promise<string>; onDone: (then?: string) => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  const taken = async (work: (version: string) => Promise<unknown>, isEnd = false): Promise<void> => {
    try {
      const version = await etag();
      await withProof(() => work(version));
      await onDone(isEnd ? back : undefined);
      void desk.readTasks();
    } catch (error) {
      if (error instanceof Problem && (error.isStale || error.status === 409)) await onDone();
      throw error;
    }
  };
  const take = (work: (version: string) => Promise<unknown>, isEnd = false): Promise<void> => act(() => taken(work, isEnd));
  const replace = (): Promise<void> =>
    act(async () => onDone(await beginPlan({ patient_id: plan.patient_id, title: plan.title, aim: plan.aim, insight_id: plan.insight_id, review_on: plan.review_on, replaces_id: plan.id })));
  const one = (step: PlanStep) => {
    const words = w.step[step] ?? step;
    const sure = w.sure[step];
    if (step === "update" || (step === "replace" && hasNext)) return null;
    if (step === "replace") return <button key={step} type="button" class="primary" data-primary disabled={isBusy} onClick={() => void replace()}>{words}</button>;
    if (step === "decline") return <Ask key={step} label={words} send={words} fields={[{ name: "reason", label: w.declineReason, type: "area", isOptional: true }]} onSend={({ reason = "" }) => taken((version) => declinePlan(plan.id, version, reason))} />;
    if (step === "accept") return <button key={step} type="button" class="primary" data-primary disabled={isBusy} onClick={() => void take((version) => acceptPlan(plan.id, version, plan.revision))}>{words}</button>;
    if (sure) return <SureButton key={step} label={words} question={sure} yes={words} onSure={() => void take((version) => stepPlan(plan.id, version, step), true)} />;
    return <button key={step} type="button" class={step === "propose" ? "primary" : ""} data-primary={step === "propose" || undefined} disabled={isBusy} onClick={() => void take((version) => stepPlan(plan.id, version, step))}>{words}</button>;
  };
  return (
    <div data-part>
      <div class="row steps">{plan.allowed_actions.map(one)}</div>
      <Alert message={message} />
    </div>
  );
}

/** What became of the last proposal. */
function Standing({ plan }: { plan: Plan }) {
  const words: string[] = [];
  if (plan.state === "proposed" && plan.proposed_by) words.push(`${w.proposedBy[plan.proposed_by]}${plan.proposed_at ? `, ${momentOf(plan.proposed_at)}` : ""}.`);
  if (plan.state === "draft" && plan.declined_at) words.push(plan.decline_reason ? w.declined(plan.decline_reason) : w.declinedBare);
  if (OPEN.includes(plan.state) && plan.replaces_id) words.push(w.waitsForPatient);
  if (plan.state === "proposed" && plan.allowed_actions.includes("update")) words.push(w.editHint);
  return words.length > 0 ? <p class="hint" dir="auto">{words.join(" ")}</p> : null;
}

export function PlanScreen({ id }: { id: string }) {
  const loaded: Loaded<Pair> = useLoaded<Pair>(`plan ${id}`, () => readPair(id), (change): boolean => change.kind === "plan" && (change.id === loaded.value?.agreed?.thing.id || change.id === loaded.value?.next?.thing.id));
  const pair = loaded.value;
  const [left, setLeft] = useState<Draft[]>([]);
  const unwritable = [pair?.agreed?.thing, pair?.next?.thing].find((plan) => plan && !plan.allowed_actions.includes("update"))?.id;
  useEffect(() => {
    const account = desk.state.holder?.accountId ?? "";
    if (unwritable) void desk.local.drafts(account, `plan ${unwritable}`).then(setLeft);
  }, [unwritable, loaded.value]);
  const agreedId = pair?.agreed?.thing.id;
  const effects = useLoaded(`effects ${agreedId}`, () => (agreedId ? readEffects(agreedId) : Promise.resolve(null)), (change) => change.kind === "practice" && change.patient_id === pair?.agreed?.thing.patient_id);
  const first = pair?.next?.thing ?? pair?.agreed?.thing ?? null;
  const patient = useLoaded(`patient ${first?.patient_id}`, () => (first ? readPatient(first.patient_id) : Promise.resolve(null)));
  if (pair === null || first === null) {
    return (
      <>
        <Title label={t.kind.plan}>{t.kind.plan}</Title>
        <Pending loaded={loaded} />
      </>
    );
  }
  const done = async (then?: string): Promise<void> => {
    if (then !== undefined && then !== id) go("plan", then);
    else await loaded.reload();
  };
  const { agreed, next } = pair;
  const isBeside = agreed !== null && next !== null;
  return (
    <div class={isBeside ? "" : "reading"}>
      <div class="heading">
        <div>
          <p class="eyebrow">
            <a data-chart href={`#/chart/${first.patient_id}`} dir="auto">
              {patient.value?.name ?? "…"}
            </a>
          </p>
          <Title label={t.kind.plan}>
            <span dir="auto">{(agreed ?? next)?.thing.title}</span>
          </Title>
        </div>
      </div>
      {loaded.message && <p role="alert">{loaded.message}</p>}
      <Unsaved drafts={left} words={(field) => w.text[field.split(".").at(-1) ?? ""] ?? field} />
      <div class={isBeside ? "beside versions" : ""}>
        {agreed && (
          <section class="card" aria-labelledby="agreed">
            <div class="heading">
              <h2 id="agreed">{isBeside ? w.agreed : t.kind.plan}</h2>
              <span class="tag">{stateWords(agreed.thing.state)}</span>
            </div>
            <Standing plan={agreed.thing} />
            <PlanText plan={agreed.thing} other={next?.thing ?? null} effects={effects.value} />
            <PlanChanges plan={agreed.thing} />
            <Steps plan={agreed.thing} hasNext={next !== null} etag={() => Promise.resolve(agreed.etag)} onDone={done} />
          </section>
        )}
        {next && (
          <section class="card" aria-labelledby="next">
            <div class="heading">
              <h2 id="next">{isBeside ? w.next : t.kind.plan}</h2>
              <span class="tag">{stateWords(next.thing.state)}</span>
            </div>
            <Standing plan={next.thing} />
            <PlanChanges plan={next.thing} />
            {next.thing.allowed_actions.includes("update") ? (
              <PlanEditor key={next.thing.id} plan={next.thing} agreed={agreed?.thing ?? null} steps={(plan, etag) => <Steps plan={plan} back={agreed?.thing.id} etag={etag} onDone={done} />} reload={loaded.reload} />
            ) : (
              <>
                <PlanText plan={next.thing} other={agreed?.thing ?? null} />
                <Steps plan={next.thing} back={agreed?.thing.id} etag={() => Promise.resolve(next.etag)} onDone={done} />
              </>
            )}
          </section>
        )}
      </div>
      {agreed && <WhoSees kind="plan" id={agreed.thing.id} />}
    </div>
  );
}
