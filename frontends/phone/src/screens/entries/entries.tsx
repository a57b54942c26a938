import { firstWords, type JournalEntry } from "../../journal/entries.js";
import { useEntries, useJournal } from "../../journal/hooks.js";
import { dayOf, t, timeOf } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";

/** One line of the list: the first words, the time, and where the entry is. */
function Row({ entry }: { entry: JournalEntry }) {
  const words = firstWords(entry.content);
  return (
    <li>
      <a class="card row-link" href={`#/entry/${entry.id}`}>
        <span dir="auto" class={words ? "" : "hint"}>
          {words || t.entries.untitled}
        </span>
        <span class="hint">
          {timeOf(entry.at)} · <span class={`where ${entry.where}`}>{t.where[entry.where]}</span>
        </span>
      </a>
    </li>
  );
}

/** Every entry, newest first, by day. */
export function Entries() {
  const { phase } = useJournal();
  const entries = useEntries();
  const days = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const day = new Date(entry.at).toDateString();
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <>
      <Title>{t.entries.title}</Title>
      <a class="button primary wide" href="#/write/new">
        {t.entries.write}
      </a>
      {phase === "ended" && <p class="card">{t.entries.ended}</p>}
      {phase !== "ended" && entries.length === 0 && <p class="hint">{t.entries.none}</p>}
      {[...days].map(([day, found]) => (
        <section key={day}>
          <h2>{dayOf(found[0]!.at)}</h2>
          <ul class="plain">
            {found.map((entry) => (
              <Row key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
