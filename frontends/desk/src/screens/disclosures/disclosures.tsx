/** The accounting of disclosures of one chart (45 CFR 164.528): who outside was told what, when, on which ground. */
import { useState } from "preact/hooks";
import { readDisclosures, recordDisclosure, withdrawDisclosure, type Disclosure, type DisclosurePage } from "../../core/disclosures.js";
import { useAct, useDesk, useLoaded } from "../../core/hooks.js";
import { useNames } from "../../core/staff.js";
import { en } from "../../messages/en/disclosures.js";
import { momentOf, spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Ask, type Field } from "../../parts/ask.js";
import { Alert, Pick, Words } from "../../parts/basics.js";
import { Facts, Room } from "../../parts/room.js";

const w = spoken({ en });
const groundOf = (basis: string): string => w.bases[basis] ?? plain(basis);

const FIELDS = (): Field[] => [
  { name: "recipient", label: w.recipient },
  { name: "address", label: w.address, isOptional: true },
  { name: "at", label: w.at, type: "instant", value: new Date().toISOString() },
  { name: "content", label: w.content, type: "area" },
  { name: "purpose", label: w.purpose, type: "area" },
  { name: "basis", label: w.basis, options: Object.entries(w.bases) },
];

function One({ one, names, reload }: { one: Disclosure; names: (id: string | null) => string; reload: () => Promise<void> }) {
  return (
    <article class="card" aria-labelledby={one.id}>
      <h2 id={one.id} dir="auto">
        {one.recipient}
      </h2>
      <p class="hint">
        <time dateTime={one.disclosed_at}>{momentOf(one.disclosed_at)}</time>
      </p>
      <Facts
        facts={[
          [w.toWhom, one.address],
          [w.what, one.content],
          [w.why, one.purpose],
          [w.ground, groundOf(one.basis)],
          [w.by, names(one.created_by_id)],
        ]}
      />
      {one.is_permitted !== null && <p class={one.is_permitted ? "hint" : "late"}>{one.is_permitted ? w.permitted : w.notPermitted}</p>}
      {one.withdrawn_at ? (
        <div class="addendum">
          <p class="hint">
            {w.gone(momentOf(one.withdrawn_at))}, {names(one.withdrawn_by_id)}
          </p>
          <Words>{one.withdrawn_reason ?? ""}</Words>
        </div>
      ) : (
        <Ask label={w.withdraw} title={w.withdrawTitle(one.recipient)} kind="small quiet" send={w.withdraw} lead={w.withdrawLead} fields={[{ name: "reason", label: w.reason, type: "area" }]} onSend={async ({ reason }) => { await withdrawDisclosure(one, reason ?? ""); await reload(); }} />
      )}
    </article>
  );
}

export function Disclosures({ id }: { id: string }) {
  const { me } = useDesk();
  const [which, setWhich] = useState("counting");
  const isWithdrawn = which === "withdrawn";
  const names = useNames();
  const loaded = useLoaded<DisclosurePage>(`disclosures ${id} ${which}`, () => readDisclosures(id, isWithdrawn, null), (change) => change.kind === "disclosure" && change.patient_id === id);
  const { isBusy, message, act } = useAct();
  const page = loaded.value;
  const more = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      const next = await readDisclosures(id, isWithdrawn, page.next_cursor);
      loaded.set({ items: [...page.items, ...next.items], next_cursor: next.next_cursor });
    });
  /** Print what the screen shows, with all that is still to be read. */
  const printAll = (): Promise<void> =>
    act(async () => {
      if (page === null) return;
      let whole = page;
      while (whole.next_cursor !== null) {
        const next = await readDisclosures(id, isWithdrawn, whole.next_cursor);
        whole = { items: [...whole.items, ...next.items], next_cursor: next.next_cursor };
      }
      loaded.set(whole);
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
      print();
    });
  const record = (
    <Ask label={w.record} kind="primary" send={w.recordGo} lead={`${w.recordLead} ${w.consentHint}`} fields={FIELDS} onSend={async ({ recipient = "", address, at = "", content = "", purpose = "", basis }, made) => {
      await recordDisclosure({ id: made, patient_id: id, recipient, address: address || null, content, purpose, basis: basis as "court", disclosed_at: at });
      setWhich("counting");
      await loaded.reload();
    }} />
  );
  const tools = (
    <>
      {(page?.items.length ?? 0) > 0 && (
        <button type="button" disabled={isBusy} onClick={() => void printAll()}>
          {w.print}
        </button>
      )}
      {record}
    </>
  );
  return (
    <Room kind="reading accounting" title={w.title} patientId={id} loaded={loaded} tools={tools} hint={w.hint}>
      {({ items, next_cursor }) => (
        <>
          <div class="filter">
            <Pick name="which" label={w.show} value={which} options={[["counting", w.counting], ["withdrawn", w.withdrawn]]} onChange={setWhich} />
          </div>
          {items.length === 0 && <p class="card empty">{isWithdrawn ? w.noneWithdrawn : w.none}</p>}
          {items.map((one) => (
            <One key={one.id} one={one} names={names} reload={loaded.reload} />
          ))}
          <p class="only-print">{w.printed(momentOf(Date.now()), me?.name ?? "")}</p>
          <Alert message={message} />
          {next_cursor && (
            <button type="button" disabled={isBusy} onClick={() => void more()}>
              {t.more}
            </button>
          )}
        </>
      )}
    </Room>
  );
}
