/** The keyboard. Single keys work when nobody writes in a field, and can be turned off (WCAG 2.1.4). */
const MAX_PAUSE_MS = 1500;
const opened = new Map<string, string>();
let prefixAt = 0;

/** What an app does by keys of its own. */
interface OwnKeys {
  /** Where this browser keeps whether single keys are on. */
  setting: string;
  /** After `g`. */
  places: Record<string, () => void>;
  single?: Record<string, () => void>;
  /** With Ctrl and S. */
  save?: () => void;
}
let own: OwnKeys = { setting: "", places: {} };

export function startKeys(given: OwnKeys): void {
  own = given;
}

export const hasSingleKeys = (): boolean => localStorage.getItem(own.setting) !== "off";
export const forgetSingleKeys = (): void => localStorage.removeItem(own.setting);
export const setSingleKeys = (isOn: boolean): void => localStorage.setItem(own.setting, isOn ? "on" : "off");

const all = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter((found) => found.checkVisibility());

export function step(selector: string, by: number): void {
  const found = all(selector);
  if (found.length === 0) return;
  const here = found.indexOf(document.activeElement as HTMLElement);
  const next = here === -1 ? (by > 0 ? 0 : found.length - 1) : Math.min(found.length - 1, Math.max(0, here + by));
  found[next]?.focus();
}

export const press = (selector: string): void => all(selector)[0]?.click();

/** Return to the row that was opened from this screen. Call it when the rows are there. */
export function restoreRow(): void {
  const href = opened.get(location.hash);
  const isFree = document.activeElement === document.body || document.activeElement?.tagName === "H1";
  if (href !== undefined && isFree) all("a[data-row]").find((row) => row.getAttribute("href") === href)?.focus();
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

function everywhere(event: KeyboardEvent): boolean {
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key === "s" && own.save) own.save();
  else if (isCommand && event.key === "Enter") primary();
  else if (event.altKey && event.key === "ArrowDown") step("[data-field]", 1);
  else if (event.altKey && event.key === "ArrowUp") step("[data-field]", -1);
  else return false;
  return true;
}

/** Press the main button of the form or dialog that has the focus, else the first of the page. */
function primary(): void {
  const around = document.activeElement?.closest("dialog, form, [data-part]");
  const near = around?.querySelector<HTMLButtonElement>("[data-primary]");
  if (near) near.click();
  else if (document.querySelector("dialog[open]") === null) press("main [data-primary]");
}

function single(key: string): boolean {
  const isSecond = Date.now() - prefixAt < MAX_PAUSE_MS;
  prefixAt = key === "g" ? Date.now() : 0;
  const place = isSecond ? own.places[key] : undefined;
  const more = own.single?.[key];
  if (place) place();
  else if (key === "j") step("a[data-row]", 1);
  else if (key === "k") step("a[data-row]", -1);
  else if (key === "?") press("[data-keys]");
  else if (more) more();
  else return false;
  return true;
}

addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const isOpen = document.querySelector("dialog[open]") !== null;
  const isDone = everywhere(event) || (isPlain && !isOpen && hasSingleKeys() && !isWriting(event.target) && single(event.key));
  if (isDone) event.preventDefault();
});
addEventListener("click", (event) => {
  const row = event.target instanceof Element ? event.target.closest("a[data-row]") : null;
  if (row !== null) opened.set(location.hash, row.getAttribute("href") ?? "");
});
