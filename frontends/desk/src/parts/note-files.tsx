/** The files of a note or of a reflection. */
import { FileList } from "../../../shared/files.js";
import { desk } from "../core/desk.js";
import { wordsFor } from "../core/hooks.js";
import { momentOf } from "../messages/index.js";
import { r } from "../messages/rooms.js";
import { SureButton } from "./basics.js";

const given = { client: desk.client, words: r.files, when: momentOf, wordsFor, Sure: SureButton };

export const NoteFiles = ({ id, isOpen }: { id: string; isOpen: boolean }) => <FileList {...given} parent={{ note_id: id }} isOpen={isOpen} />;
export const ReflectionFiles = ({ id }: { id: string }) => <FileList {...given} parent={{ reflection_id: id }} isOpen={false} />;
