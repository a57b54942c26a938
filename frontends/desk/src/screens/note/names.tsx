/** A note of a group session names nobody else of the group, unless its author says that the word is no name. */
import { Problem } from "@integration-journal/client";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { en } from "../../messages/en/note.js";
import { spoken } from "../../messages/index.js";

const w = spoken({ en });

export interface Naming {
  /** What a request says in addition. */
  body: { names_confirmed?: true };
  /** Look at what a request raised; `refused` raises it again. */
  look: (error: unknown) => void;
  refused: (error: unknown) => never;
  /** The box to check, once a request was refused for it. */
  box: ComponentChildren;
}

export function useNaming(): Naming {
  const [isAsked, setIsAsked] = useState(false);
  const [isSure, setIsSure] = useState(false);
  const look = (error: unknown): void => {
    if (error instanceof Problem && error.code === "names-another") setIsAsked(true);
  };
  return {
    body: isSure ? { names_confirmed: true } : {},
    look,
    refused: (error) => {
      look(error);
      throw error;
    },
    box: isAsked && (
      <label class="check">
        <input type="checkbox" checked={isSure} onChange={(event) => setIsSure(event.currentTarget.checked)} /> {w.noName}
      </label>
    ),
  };
}
