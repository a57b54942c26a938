/** What screens use of the desk. */
import { useOffice } from "../../../shared/office/hooks.js";
import { desk, type State } from "./desk.js";

export { NotSent, useAct, useLoaded, wordsFor, type Loaded } from "../../../shared/office/hooks.js";

/** The desk's state; the screen is drawn anew when it changes. */
export const useDesk = (): State => useOffice(desk);
