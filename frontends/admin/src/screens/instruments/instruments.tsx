/** The instruments that can be scored. */
import { useState } from "preact/hooks";
import { useRowFocus } from "../../../../shared/office/basics.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { useAdmin } from "../../core/admin.js";
import { addToInstruments, readInstruments } from "../../core/instruments.js";
import { isAdmin } from "../../core/pages.js";
import { plain } from "../../core/words.js";
import { en } from "../../messages/en/instruments.js";
import { FileForm } from "./file-form.js";

const w = spoken({ en });

export function InstrumentList() {
  const { me } = useAdmin();
  const loaded = useLoaded("instruments", readInstruments);
  const [isAdded, setIsAdded] = useState(false);
  useRowFocus(loaded.value !== null);
  const add = async (definition: Record<string, unknown>): Promise<void> => {
    await addToInstruments({ definition: definition as never });
    setIsAdded(true);
    await loaded.reload();
  };
  return (
    <Room title={w.title} hint={w.hint} loaded={loaded} back={<a href="#/clinic">{w.back}</a>}>
      {(instruments) => (
        <>
          <section class="card">
            <ul class="plain rows">
              {instruments.map((one) => (
                <li key={one.id}>
                  <a data-row href={`#/instrument/${one.id}`}>
                    <span class="name">{one.name}</span>
                    <span class="roles hint">{[plain(one.measures), w.items(one.item_count), w.version(one.version)].join(", ")}</span>
                    <span class="tag">{one.state === "provisional" ? w.provisional : w.terms[one.text_distribution] ?? plain(one.text_distribution)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </section>
          {isAdmin(me) && <FileForm title={w.add} hint={w.addHint} done={isAdded ? w.added : ""} go={w.add} onSend={add} />}
        </>
      )}
    </Room>
  );
}
