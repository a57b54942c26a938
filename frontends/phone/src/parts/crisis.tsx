/** The numbers to call. They are on the phone, also offline and before sign-in. */
import { useJournal } from "../journal/hooks.js";
import type { CrisisResource } from "../journal/types.js";
import { t } from "../messages/index.js";

export const dialled = (contact: string): string => contact.replace(/[^\d+*#]/g, "");

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
        <a class="button" href={`sms:${number}`}>
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

/** Whom to call in danger, and what the clinic says for that. `lines` are those of an answer, if there is one. */
export function Crisis({ lines }: { lines?: CrisisResource[] }) {
  const { safety } = useJournal();
  const shown = lines?.length ? lines : safety.lines;
  return (
    <section class="card crisis" aria-labelledby="crisis-title">
      <h2 id="crisis-title">{t.help.danger}</h2>
      {shown.length === 0 && <p>{t.help.none}</p>}
      <ul class="plain">
        {shown
          .filter((line) => line.kind === "emergency")
          .map((line) => (
            <CrisisLine key={line.contact} line={line} />
          ))}
      </ul>
      {safety.emergencyInstruction && (
        <>
          <h3>{t.help.instruction}</h3>
          <p dir="auto">{safety.emergencyInstruction}</p>
        </>
      )}
      {shown.length > 0 && <p class="hint">{t.help.anyCountry}</p>}
    </section>
  );
}

/** Somebody to talk to: the crisis lines, and the clinic. */
export function CrisisLines({ lines }: { lines?: CrisisResource[] }) {
  const { safety } = useJournal();
  const shown = (lines?.length ? lines : safety.lines).filter((line) => line.kind !== "emergency");
  if (shown.length === 0 && !safety.clinicPhone) return null;
  return (
    <section class="card lines" aria-labelledby="lines-title">
      <h2 id="lines-title">{t.help.lines}</h2>
      <ul class="plain">
        {shown.map((line) => (
          <CrisisLine key={line.contact} line={line} />
        ))}
        {safety.clinicPhone && (
          <li class="line">
            <a class="button" href={`tel:${dialled(safety.clinicPhone)}`}>
              {t.help.callClinic} <strong>{safety.clinicPhone}</strong>
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
