/** Controlled drugs of the clinic: each container, and what should be in it. */
import { useDesk, useLoaded } from "../../core/hooks.js";
import { addContainer, readContainers } from "../../core/custody.js";
import type { Container } from "../../core/types.js";
import { en } from "../../messages/en/stock.js";
import { amountOf, calendarDay, spoken } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field } from "../../parts/ask.js";
import { useRowFocus } from "../../parts/basics.js";
import { Room } from "../../parts/room.js";

const w = spoken({ en });

const picks = (names: string[]): [string, string][] => names.map((name) => [name, plain(name)]);

const FIELDS: Field[] = [
  { name: "drug", label: w.drug, options: picks(["ketamine", "esketamine", "other"]) },
  { name: "formulation", label: w.formulation },
  { name: "strength", label: w.strength },
  { name: "lot", label: w.lot },
  { name: "expires_on", label: w.expires, type: "date" },
  { name: "unit", label: w.unit, options: ["mg", "mL", "device", "tablet", "lozenge"].map((unit) => [unit, unit]) },
  { name: "mg_per_unit", label: w.perUnit, type: "number", isFor: (values) => values["unit"] !== "mg" },
  { name: "kept_at", label: w.keptAt },
  { name: "opening_amount", label: w.opening, type: "number" },
];

export const inUnits = (amount: number, { unit }: { unit: string }): string => `${amountOf(amount)} ${unit}`;

/** What is wrong with a container, in words; empty if nothing is. */
export function Remarks({ container }: { container: Container }) {
  const isOver = container.expires_on < new Date().toISOString().slice(0, 10);
  return (
    <>
      {container.unexplained !== 0 && <span class="late">{w.unexplained(inUnits(container.unexplained, container))}</span>}
      {isOver && <span class="late">{w.expired}</span>}
    </>
  );
}

export function Stock() {
  const { me } = useDesk();
  const loaded = useLoaded("stock", readContainers, (change) => change.kind === "custody_container");
  useRowFocus(loaded.value !== null);
  const mayAdd = me?.roles.some((role) => role === "clinic_admin") ?? false;
  const add = <Ask label={w.add} fields={FIELDS} send={w.addGo} kind="primary" onSend={async (values, id) => {
    const { opening_amount: amount, mg_per_unit: mg, ...facts } = values;
    await addContainer({ ...facts, id, opening_amount: Number(amount), mg_per_unit: Number(mg ?? 1) } as never);
    await loaded.reload();
  }} />;
  return (
    <Room title={w.title} loaded={loaded} tools={mayAdd && add}>
      {(containers) => (
        <section class="card">
          {containers.length === 0 && <p class="hint">{w.none}</p>}
          <ul class="plain rows">
            {containers.map((container) => (
              <li key={container.id}>
                <a data-row href={`#/stock/${container.id}`}>
                  <span class="what" dir="auto">
                    <strong>{container.formulation}</strong>
                    <span class="first-words">
                      {[container.strength, `${w.lot} ${container.lot}`, container.kept_at].join(" · ")}
                    </span>
                  </span>
                  <span class="amount">
                    <strong>{inUnits(container.balance, container)}</strong>
                    <span class="hint">{container.last_counted_at ? w.counted(calendarDay(container.last_counted_at.slice(0, 10))) : w.neverCounted}</span>
                    <Remarks container={container} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Room>
  );
}
