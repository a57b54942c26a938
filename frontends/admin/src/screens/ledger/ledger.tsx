/** The ledger: its signed head, and for those who review it, its entries. */
import { useState } from "preact/hooks";
import { Line, Pending, Pick } from "../../../../shared/office/basics.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { momentOf, spoken } from "../../../../shared/office/messages.js";
import { Facts, Room, Table } from "../../../../shared/office/room.js";
import { asChoices, readStaff } from "../../../../shared/office/staff.js";
import { useAdmin } from "../../core/admin.js";
import { readsLedger } from "../../core/pages.js";
import { readAllEntries, readEntries, readHead, type Entry, type Heads, type Span } from "../../core/records.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/ledger.js";
import { useActors } from "../../parts/names.js";
import { More, usePages } from "../../parts/pages.js";
import { SaveButton, saveFile } from "../../parts/save-file.js";

const w = spoken({ en });
const MOST_SAVED = 5000;

function Head({ heads }: { heads: Heads | null }) {
  const head = heads?.heads[0];
  return (
    <section class="card">
      <h2>{w.head}</h2>
      {!head ? <p>{w.none}</p> : (
        <>
          <p class="hint">{w.headHint}</p>
          <Facts
            facts={[
              [w.seal, String(head.number)],
              [w.rows, String(head.rows)],
              [w.sealed, momentOf(head.sealed_at)],
            ]}
          />
          <p class="hex">
            <span class="hint">{w.hash}</span> <code>{head.head}</code>
          </p>
          <div class="row">
            <button type="button" class="primary" onClick={() => saveFile(`ledger-head-${head.number}.json`, "application/json", `${JSON.stringify(heads, null, 1)}\n`)}>
              {w.saveHead}
            </button>
            <span class="hint">{w.check}</span>
          </div>
        </>
      )}
    </section>
  );
}

/** A cell of a table: quoted if it needs to be. Ids and fixed words hold nothing that a spreadsheet would run. */
const cell = (value: unknown): string => {
  const text = value === null || value === undefined ? "" : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function tableOf(entries: Entry[]): string {
  const rows = entries.map((entry) => w.columns.map((column) => cell(entry[column as keyof Entry])).join(","));
  return `${[w.columns.join(","), ...rows].join("\r\n")}\r\n`;
}

/** Return the beginning of a day of this computer, as an instant. */
const begins = (day: string): string => new Date(`${day}T00:00:00`).toISOString();

function Entries() {
  const names = useActors();
  const staff = useLoaded("choices", readStaff);
  const [given, setGiven] = useState({ from: "", until: "", who: "" });
  const [span, setSpan] = useState<Span>({});
  const [told, setTold] = useState("");
  const pages = usePages(`ledger ${JSON.stringify(span)}`, (cursor) => readEntries(span, cursor));
  const show = (): void => setSpan({ ...(given.from ? { after: begins(given.from) } : {}), ...(given.until ? { before: begins(given.until) } : {}), ...(given.who ? { actor_id: given.who } : {}) });
  const save = async (): Promise<void> => {
    const found = await readAllEntries(span, MOST_SAVED);
    saveFile("ledger.csv", "text/csv", tableOf(found));
    setTold(found.length < MOST_SAVED ? w.saved(found.length) : w.cut(found.length));
  };
  return (
    <section class="card">
      <h2>{w.entries}</h2>
      <p class="hint">{w.entriesHint}</p>
      <form class="search" onSubmit={(event) => { event.preventDefault(); show(); }}>
        <Line name="from" type="date" label={w.from} value={given.from} onInput={(from) => setGiven({ ...given, from })} />
        <Line name="until" type="date" label={w.until} value={given.until} onInput={(until) => setGiven({ ...given, until })} />
        <Pick name="who" label={w.who} options={[["", w.anybody], ...asChoices(staff.value ?? [])]} value={given.who} onChange={(who) => setGiven({ ...given, who })} />
        <button type="submit" data-primary>{w.show}</button>
      </form>
      {pages.value === null && <Pending loaded={pages} />}
      {pages.value?.items.length === 0 && <p>{w.empty}</p>}
      {pages.value !== null && pages.value.items.length > 0 && (
        <>
          <Table label={w.entries} heads={w.heads}>
            {pages.value.items.map((one) => (
              <tr key={one.id}>
                <th scope="row"><time dateTime={one.at}>{momentOf(one.at)}</time></th>
                <td>{plain(one.event)}</td>
                <td dir="auto">{one.actor_id === null ? w.nobody : names(one.actor_id)}</td>
                <td class={one.outcome === "denied" ? "late" : ""}>{one.reason ? w.because(one.reason) : w.outcome[one.outcome]}</td>
              </tr>
            ))}
          </Table>
          <More pages={pages} />
          <div class="row end">
            <SaveButton label={w.save} onSave={save} />
            <p role="status">{told}</p>
          </div>
        </>
      )}
    </section>
  );
}

export function LedgerScreen() {
  const { me } = useAdmin();
  // An answer that is null is one: it is wrapped, so that it does not look like one that is still to come.
  const loaded = useLoaded("ledger head", async () => ({ heads: await readHead() }));
  return (
    <Room kind="" title={w.title} loaded={loaded} back={<a href="#/records">{w.back}</a>}>
      {({ heads }) => (
        <>
          <Head heads={heads} />
          {readsLedger(me) ? <Entries /> : <p class="hint">{w.notYours}</p>}
        </>
      )}
    </Room>
  );
}
