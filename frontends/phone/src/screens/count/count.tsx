/** How much medicine is left at home, and whether a refill is needed. */
import { newId, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { useDraft, useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import { useOnline } from "../../journal/online.js";
import { amountOf, dayOf, momentOf, t } from "../../messages/index.js";
import { r } from "../../messages/rooms.js";
import { TextField, Title } from "../../parts/basics.js";
import { StatementText } from "../../parts/statement.js";

const w = r.count;

interface CountDraft {
  left: string;
  asks: boolean;
  remark: string;
}

async function readAll(patient_id: string) {
  const { http } = journal.client;
  const [supply, counts] = await Promise.all([
    unwrap(http.GET("/v1/patients/{patient_id}/home-supply", { params: { path: { patient_id } } })),
    unwrap(http.GET("/v1/home-counts", { params: { query: { limit: 10 } } })),
  ]);
  return { supply: supply.data, counts: counts.data.items };
}

export function Count() {
  const { holder, waiting, told } = useJournal();
  const patient = holder?.patientId ?? "";
  const draft = useDraft<CountDraft>("count", () => ({ left: "", asks: false, remark: "" }));
  const [keptAs, setKeptAs] = useState<string | null>(null);
  const { value: found, isMissing } = useOnline(`count ${patient}`, () => readAll(patient));
  const value = draft.value ?? { left: "", asks: false, remark: "" };
  const amount = Number(value.left.replace(",", "."));
  const isAmount = value.left.trim() !== "" && amount >= 0;
  const keep = async (): Promise<void> => {
    const id = newId();
    await journal.write("create_home_count", { body: { id, patient_id: patient, counted_mg: amount, counted_at: new Date().toISOString(), remark: value.remark.trim() || null, asks_refill: value.asks }, thingId: id });
    await draft.clear();
    setKeptAs(id);
  };
  return (
    <>
      <Title>{w.title}</Title>
      {found?.supply.expected_mg != null && <p>{w.should(amountOf(found.supply.expected_mg))}</p>}
      {found?.supply.earliest_refill_at && <p class="hint">{w.until(dayOf(found.supply.earliest_refill_at))}</p>}
      <p>{w.lead}</p>
      <div class="field">
        <label for="left">{w.left}</label>
        <input id="left" inputMode="decimal" value={value.left} onInput={(event) => draft.set({ ...value, left: event.currentTarget.value })} />
      </div>
      <label class="check">
        <input type="checkbox" checked={value.asks} onChange={(event) => draft.set({ ...value, asks: event.currentTarget.checked })} />
        <span>{w.asks}</span>
      </label>
      <TextField name="count-remark" label={w.remark} rows={2} value={value.remark} onInput={(remark) => draft.set({ ...value, remark })} />
      <button type="button" class="primary wide" disabled={!isAmount} onClick={() => void keep()}>
        {w.keep}
      </button>
      <p role="status">{keptAs === null ? "" : waiting.some((entry) => entry.thing_id === keptAs) ? w.kept : w.sent}</p>
      {keptAs !== null && told?.id === keptAs && told.monitoring && <StatementText monitoring={told.monitoring} />}
      <h2>{w.before}</h2>
      {found === null && isMissing && <p class="hint">{r.offline}</p>}
      <ul class="plain log">
        {found?.counts.map((one) => (
          <li key={one.id}>
            <strong>{amountOf(one.counted_mg)} mg</strong> <span class="hint">{momentOf(one.happened_at)}</span>
            {one.refill_state && <p>{w.refill[one.refill_state]} {one.decided_reason && <span dir="auto">{one.decided_reason}</span>}</p>}
          </li>
        ))}
      </ul>
      <p>
        <a href="#/more">{t.back}</a>
      </p>
    </>
  );
}
