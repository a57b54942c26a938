/** The messages of screens that are read after the sign-in; one file a language, as in `index.ts`. */
import { rooms, type Rooms } from "./rooms-en.js";

const LANGUAGES: Record<string, Rooms> = { en: rooms };

export const r: Rooms = LANGUAGES[document.documentElement.lang] ?? rooms;
