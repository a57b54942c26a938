/** Saving what was read as a file. */
import { useAct } from "../../../shared/office/hooks.js";
import { Alert } from "../../../shared/office/basics.js";

/** Let the browser keep a text as a file. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export function SaveButton({ label, kind = "", onSave }: { label: string; kind?: string; onSave: () => Promise<void> }) {
  const { isBusy, message, act } = useAct();
  return (
    <>
      <button type="button" class={kind} disabled={isBusy} onClick={() => void act(onSave)}>
        {label}
      </button>
      <Alert message={message} />
    </>
  );
}
