/** The messages of screens that load when they are opened; one file a language, as in `index.ts`. */
import { other } from "./index.js";
import { later, type Later } from "./later-en.js";

export const l: Later = other?.later ?? later;
