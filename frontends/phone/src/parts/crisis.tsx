/** The numbers to call. They are on the phone, also offline and before sign-in. */
import { useJournal } from "../journal/hooks.js";
import type { CrisisResource } from "../journal/types.js";
import { t } from "../messages/index.js";

const dialled = (contact: string): string => contact.replace(/[^\d+*#]/g, "");

/** One line, as large buttons to call, and to text if that is possible. */
export function CrisisLine({ line }: { line: CrisisResource }) {
  const number = dialled(line.contact);
  return (
    <li class="line">
      {number !== "" && /call|dial/i.test(line.how) && (
        <a class="button call" href={`tel:${number}`}>
          {t.help.call(line.name)} <strong>{line.contact}</strong>
        </a>
      )}
      {number !== "" && /text|sms/i.test(line.how) && (
        <a class="button quiet" href={`sms:${number}`}>
          {t.help.text(line.name)} <strong>{line.contact}</strong>
        </a>
      )}
      {(number === "" || !/call|dial|text|sms/i.test(line.how)) && (
        <p>
          {line.name}: {line.how} <strong>{line.contact}</strong>
        </p>
      )}
    </li>
  );
}

/** Everything that helps in an emergency, the most urgent first. `lines` are those of an answer, if there is one. */
export function Crisis({ lines }: { lines?: CrisisResource[] }) {
  const { safety } = useJournal();
  const shown = lines?.length ? lines : safety.lines;
  const urgent = shown.filter((line) => line.kind === "emergency");
  const others = shown.filter((line) => line.kind !== "emergency");
  return (
    <section class="card crisis" aria-labelledby="crisis-title">
      <h2 id="crisis-title">{t.help.danger}</h2>
      {shown.length === 0 && <p>{t.help.none}</p>}
      <ul class="plain">
        {urgent.map((line) => (
          <CrisisLine key={line.contact} line={line} />
        ))}
      </ul>
      {safety.emergencyInstruction && (
        <>
          <h3>{t.help.instruction}</h3>
          <p class="instruction">{safety.emergencyInstruction}</p>
        </>
      )}
      {others.length > 0 && <h3>{t.help.lines}</h3>}
      <ul class="plain">
        {others.map((line) => (
          <CrisisLine key={line.contact} line={line} />
        ))}
        {safety.clinicPhone && (
          <li class="line">
            <a class="button quiet" href={`tel:${dialled(safety.clinicPhone)}`}>
              {t.help.call(t.help.clinic)} <strong>{safety.clinicPhone}</strong>
            </a>
          </li>
        )}
      </ul>
      {shown.length > 0 && <p class="hint">{t.help.anyCountry}</p>}
    </section>
  );
}
