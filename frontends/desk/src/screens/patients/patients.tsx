import { useEffect, useState } from "preact/hooks";
import { useAct, useLoaded } from "../../core/hooks.js";
import { readPatients, searchPatients } from "../../core/things.js";
import type { Patient } from "../../core/types.js";
import { calendarDay, t } from "../../messages/index.js";
import { Alert, Line, Pending, Title, useRowFocus } from "../../parts/basics.js";

interface Found {
  items: Patient[];
  next_cursor: string | null;
}

export function Patients({ id }: { id: string }) {
  const isSearch = id === "search";
  const loaded = useLoaded<Found>("patients", () => readPatients(null), (change) => change.kind === "chart" || change.kind === "patient");
  const [words, setWords] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const { isBusy, message, act } = useAct();
  const shown = found ?? loaded.value;
  useRowFocus(shown !== null);
  useEffect(() => {
    if (isSearch) document.getElementById("field-name-part")?.focus();
  }, [isSearch]);
  const search = (): Promise<void> => act(async () => setFound(words.trim() === "" ? null : await searchPatients(words.trim())));
  const more = (): Promise<void> =>
    act(async () => {
      if (shown === null) return;
      const next = await readPatients(shown.next_cursor);
      loaded.set({ items: [...shown.items, ...next.items], next_cursor: next.next_cursor });
    });
  return (
    <>
      <Title label={t.patients.title}>{t.patients.title}</Title>
      <form class="search" role="search" onSubmit={(event) => { event.preventDefault(); void search(); }}>
        <Line name="name-part" type="search" label={t.patients.search} value={words} onInput={setWords} autocomplete="off" />
        <button type="submit" data-primary disabled={isBusy}>
          {t.patients.go}
        </button>
      </form>
      <Alert message={message} />
      {shown === null && <Pending loaded={loaded} />}
      {shown?.items.length === 0 && <p role="status">{found ? t.patients.none : t.patients.empty}</p>}
      <ul class="plain rows">
        {(shown?.items ?? []).map((patient) => (
          <li key={patient.id}>
            <a data-row href={`#/chart/${patient.id}`}>
              <strong dir="auto">{patient.name}</strong>
              <span class="hint">
                {patient.preferred_name && `${t.patients.called(patient.preferred_name)} · `}
                {patient.birth_on && t.patients.born(calendarDay(patient.birth_on))}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {found === null && shown?.next_cursor && (
        <button type="button" disabled={isBusy} onClick={() => void more()}>
          {t.more}
        </button>
      )}
    </>
  );
}
