/** The messages of screens that the first one does not wait for; one file a language, as in `index.ts`. */
import { other } from "./index.js";
import { rooms, type Rooms } from "./rooms-en.js";

export const r: Rooms = other?.rooms ?? rooms;
