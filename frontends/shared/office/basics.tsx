/** Small parts of every screen. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Loaded } from "./hooks.js";
import { restoreRow } from "./keys.js";
import { office } from "./office.js";

/** The heading of a screen. It takes the focus, so that a screen reader says where one is. */
export function Title({ children, label }: { children: ComponentChildren; label: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = `${label} – ${office.t.appName}`;
  }, [label]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Call this when rows are there: the focus goes back to the one that was opened. */
export function useRowFocus(isReady: boolean): void {
  useEffect(() => {
    if (isReady) restoreRow();
  }, [isReady]);
}

/** What stands in the place of something that is not there yet. */
export function Pending<T>({ loaded }: { loaded: Loaded<T> }) {
  if (loaded.message === "") return <p class="hint">{office.t.loading}</p>;
  return (
    <div class="card">
      <p role="alert">{loaded.message}</p>
      <button type="button" onClick={() => void loaded.reload()}>
        {office.t.again}
      </button>
    </div>
  );
}

/** A dialog of the browser: it holds the focus, and gives it back where it was. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId(); // the proof of who signs opens above the dialog that signs
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => {
      // What was done may have taken the button away that opened it.
      (before?.isConnected ? before : document.querySelector<HTMLElement>("h1"))?.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose} onCancel={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

/** A button that asks once more before it does what cannot be undone. */
export function SureButton({ label, title = label, question, yes, onSure }: { label: string; title?: string; question: string; yes: string; onSure: () => void }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <button type="button" class="quiet" aria-label={title === label ? undefined : title} onClick={() => setIsAsked(true)}>
        {label}
      </button>
      {isAsked && (
        <Dialog title={title} onClose={() => setIsAsked(false)}>
          <p>{question}</p>
          <div class="row">
            <button type="button" class="danger" data-primary onClick={() => { setIsAsked(false); onSure(); }}>
              {yes}
            </button>
            <button type="button" class="quiet" onClick={() => setIsAsked(false)}>
              {office.t.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

interface FieldProps {
  name: string;
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
}

/** A field for text that grows with it. */
export function Area({ name, label, value, onInput, hint, rows = 3, isField = true, isRequired = false }: FieldProps & { rows?: number; isField?: boolean; isRequired?: boolean }) {
  const id = `field-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea id={id} dir="auto" rows={rows} maxLength={20000} value={value} required={isRequired} data-field={isField || undefined} aria-describedby={hint ? `${id}-hint` : undefined} onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}

/** A field of one line. */
export function Line({ name, label, value, onInput, hint, type = "text", isRequired = false, ...more }: FieldProps & { type?: "text" | "email" | "password" | "date" | "time" | "datetime-local" | "search" | "number"; isRequired?: boolean; autocomplete?: string; inputMode?: "numeric"; isField?: boolean }) {
  const id = `field-${name}`;
  const { autocomplete, inputMode, isField } = more;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <input id={id} {...({ type } as { type: "text" })} step={type === "number" ? "any" : undefined} dir={type === "text" ? "auto" : "ltr"} value={value} required={isRequired} data-field={isField || undefined} autocomplete={autocomplete} inputMode={inputMode} aria-describedby={hint ? `${id}-hint` : undefined} onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}

/** One choice of several, in words. */
export function Pick({ name, label, options, value, onChange }: { name: string; label: string; options: [string, string][]; value: string; onChange: (value: string) => void }) {
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Text of a person, with its line breaks, in its own direction. */
export function Words({ children }: { children: string }) {
  return (
    <p class="words" dir="auto">
      {children}
    </p>
  );
}

/** What went wrong; empty if nothing did. */
export function Alert({ message }: { message: string }) {
  return (
    <p role="alert" class="message">
      {message}
    </p>
  );
}
