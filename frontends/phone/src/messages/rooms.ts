/** The messages of screens that the first one does not wait for; one file a language, as in `index.ts`. */
import { rooms, type Rooms } from "./rooms-en.js";

const LANGUAGES: Record<string, Rooms> = { en: rooms };

export const r: Rooms = LANGUAGES[document.documentElement.lang] ?? rooms;
