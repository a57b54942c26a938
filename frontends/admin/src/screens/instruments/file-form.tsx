/** A JSON file that is read here and sent as it is, with a few fields beside it. */
import { useRef, useState } from "preact/hooks";
import { Alert, Line } from "../../../../shared/office/basics.js";
import { NotSent, useAct } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { withProof } from "../../../../shared/office/proof.js";
import { en } from "../../messages/en/instruments.js";

const w = spoken({ en });

export interface FileField {
  name: string;
  label: string;
  hint?: string;
  value?: string;
}

async function contentOf(file: File | undefined): Promise<Record<string, unknown>> {
  if (file === undefined) throw new NotSent(w.noFile);
  try {
    return JSON.parse(await file.text()) as Record<string, unknown>;
  } catch {
    throw new NotSent(w.noJson);
  }
}

/** `done` is what was done last; empty if nothing was. */
export function FileForm({ title, hint, done, go, fields = [], onSend }: { title: string; hint: string; done: string; go: string; fields?: FileField[]; onSend: (content: Record<string, unknown>, values: Record<string, string>) => Promise<void> }) {
  const chosen = useRef<HTMLInputElement>(null);
  const [values, setValues] = useState<Record<string, string>>(Object.fromEntries(fields.map(({ name, value = "" }) => [name, value])));
  const { isBusy, message, act } = useAct();
  const send = (): Promise<void> =>
    act(async () => {
      const content = await contentOf(chosen.current?.files?.[0]);
      await withProof(() => onSend(content, values));
      if (chosen.current) chosen.current.value = "";
    });
  return (
    <section class="card">
      <h2>{title}</h2>
      <p class="hint">{hint}</p>
      <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
        <div class="field">
          <label>
            {w.file}
            <input ref={chosen} type="file" accept="application/json,.json" />
          </label>
        </div>
        {fields.map((field) => (
          <Line key={field.name} name={field.name} label={field.label} {...(field.hint ? { hint: field.hint } : {})} value={values[field.name] ?? ""} onInput={(value) => setValues({ ...values, [field.name]: value })} isRequired />
        ))}
        <Alert message={message} />
        <p role="status">{isBusy || message ? "" : done}</p>
        <button type="submit" data-primary disabled={isBusy}>
          {go}
        </button>
      </form>
    </section>
  );
}
