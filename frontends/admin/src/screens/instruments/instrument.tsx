/** One instrument: its terms, its questions by topic, and the clinic's wording. */
import { useState } from "preact/hooks";
import { Fold } from "../../../../shared/office/fold.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { Facts, Room } from "../../../../shared/office/room.js";
import { useAdmin } from "../../core/admin.js";
import { addToInstruments, readInstrument } from "../../core/instruments.js";
import { isAdmin } from "../../core/pages.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/instruments.js";
import { FileForm } from "./file-form.js";

const w = spoken({ en });

export function InstrumentScreen({ id }: { id: string }) {
  const { me } = useAdmin();
  const loaded = useLoaded(`instrument ${id}`, () => readInstrument(id));
  const [isImported, setIsImported] = useState(false);
  const send = async (questionnaire: Record<string, unknown>, { language, licence_note }: Record<string, string>): Promise<void> => {
    await addToInstruments({ questionnaire: questionnaire as never, instrument_id: id, language: language?.trim() ?? null, licence_note: licence_note?.trim() ?? null });
    setIsImported(true);
    await loaded.reload();
  };
  return (
    <Room title={loaded.value?.definition.name ?? w.title} loaded={loaded} back={<a href="#/instruments">{w.backToList}</a>}>
      {({ definition, sources, languages }) => (
        <>
          <section class="card">
            <Facts
              facts={[
                [w.heads[1]!, plain(definition.measures)],
                [w.kind, plain(definition.kind)],
                [w.recall, definition.recall],
                [w.heads[3]!, String(definition.version)],
                [w.owner, definition.licence_owner],
                [w.licence, definition.licence_terms],
                [w.languages, languages.join(", ") || w.noWording],
              ]}
            />
            <Fold title={w.topics}>
              {() => <ol>{definition.items.map((item) => <li key={item.id}>{item.topic}</li>)}</ol>}
            </Fold>
            <Fold title={w.sources}>
              {() => (
                <ul>
                  {Object.entries(sources).map(([name, source]) => (
                    <li key={name}>
                      {source.what} <span class="hint">{source.where}</span>
                    </li>
                  ))}
                </ul>
              )}
            </Fold>
          </section>
          {isAdmin(me) && (
            <FileForm
              title={w.import}
              hint={w.importHint}
              done={isImported ? w.done : ""}
              go={w.go}
              fields={[{ name: "language", label: w.language, hint: w.languageHint, value: "en" }, { name: "licence_note", label: w.note }]}
              onSend={send}
            />
          )}
        </>
      )}
    </Room>
  );
}
