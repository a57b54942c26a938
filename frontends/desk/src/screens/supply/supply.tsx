/** What a patient should have at home, what was counted there, and the refills that were asked for. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { addCount, decideRefill, dispense, readAtHome, readContainers, type AtHome } from "../../core/custody.js";
import type { HomeCount } from "../../core/types.js";
import { en } from "../../messages/en/supply.js";
import { amountOf, dayOf, momentOf, spoken } from "../../messages/index.js";
import { Ask } from "../../parts/ask.js";
import { Room } from "../../parts/room.js";
import { Findings } from "../../parts/findings.js";

const w = spoken({ en });

const mg = (amount: number): string => `${amountOf(amount)} mg`;

function Count({ count, mayDecide, reload }: { count: HomeCount; mayDecide: boolean; reload: () => Promise<void> }) {
  return (
    <li>
      <p class="given">
        <time dateTime={count.happened_at}>{momentOf(count.happened_at)}</time> <strong>{mg(count.counted_mg)}</strong>
        {count.expected_mg !== null && <span class="hint">{w.expected(mg(count.expected_mg))}</span>}
        {count.seen_on_video && <span class="tag">{w.seen}</span>}
      </p>
      {count.remark && <p dir="auto">{count.remark}</p>}
      <Findings findings={count.findings} />
      {count.refill_state && (
        <p>
          {w.refill[count.refill_state]} <span class="hint" dir="auto">{count.decided_reason}</span>
        </p>
      )}
      {count.refill_state === "requested" && mayDecide && (
        <Ask label={w.decide} kind="small primary" send={w.decideGo} lead={count.earliest_refill_at ? w.earliest(dayOf(count.earliest_refill_at)) : ""} fields={[{ name: "decision", label: w.decision, options: w.decisions }, { name: "reason", label: w.why, type: "area" }]} onSend={async ({ decision, reason }) => { await decideRefill(count, decision as "approved", reason ?? ""); await reload(); }} />
      )}
    </li>
  );
}

export function Supply({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<AtHome>(`supply ${id}`, () => readAtHome(id), (change) => change.patient_id === id && (change.kind === "home_count" || change.kind === "dose"));
  const stock = useLoaded("stock", readContainers);
  const is = (role: string): boolean => me?.roles.some((one) => one === role) ?? false;
  const containers = (stock.value ?? []).filter((one) => one.balance > 0).map((one): [string, string] => [one.id, `${one.formulation}, ${w.lot} ${one.lot}, ${amountOf(one.balance)} ${one.unit}`]);
  const tools = (is("therapist") || is("prescriber")) && (
    <>
      <Ask label={w.count} kind="primary" send={w.countGo} fields={[{ name: "counted", label: w.counted, type: "number" }, { name: "seen", label: w.seenOnVideo, type: "check" }, { name: "refill", label: w.asks, type: "check" }, { name: "remark", label: w.remark, type: "area", isOptional: true }]} onSend={async (values, countId) => {
        await addCount({ id: countId, patient_id: id, counted_mg: Number(values["counted"]), counted_at: new Date().toISOString(), seen_on_video: values["seen"] === "yes", asks_refill: values["refill"] === "yes", remark: values["remark"] || null });
        await loaded.reload();
      }} />
      {containers.length > 0 && (
        <Ask label={w.give} send={w.giveGo} fields={[{ name: "from", label: w.from, options: containers }, { name: "amount", label: w.amount, type: "number" }, { name: "days", label: w.days, type: "number" }]} onSend={async (values, entryId) => {
          await dispense(values["from"] ?? "", { id: entryId, patient_id: id, amount: Number(values["amount"]), days_supply: Number(values["days"]) });
          await loaded.reload();
        }} />
      )}
    </>
  );
  return (
    <Room title={w.title} patientId={id} loaded={loaded} tools={tools}>
      {({ supply, counts }) => (
        <>
          <section class="card">
            <p class="lead">{supply.expected_mg === null ? w.unknown : w.should(mg(supply.expected_mg))}</p>
            {supply.earliest_refill_at && <p class="hint">{w.earliest(dayOf(supply.earliest_refill_at))}</p>}
          </section>
          <section class="card">
            <h2>{w.counts}</h2>
            {counts.length === 0 && <p class="hint">{w.noCounts}</p>}
            <ul class="plain parts">
              {counts.map((count) => (
                <Count key={count.id} count={count} mayDecide={is("prescriber")} reload={loaded.reload} />
              ))}
            </ul>
          </section>
          {supply.supplies.length > 0 && (
          <section class="card">
            <h2>{w.supplies}</h2>
            <ul class="plain parts">
              {supply.supplies.map((one) => (
                <li key={one.id} class={one.reversed_by_id ? "struck" : ""}>
                  <p dir="auto">
                    <strong>{one.formulation}</strong> {one.reversed_by_id && w.takenBack}
                  </p>
                  <p class="hint">{w.given(`${amountOf(one.amount)} ${one.unit}`, one.days_supply, momentOf(one.dispensed_at), one.lot)}</p>
                </li>
              ))}
            </ul>
          </section>
          )}
        </>
      )}
    </Room>
  );
}
