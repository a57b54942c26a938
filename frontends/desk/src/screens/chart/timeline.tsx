import { useEffect, useState } from "preact/hooks";
import { useAct, useLoaded } from "../../core/hooks.js";
import { readPlans, readPractices, readTimeline } from "../../core/things.js";
import type { Practice, TimelineItem, TimelineKind } from "../../core/types.js";
import { en } from "../../messages/en/chart.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { Alert, Pending } from "../../parts/basics.js";
import { ItemRow } from "./chart.js";

const w = spoken({ en });

interface Page {
  items: TimelineItem[];
  next_cursor: string | null;
}

/** Everything that happened, newest first. */
export function Timeline({ patientId }: { patientId: string }) {
  const [kind, setKind] = useState<TimelineKind | null>(null);
  const loaded = useLoaded<Page>(`timeline ${patientId} ${kind}`, () => readTimeline(patientId, kind, null), (change) => change.patient_id === patientId);
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readTimeline(patientId, kind, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  const kinds: [TimelineKind | null, string][] = [[null, w.everything], ...(Object.entries(t.kinds) as [TimelineKind, string][])];
  return (
    <section class="card">
      <h2>{w.timeline}</h2>
      <div class="row filter" role="group" aria-label={w.show}>
        {kinds.map(([key, words]) => (
          <button key={words} type="button" class="small" aria-pressed={kind === key} onClick={() => setKind(key)}>
            {words}
          </button>
        ))}
      </div>
      {page === null && <Pending loaded={loaded} />}
      {page?.items.length === 0 && <p class="hint">{w.noneYet}</p>}
      <ul class="plain rows">
        {(page?.items ?? []).map((item) => (
          <ItemRow key={item.id} item={item} patientId={patientId} hasKind />
        ))}
      </ul>
      <Alert message={message} />
      {page?.next_cursor && (
        <button type="button" disabled={isBusy} onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </section>
  );
}

/** The last uses of strategies, with distress before and after. */
export function Practices({ patientId }: { patientId: string }) {
  const loaded = useLoaded<Practice[]>(`practices ${patientId}`, () => readPractices(patientId), (change) => change.patient_id === patientId && change.kind === "practice");
  const [plans, setPlans] = useState<Record<string, string>>({});
  const found = loaded.value;
  useEffect(() => {
    if (!found?.length) return;
    void readPlans(patientId).then((items) => setPlans(Object.fromEntries(items.map((plan) => [plan.id, plan.title]))), () => undefined);
  }, [found !== null, patientId]);
  return (
    <section class="card">
      <h2>{w.practices}</h2>
      {found === null && <Pending loaded={loaded} />}
      {found?.length === 0 && <p class="hint">{w.noneYet}</p>}
      <ul class="plain practices">
        {(found ?? []).map((practice) => (
          <li key={practice.id}>
            <span>
              <time class="hint" dateTime={practice.used_at}>
                {momentOf(practice.used_at)}
              </time>
              <a href={`#/plan/${practice.plan_id}`} dir="auto">
                {plans[practice.plan_id] ?? t.kind.plan}
              </a>
            </span>
            <span>
              {practice.was_skipped ? w.skipped : w.distress(practice.distress_before, practice.distress_after)}
              {practice.context && (
                <span class="hint" dir="auto">
                  {" "}
                  {practice.context}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
