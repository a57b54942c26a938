import { unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { SafetyPlan } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { Steps } from "../../parts/safety-plan.js";
import { go } from "../../route.js";

type Draft = "asking" | "offline" | SafetyPlan | null;

/** The version that waits for the patient's word. It is read anew each time, so nobody confirms an old one. */
export function SafetyPlanScreen() {
  const { holder } = useJournal();
  const [draft, setDraft] = useState<Draft>("asking");
  const patientId = holder?.patientId ?? null;

  const read = async (): Promise<void> => {
    if (patientId === null) return setDraft(null);
    const isReached = await journal.reader.reached(async () => {
      const path = { patient_id: patientId };
      const { data } = await unwrap(journal.client.http.GET("/v1/patients/{patient_id}/safety-plan", { params: { path } }));
      setDraft(data.draft);
    });
    if (!isReached) setDraft("offline");
  };
  useEffect(() => void read(), [patientId]);

  const confirm = async (plan: SafetyPlan): Promise<void> => {
    const params = { path: { safety_plan_id: plan.id }, header: { "If-Match": `"${plan.version}"` } };
    const isDone = await journal.reader.reached(async () => {
      await unwrap(journal.client.http.POST("/v1/safety-plans/{safety_plan_id}/confirm", { params }));
    });
    if (!isDone) return await read();
    await journal.reader.sync();
    go("help");
  };

  return (
    <>
      <Title>{t.safetyPlan.title}</Title>
      {draft === "offline" && <p class="message">{t.safetyPlan.offline}</p>}
      {draft === null && <p class="hint">{t.safetyPlan.noDraft}</p>}
      {draft !== null && typeof draft === "object" && (
        <>
          <p>{t.safetyPlan.draftHint}</p>
          <Steps plan={draft} title={t.safetyPlan.draft} />
          <button type="button" class="primary wide" onClick={() => void confirm(draft)}>
            {t.safetyPlan.confirm}
          </button>
        </>
      )}
      <p>
        <a href="#/">{t.back}</a>
      </p>
    </>
  );
}
