/** Writing the next version of a safety plan with the patient. Every keystroke is kept on this computer until it is sent. */
import { newId } from "@integration-journal/client";
import { NotSent, useAct } from "../../core/hooks.js";
import type { Fields } from "../../core/merge.js";
import { rowsOf, sendSafetyPlan, STEPS, type SafetyPlan } from "../../core/safety-plans.js";
import type { Saver } from "../../core/saver.js";
import type { SaverView } from "../../core/saving.js";
import { en } from "../../messages/en/safety-plan.js";
import { spoken } from "../../messages/index.js";
import { Alert, Area, Line, SureButton } from "../../parts/basics.js";
import { Conflicts, SaveStatus } from "../../parts/saving.js";

const w = spoken({ en });
const stepWords = (step: string): string => w.steps[step] ?? step;

/** Begin with these texts. */
export function beginWith(saver: Saver, fields: Fields): void {
  for (const [field, text] of Object.entries(fields)) saver.write(field, text);
}

function words(field: string): string {
  const [step = "", at, part] = field.split(".");
  if (step === "review_on") return w.reviewOn;
  return at === undefined ? stepWords(step) : `${w.row(stepWords(step), Number(at) + 1)}, ${part === "phone" ? w.phone : part === "hours" ? w.hours : w.name}`;
}

function Contacts({ step, saver, view }: { step: string; saver: Saver; view: SaverView }) {
  const value = (field: string): string => view.fields[field] ?? "";
  return (
    <>
      {rowsOf(view.fields, step).map((at, number) => {
        const own = `${step}.${at}`;
        const parts = step === "professionals" ? (["name", "phone", "hours"] as const) : (["name", "phone"] as const);
        const isEmpty = parts.every((part) => value(`${own}.${part}`) === "");
        return (
          <fieldset key={at} class="contact" aria-label={w.row(stepWords(step), number + 1)}>
            {parts.map((part) => (
              <div key={part}>
                <Line name={`${own}.${part}`} label={part === "name" ? w.name : part === "phone" ? w.phone : w.hours} value={value(`${own}.${part}`)} onInput={(text) => saver.write(`${own}.${part}`, text)} isField />
                <Conflicts saver={saver} view={view} field={`${own}.${part}`} words={words} />
              </div>
            ))}
            {isEmpty ? (
              <span class="space" />
            ) : (
              <button type="button" class="small quiet" aria-label={w.removeOf(value(`${own}.name`))} onClick={() => {
                beginWith(saver, { [`${own}.gone`]: "yes", [`${own}.name`]: "", [`${own}.phone`]: "", [`${own}.hours`]: "" });
                document.getElementById(`step-${step}`)?.focus();
              }}>
                {w.remove}
              </button>
            )}
          </fieldset>
        );
      })}
    </>
  );
}

export function SafetyPlanEditor({ patientId, saver, view, newest, onSent }: { patientId: string; saver: Saver; view: SaverView; newest: SafetyPlan | null; onSent: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  const value = (field: string): string => view.fields[field] ?? "";
  /** One of these words that has arrived, although its answer was lost, is no reason to look. */
  const isBehind = newest !== null && Number(value("after")) < newest.number && newest.id !== saver.facts["id"];
  const isReady = value("warning_signs").trim() !== "" && value("internal_coping").trim() !== "" && !isBehind && view.conflicts.length === 0;
  const area = (field: string, label = stepWords(field), hint?: string) => (
    <>
      <Area name={field} label={label} value={value(field)} onInput={(text) => saver.write(field, text)} {...(hint ? { hint } : {})} />
      <Conflicts saver={saver} view={view} field={field} words={words} />
    </>
  );
  /** Send these words. If words of before have arrived, these are the next version. Returns false if more was written meanwhile. */
  const sendAll = async (fields: Fields): Promise<boolean> => {
    const arrived = await sendSafetyPlan(patientId, (saver.facts["id"] ??= newId()), fields);
    if (await saver.finish({ id: newId() }, arrived === null ? fields : {})) return true;
    const after = String(Math.max(Number(fields["after"]), arrived?.number ?? Number(fields["after"]) + 1));
    saver.write("after", after);
    return arrived !== null && (await sendAll({ ...fields, after }));
  };
  const send = (): Promise<void> =>
    act(async () => {
      const isAll = await sendAll(saver.view.fields);
      await onSent();
      if (!isAll) throw new NotSent(w.since);
    });
  return (
    <form class="card" data-part onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h2>{Number(value("after")) === 0 ? w.first : w.writing}</h2>
      <SaveStatus saver={saver} view={view} words={words} />
      {isBehind && (
        <div class="conflict" role="status">
          <p>{w.newer(newest.number)}</p>
          <button type="button" onClick={() => saver.write("after", String(newest.number))}>
            {w.goOn}
          </button>
        </div>
      )}
      <ol class="plain plan-steps">
        {STEPS.map(([step, kind], at) => (
          <li key={step}>
            {kind === "lines" ? (
              area(step, w.numbered(at + 1, stepWords(step)), w.aLine)
            ) : (
              <>
                <h3 id={`step-${step}`} tabIndex={-1}>
                  {w.numbered(at + 1, stepWords(step))}
                </h3>
                <Contacts step={step} saver={saver} view={view} />
              </>
            )}
          </li>
        ))}
      </ol>
      {area("reason_for_living")}
      <Line name="review_on" type="date" label={w.reviewOn} value={value("review_on")} onInput={(text) => saver.write("review_on", text)} isField />
      <Conflicts saver={saver} view={view} field="review_on" words={words} />
      <p class="hint">{w.sendHint}</p>
      {!isReady && !isBehind && <p class="hint">{w.needed}</p>}
      <Alert message={message} />
      <div class="row">
        <button type="submit" class="primary" data-primary disabled={isBusy || !isReady}>
          {w.send}
        </button>
        <SureButton label={w.discard} question={w.discardSure} yes={w.discard} onSure={() => void saver.finish({ id: newId() })} />
      </div>
    </form>
  );
}
