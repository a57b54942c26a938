/** A button with a dialog of a few fields: the one shape of every short form. What was typed stays until it is sent. */
import { NoAnswer } from "@integration-journal/client";
import { useMemo, useRef, useState } from "preact/hooks";
import { Alert, Area, Dialog, Line, Pick } from "./basics.js";
import { useAct } from "./hooks.js";
import { office } from "./office.js";
import { withProof } from "./proof.js";
import { Tries } from "./tries.js";

export type Values = Record<string, string>;

export interface Field {
  name: string;
  label: string;
  /** A list of choices makes it one choice of several. Default: a line of text. */
  options?: [string, string][] | undefined;
  /** `many`: any of the choices, each with a box; the value is their names with spaces between. */
  type?: "text" | "email" | "area" | "date" | "time" | "datetime-local" | "instant" | "number" | "check" | "many";
  hint?: string;
  /** What stands in it first; or how that follows from the fields above. An `instant` that is not edited stays as it is, to the millisecond. */
  value?: string | ((values: Values) => string);
  /** The field above that decides its value: a new choice there does away with what was chosen here. */
  follows?: string;
  isOptional?: boolean;
  /** Whether it belongs to what was chosen so far. */
  isFor?: (values: Values) => boolean;
}

/** Return the value of each field: what was typed, or what stands there first. */
function valuesOf(fields: Field[], typed: Values): Values {
  const found: Values = {};
  for (const { name, value, type, options } of fields) {
    const first = typeof value === "function" ? value(found) : value;
    found[name] = typed[name] ?? first ?? (type === "many" ? "" : options?.[0]?.[0]) ?? "";
  }
  return found;
}

/** An instant as a field of the browser shows it, in the computer's own time. */
const localTime = (at: string): string => new Date(new Date(at).getTime() - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Return the choices of a field with boxes. */
export const chosen = (value: string | undefined): string[] => (value ?? "").split(" ").filter(Boolean);

function Many({ label, hint, options, value, set }: { label: string; hint: string | undefined; options: [string, string][]; value: string; set: (value: string) => void }) {
  const has = chosen(value);
  return (
    <fieldset class="field">
      <legend>{label}</legend>
      {hint && <p class="hint">{hint}</p>}
      <div class="choices">
        {options.map(([key, words]) => (
          <label key={key} class="check">
            <input type="checkbox" checked={has.includes(key)} onChange={(event) => set(options.map(([one]) => one).filter((one) => (one === key ? event.currentTarget.checked : has.includes(one))).join(" "))} /> <span dir="auto">{words}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function One({ field, value, set }: { field: Field; value: string; set: (value: string) => void }) {
  const { label, type, hint, options } = field;
  const name = `ask-${field.name}`;
  const given = { name, label, value, onInput: set, isField: false, isRequired: !field.isOptional, ...(hint ? { hint } : {}) };
  if (options && type === "many") return <Many {...{ label, hint, options, value, set }} />;
  if (options) return <Pick name={name} label={label} value={value} options={options} onChange={set} />;
  if (type === "area") return <Area {...given} rows={2} />;
  if (type === "check") {
    return (
      <label class="check">
        <input type="checkbox" checked={value === "yes"} onChange={(event) => set(event.currentTarget.checked ? "yes" : "")} /> {label}
      </label>
    );
  }
  if (type === "instant") return <Line {...given} type="datetime-local" value={value && localTime(value)} onInput={(local) => set(local && new Date(local).toISOString())} />;
  return <Line {...given} type={type === "many" ? "text" : (type ?? "text")} />;
}

/**
 * `onSend` has the fields that belong to what was chosen, trimmed, and an id that stays the same if it is sent twice.
 *
 * The form is of the moment when it was opened: what others write meanwhile changes nothing in it. If that is why it
 * is refused, what was typed stays, and the rest is of the present. `tries.ts` says what becomes of a lost answer.
 */
export function Ask({ label, title = label, lead, fields, send, kind = "", onSend }: { label: string; title?: string; lead?: string; fields: Field[] | (() => Field[]); send: string; kind?: string; onSend: (values: Values, id: string) => Promise<unknown> }) {
  const [isOpen, setIsOpen] = useState(false);
  const [values, setValues] = useState<Values>({});
  const tries = useRef<Tries | null>(null);
  const [opening, setOpening] = useState(0);
  const { isBusy, message, say, act } = useAct(() => setOpening((before) => before + 1));
  const form = useMemo(() => ({ fields: typeof fields === "function" ? fields() : fields, onSend }), [opening]);
  const all = valuesOf(form.fields, values);
  const shown = form.fields.filter((field) => field.isFor?.(all) ?? true);
  const go = (): Promise<void> =>
    act(async () => {
      try {
        const given = Object.fromEntries(shown.map(({ name }) => [name, (all[name] ?? "").trim()]));
        await (tries.current ??= new Tries()).send(given, (id) => withProof(() => form.onSend(given, id)));
      } catch (error) {
        if (error instanceof NoAnswer) setValues(all); // it may have arrived: a second try says the same
        throw error;
      }
      setValues({});
      setIsOpen(false);
    });
  const open = (): void => {
    setOpening(opening + 1);
    setIsOpen(true);
    say("");
  };
  const type = (name: string, value: string): void => {
    const others = Object.entries(values).filter(([one]) => !form.fields.some((field) => field.name === one && field.follows === name));
    setValues({ ...Object.fromEntries(others), [name]: value });
  };
  return (
    <>
      <button type="button" class={kind} aria-label={title.includes(label) ? title : undefined} onClick={open}>
        {label}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={() => setIsOpen(false)}>
          {lead && <p>{lead}</p>}
          <form onSubmit={(event) => { event.preventDefault(); void go(); }}>
            {shown.map((field) => (
              <One key={field.name} field={field} value={all[field.name] ?? ""} set={(value) => type(field.name, value)} />
            ))}
            <Alert message={message} />
            <div class="row">
              <button type="submit" class="primary" data-primary disabled={isBusy}>
                {send}
              </button>
              <button type="button" class="quiet" onClick={() => setIsOpen(false)}>
                {office.t.cancel}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
