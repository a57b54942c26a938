/** A button with a dialog of a few fields: the one shape of every short form. What was typed stays until it is sent. */
import { newId } from "@integration-journal/client";
import { useRef, useState } from "preact/hooks";
import { useAct } from "../core/hooks.js";
import { withProof } from "../core/proof.js";
import { t } from "../messages/index.js";
import { Alert, Area, Dialog, Line, Pick } from "./basics.js";

export type Values = Record<string, string>;

export interface Field {
  name: string;
  label: string;
  /** A list of choices makes it one choice of several. Default: a line of text. */
  options?: [string, string][] | undefined;
  /** `many`: any of the choices, each with a box; the value is their names with spaces between. */
  type?: "text" | "area" | "date" | "time" | "datetime-local" | "number" | "check" | "many";
  hint?: string;
  value?: string;
  isOptional?: boolean;
  /** Whether it belongs to what was chosen so far. */
  isFor?: (values: Values) => boolean;
}

const initial = (fields: Field[]): Values => Object.fromEntries(fields.map((field) => [field.name, field.value ?? (field.type === "many" ? "" : field.options?.[0]?.[0]) ?? ""]));

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
  return <Line {...given} type={type === "many" ? "text" : (type ?? "text")} />;
}

/** `onSend` has the fields that belong to what was chosen, trimmed, and an id that stays the same if it is sent twice. */
export function Ask({ label, title = label, lead, fields, send, kind = "", onSend }: { label: string; title?: string; lead?: string; fields: Field[]; send: string; kind?: string; onSend: (values: Values, id: string) => Promise<unknown> }) {
  const [isOpen, setIsOpen] = useState(false);
  const [values, setValues] = useState<Values>({});
  const id = useRef(newId());
  const { isBusy, message, act } = useAct();
  const all = { ...initial(fields), ...values };
  const shown = fields.filter((field) => field.isFor?.(all) ?? true);
  const go = (): Promise<void> =>
    act(async () => {
      await withProof(() => onSend(Object.fromEntries(shown.map(({ name }) => [name, (all[name] ?? "").trim()])), id.current));
      id.current = newId();
      setValues({});
      setIsOpen(false);
    });
  return (
    <>
      <button type="button" class={kind} aria-label={title.includes(label) ? title : undefined} onClick={() => setIsOpen(true)}>
        {label}
      </button>
      {isOpen && (
        <Dialog title={title} onClose={() => setIsOpen(false)}>
          {lead && <p>{lead}</p>}
          <form onSubmit={(event) => { event.preventDefault(); void go(); }}>
            {shown.map((field) => (
              <One key={field.name} field={field} value={all[field.name] ?? ""} set={(value) => setValues({ ...values, [field.name]: value })} />
            ))}
            <Alert message={message} />
            <div class="row">
              <button type="submit" class="primary" data-primary disabled={isBusy}>
                {send}
              </button>
              <button type="button" class="quiet" onClick={() => setIsOpen(false)}>
                {t.cancel}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
