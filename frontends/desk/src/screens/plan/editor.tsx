/** Changing the next version of a plan, with autosave as for a note. */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { useAct } from "../../core/hooks.js";
import { addStrategy, planFields, planStore, removeStrategy, STRATEGY_TEXTS } from "../../core/things.js";
import type { Plan, StrategyCategory } from "../../core/types.js";
import { useSaver } from "../../core/writing.js";
import { en } from "../../messages/en/plan.js";
import { spoken, t } from "../../messages/index.js";
import { CATEGORIES, plain } from "../../messages/words.js";
import { Ask } from "../../parts/ask.js";
import { Alert, Area, Line, SureButton } from "../../parts/basics.js";
import { Conflicts, SaveStatus } from "../../parts/saving.js";
import { counterpart, Mark, StrategyFacts } from "./text.js";

const w = spoken({ en });

interface Given {
  plan: Plan;
  agreed: Plan | null;
  steps: (plan: Plan, etag: () => Promise<string>) => ComponentChildren;
  reload: () => Promise<void>;
}

const STRATEGY = [
  { name: "title", label: w.titleField },
  { name: "category", label: w.category, options: CATEGORIES.map((key): [string, string] => [key, plain(key)]) },
];

export function PlanEditor({ plan: given, agreed, steps, reload }: Given) {
  const [plan, setPlan] = useState(given);
  const store = useMemo(
    () =>
      planStore(given.id, (found) => {
        setPlan(found);
        if (!found.allowed_actions.includes("update")) void reload();
      }),
    [given.id],
  );
  const found = useSaver(store, false);
  const { message, act } = useAct();
  useEffect(() => {
    setPlan(given);
    void found?.saver.look(); // a step made another version
  }, [given.version]);
  if (found === null || found.message) return <p role={found?.message ? "alert" : undefined}>{found?.message || t.loading}</p>;
  const { saver, view } = found;
  if (view.state === "opening") return <p class="hint">{t.loading}</p>;
  const before = agreed === null ? null : planFields(agreed);
  const words = (field: string): string => {
    const [part = "", text] = field.split(".");
    if (text === undefined) return part === "aim" ? w.aim : part === "title" ? w.titleField : w.reviewOn;
    return `${view.fields[`${part}.title`] ?? ""}: ${w.text[text] ?? text}`;
  };
  const value = (field: string): string => view.fields[field] ?? "";
  const conflicts = (field: string) => <Conflicts saver={saver} view={view} field={field} words={words} />;
  const remove = (id: string): Promise<void> =>
    act(async () => {
      await removeStrategy(plan.id, await saver.settled(), id);
      await saver.look();
    });
  return (
    <>
      <SaveStatus saver={saver} view={view} words={words} />
      <div class="changed-mark">
        <Line name="title" label={w.titleField} value={value("title")} onInput={(text) => saver.write("title", text)} isField />
        <Mark isShown={before !== null && before["title"] !== value("title")} kind="changed" />
      </div>
      {conflicts("title")}
      <div class="changed-mark">
        <Area name="aim" label={w.aim} value={value("aim")} onInput={(text) => saver.write("aim", text)} rows={2} />
        <Mark isShown={before !== null && before["aim"] !== value("aim")} kind="changed" />
      </div>
      {conflicts("aim")}
      <Line name="review_on" type="date" label={w.reviewOn} value={value("review_on")} onInput={(text) => saver.write("review_on", text)} isField />
      {conflicts("review_on")}
      {plan.strategies.map((strategy, index) => {
        const twin = counterpart(strategy, agreed);
        const isChanged = twin !== null && STRATEGY_TEXTS.some((text) => value(`${strategy.id}.${text}`) !== (twin[text] ?? ""));
        return (
          <fieldset key={strategy.id} class="strategy">
            <legend>
              {w.strategy(index + 1)} <Mark isShown={isChanged} kind="changed" />
              <Mark isShown={agreed !== null && twin === null} kind="added" />
            </legend>
            {STRATEGY_TEXTS.map((text) => {
              const field = `${strategy.id}.${text}`;
              const Shape = text === "title" ? Line : Area;
              return (
                <div key={text}>
                  <Shape name={field} label={w.text[text] ?? text} value={value(field)} onInput={(words) => saver.write(field, words)} isField rows={2} />
                  {conflicts(field)}
                </div>
              );
            })}
            <StrategyFacts strategy={strategy} />
            <SureButton label={w.remove} question={w.removeSure} yes={w.remove} onSure={() => void remove(strategy.id)} />
          </fieldset>
        );
      })}
      <Alert message={message} />
      <div class="row end">
        <Ask label={w.addStrategy} send={w.add} fields={STRATEGY} onSend={async ({ title = "", category }) => { await addStrategy(plan.id, await saver.settled(), { category: category as StrategyCategory, title }); await saver.look(); }} />
      </div>
      {steps(plan, () => saver.settled())}
    </>
  );
}
