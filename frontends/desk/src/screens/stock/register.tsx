/** The register of one container: every entry with the balance after it, who recorded and who witnessed it. It prints. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { readContainers, readRegister, recordEntry, reverseEntry, witnessEntry, type Register } from "../../core/custody.js";
import { useNames } from "../../core/staff.js";
import type { Container, CustodyEntry, RecordedKind } from "../../core/types.js";
import { en } from "../../messages/en/stock.js";
import { amountOf, calendarDay, momentOf, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field, type Values } from "../../parts/ask.js";
import { Facts, Room, Table } from "../../parts/room.js";
import { Findings } from "../../parts/findings.js";
import { inUnits, Remarks } from "./stock.js";

const w = spoken({ en });

const WITH_REASON = ["wasted", "destroyed", "lost", "stolen", "adjusted", "returned"];
const WITH_PLACE = ["moved", "received", "returned", "destroyed", "transferred_out"];
const KINDS = ["counted", "wasted", "received", "transferred_out", "moved", "returned", "destroyed", "lost", "stolen", "adjusted"];
const kindWords = (kind: string): string => w.kind[kind] ?? plain(kind);
const FINAL = ["moved", "counted", "reversed", "witnessed"];

function fields(container: Container, others: Container[]): Field[] {
  const is = (...kinds: string[]) => (values: Values): boolean => kinds.includes(values["kind"] ?? "");
  return [
    { name: "kind", label: w.what, options: KINDS.map((kind) => [kind, kindWords(kind)]) },
    { name: "amount", label: `${w.amount} (${container.unit})`, type: "number", isFor: (values) => values["kind"] !== "moved" },
    { name: "to_container_id", label: w.to, isFor: is("transferred_out"), options: [["", w.outside], ...others.filter((one) => one.id !== container.id).map((one): [string, string] => [one.id, `${one.formulation}, ${w.lot} ${one.lot}`])] },
    { name: "place", label: w.place, isOptional: true, isFor: (values) => is(...WITH_PLACE)(values) && !values["to_container_id"] },
    { name: "reason", label: w.reason, hint: w.reasonHint, type: "area", isFor: is(...WITH_REASON) },
  ];
}

function record(id: string, values: Values, entryId: string) {
  const { kind, amount, ...rest } = values;
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== ""));
  return recordEntry(id, { id: entryId, kind: kind as RecordedKind, ...(amount === undefined ? {} : { amount: Number(amount) }), ...given });
}

function Row({ entry, names, mayRecord, container, reload }: { entry: CustodyEntry; names: (id: string) => string; mayRecord: boolean; container: Container; reload: () => Promise<void> }) {
  const { me } = useDesk();
  const isOpen = entry.witness_due_at !== null && entry.witnessed_at === null;
  const label = w.entry(entry.number);
  const facts = [entry.reason, entry.place, entry.counted === null ? null : w.countedAs(amountOf(entry.counted))].filter(Boolean);
  return (
    <tr class={entry.reversed_by_id ? "struck" : ""}>
      <th scope="row">{entry.number}</th>
      <td>
        <time dateTime={entry.recorded_at}>{momentOf(entry.recorded_at)}</time>
      </td>
      <td dir="auto">
        {kindWords(entry.kind)}
        {facts.length > 0 && <span class="hint"> {facts.join(" · ")}</span>}
        {entry.reversed_by_id && <span class="hint"> {w.takenBack}</span>}
        <Findings findings={entry.findings} />
      </td>
      <td class="number">{entry.change === 0 ? "" : `${entry.change > 0 ? "+" : "−"}${amountOf(Math.abs(entry.change))}`}</td>
      <td class="number">{amountOf(entry.balance)}</td>
      <td dir="auto">{names(entry.recorded_by_id)}</td>
      <td dir="auto">
        {entry.witnessed_at && `${names(entry.witnessed_by_id ?? "")}, ${momentOf(entry.witnessed_at)}`}
        {isOpen && entry.recorded_by_id !== me?.id && (
          <Ask label={w.witness} title={w.witnessTitle(entry.number)} lead={w.witnessLead} kind="small" send={w.witness} fields={[{ name: "reason", label: w.remark, isOptional: true }]} onSend={async ({ reason }, id) => { await witnessEntry(container.id, entry.id, { id, reason: reason || null }); await reload(); }} />
        )}
        {isOpen && entry.recorded_by_id === me?.id && <span class="hint">{w.waitsWitness}</span>}
        {mayRecord && entry.reversed_by_id === null && !FINAL.includes(entry.kind) && (
          <Ask label={w.reverse} title={w.reverseTitle(label)} lead={w.reverseLead} kind="small quiet" send={w.reverse} fields={[{ name: "reason", label: w.reason, hint: w.reasonHint, type: "area" }]} onSend={async ({ reason }, id) => { await reverseEntry(container.id, entry.id, { id, reason: reason ?? "" }); await reload(); }} />
        )}
      </td>
    </tr>
  );
}

export function RegisterScreen({ id }: { id: string }) {
  const { me } = useDesk();
  const loaded = useLoaded<Register>(`register ${id}`, () => readRegister(id), (change) => change.id === id);
  const others = useLoaded("stock", readContainers);
  const container = loaded.value?.container;
  const mayRecord = me?.roles.some((role) => role === "therapist" || role === "prescriber") ?? false;
  const names = useNames();
  const tools = container && (
    <>
      {mayRecord && <Ask label={w.record} kind="primary" send={w.recordGo} fields={fields(container, others.value ?? [])} onSend={async (values, entryId) => { await record(id, values, entryId); await loaded.reload(); }} />}
      <button type="button" onClick={() => print()}>
        {w.print}
      </button>
    </>
  );
  return (
    <Room kind="" title={container?.formulation ?? w.title} loaded={loaded} tools={tools} back={<a href="#/stock">{w.title}</a>}>
      {({ container: one, entries }) => (
        <div class="register">
          <section class="card">
            <p class="lead">
              {w.balance(inUnits(one.balance, one))} <Remarks container={one} />
            </p>
            <Facts facts={[[w.strength, one.strength], [w.lot, one.lot], [w.expires, calendarDay(one.expires_on)], [w.keptAt, one.kept_at], [w.lastCount, one.last_counted_at && momentOf(one.last_counted_at)], [w.perUnit, one.unit === "mg" ? null : amountOf(one.mg_per_unit)]]} />
            <Findings findings={one.findings} />
          </section>
          <section class="card">
            <h2>{w.register}</h2>
            <Table label={w.register} heads={[w.number, w.when, w.what, w.change, w.after, w.by, w.witnessed]}>
              {entries.map((entry) => (
                <Row key={entry.id} entry={entry} names={names} mayRecord={mayRecord} container={one} reload={loaded.reload} />
              ))}
            </Table>
            <p class="only-print">
              {w.printed(momentOf(Date.now()), me?.name ?? "")} {w.signature}
            </p>
          </section>
        </div>
      )}
    </Room>
  );
}
