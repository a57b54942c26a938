/** The files of a note or of a reflection. */
import { FileList } from "../../../shared/files.js";
import { desk } from "../core/desk.js";
import { wordsFor } from "../core/hooks.js";
import { en } from "../messages/en/files.js";
import { momentOf, spoken } from "../messages/index.js";
import { SureButton } from "./basics.js";

const w = spoken({ en });

const given = { client: desk.client, words: w, when: momentOf, wordsFor, Sure: SureButton };

export const NoteFiles = ({ id, isOpen }: { id: string; isOpen: boolean }) => <FileList {...given} parent={{ note_id: id }} isOpen={isOpen} />;
export const ReflectionFiles = ({ id }: { id: string }) => <FileList {...given} parent={{ reflection_id: id }} isOpen={false} />;
