/** The studies for which data of patients who have signed for research are exported. */
import { Ask } from "../../../../shared/office/ask.js";
import { useRowFocus } from "../../../../shared/office/basics.js";
import { dayOf, spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { useAdmin } from "../../core/admin.js";
import { takesExports } from "../../core/pages.js";
import { beginStudy, readStudies } from "../../core/research.js";
import { en } from "../../messages/en/research.js";
import { More, usePages } from "../../parts/pages.js";
import { NotYours } from "./not-yours.js";

const w = spoken({ en });

function Studies() {
  const pages = usePages("studies", readStudies);
  useRowFocus(pages.value !== null);
  const begin = async ({ name = "" }: Record<string, string>, id: string): Promise<void> => {
    await beginStudy(id, name);
    await pages.reload();
  };
  return (
    <Room title={w.title} hint={w.hint} loaded={pages} back={<a href="#/records">{w.back}</a>} tools={<Ask label={w.begin} kind="primary" send={w.beginGo} fields={[{ name: "name", label: w.name, hint: w.nameHint }]} onSend={begin} />}>
      {({ items }) => (
        <section class="card">
          {items.length === 0 && <p>{w.none}</p>}
          <ul class="plain rows">
            {items.map((one) => (
              <li key={one.id}>
                <a data-row href={`#/study/${one.id}`}>
                  <span class="name" dir="auto">{one.name}</span>
                  <span class="hint">{w.begun(dayOf(one.created_at))}</span>
                  {one.closed_at && <span class="tag">{w.isClosed}</span>}
                </a>
              </li>
            ))}
          </ul>
          <More pages={pages} />
        </section>
      )}
    </Room>
  );
}

export function ResearchScreen() {
  const { me } = useAdmin();
  return takesExports(me) ? <Studies /> : <NotYours />;
}
