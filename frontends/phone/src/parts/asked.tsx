/** Links to the questionnaires that wait for answers. */
import { openMeasures, titleOf } from "../journal/asked.js";
import { useJournal } from "../journal/hooks.js";
import { t } from "../messages/index.js";

export function AskedMeasures() {
  const { next, asked, waiting } = useJournal();
  return (
    <>
      {openMeasures(next, asked, waiting, Date.now()).map((one) => (
        <a key={one.id} class="card row-link" href={`#/measure/${one.id}`}>
          <strong lang={one.wording?.language} dir="auto">
            {titleOf(one)}
          </strong>
          <span class="hint">{t.checkIn.questions(one.definition.items.length)}</span>
        </a>
      ))}
    </>
  );
}
