/** The liver values of one chart. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { addLabResult, readLabResults, withdrawLabResult, type LabResult } from "../../core/lab.js";
import { en } from "../../messages/en/lab.js";
import { amountOf, dayOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });
/** Noon of the day, so that it is the same day wherever it is read; now, if that is still to come. */
const noonOf = (day: string): string => new Date(Math.min(Date.parse(`${day}T12:00:00`), Date.now())).toISOString();

export function Lab({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<LabResult[]>(`lab ${id}`, () => readLabResults(id), (change) => change.patient_id === id && change.kind === "lab_result");
  const mayWrite = me?.roles.some((one) => one === "therapist" || one === "prescriber") ?? false;
  const tools = mayWrite && (
    <Ask label={w.add} kind="primary" send={w.addGo} fields={[{ name: "analyte", label: w.analyte, options: w.analytes }, { name: "value", label: w.value, type: "number" }, { name: "limit", label: w.limit, type: "number" }, { name: "taken", label: w.takenOn, type: "date" }]} onSend={async (values, resultId) => {
      await addLabResult({ id: resultId, patient_id: id, analyte: values["analyte"] as "alt", value: Number(values["value"]), upper_limit: Number(values["limit"]), taken_at: noonOf(values["taken"] ?? "") });
      await loaded.reload();
    }} />
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={tools} hint={w.lead}>
      {(results) => (
        <section class="card">
          {results.length === 0 && <p class="hint">{w.none}</p>}
          <ul class="plain parts">
            {results.map((one) => (
              <li key={one.id}>
                <p class="given">
                  <time dateTime={one.taken_at}>{dayOf(one.taken_at)}</time> <strong>{w.named[one.analyte]}</strong> {w.shown(amountOf(one.value), amountOf(one.upper_limit))} {one.is_high && <span class="tag">{w.high}</span>}
                </p>
                {mayWrite && (
                  <Ask label={w.withdraw} kind="small" send={w.withdrawGo} fields={[{ name: "reason", label: w.why, type: "area" }]} onSend={async ({ reason }) => {
                    await withdrawLabResult(one, reason ?? "");
                    await loaded.reload();
                  }} />
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Room>
  );
}
