/** What changed between two proposals of a plan, or since the plan that it replaces. */
import { useState } from "preact/hooks";
import { readPlanDiff, readPlanVersions } from "../../core/changes.js";
import { useLoaded } from "../../core/hooks.js";
import type { Plan } from "../../core/types.js";
import { en as diffEn } from "../../messages/en/diff.js";
import { en as planEn } from "../../messages/en/plan.js";
import { dayOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Pending, Pick } from "../../parts/basics.js";
import { Diff } from "../../parts/diff.js";
import { Fold } from "../../parts/fold.js";

const w = spoken({ en: diffEn });
const planWords = spoken({ en: planEn });

const words = (field: string): string => planWords.text[field] ?? plain(field);

function Changes({ plan }: { plan: Plan }) {
  const versions = useLoaded(`versions ${plan.id} ${plan.version}`, () => readPlanVersions(plan.id));
  const [from, setFrom] = useState("");
  const loaded = useLoaded(`diff ${plan.id} ${plan.version} ${from}`, () => readPlanDiff(plan.id, from === "" ? null : Number(from)));
  if (loaded.value === null) return <Pending loaded={loaded} />;
  const { facts, strategies } = loaded.value;
  const earlier = (versions.value ?? []).filter((version) => version.revision < plan.revision);
  return (
    <>
      {earlier.length > 0 && (
        <Pick name={`since-${plan.id}`} label={w.from} value={from} onChange={setFrom} options={[["", w.before], ...earlier.map((one): [string, string] => [String(one.revision), w.proposal(dayOf(one.proposed_at), one.declined_at !== null)])]} />
      )}
      <Diff fields={facts} words={words} />
      {strategies.filter((one) => one.change !== "same").map((one) => (
        <section key={one.id}>
          <h3>{w.strategy[one.change]}</h3>
          <Diff fields={one.fields} words={words} />
        </section>
      ))}
    </>
  );
}

/** Nothing, for a first proposal: there is no other to compare it with. */
export function PlanChanges({ plan }: { plan: Plan }) {
  if (plan.replaces_id === null && plan.revision < 2) return null;
  return <Fold title={w.title}>{() => <Changes plan={plan} />}</Fold>;
}
