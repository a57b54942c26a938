/** The files of a note or an entry: images are shown, recordings are played, documents are saved; and one more is sent. */
import { newId, NoAnswer, Problem, type Client } from "@integration-journal/client";
import type { ComponentType } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { digestOf, Files, mediaType, TYPES, type Attachment, type Parent } from "./upload.js";

export interface FileWords {
  title: string;
  add: string;
  hint: string;
  sending: (percent: number) => string;
  stopped: (percent: number) => string;
  goOn: string;
  chooseAgain: string;
  another: string;
  notTaken: string;
  lost: string;
  play: string;
  show: string;
  save: string;
  remove: string;
  removeSure: string;
  kind: (type: string) => string;
  of: (kind: string, when: string) => string;
  unchecked: string;
}

type Sure = ComponentType<{ label: string; question: string; yes: string; onSure: () => void }>;

interface Given {
  client: Client;
  parent: Parent;
  /** Whether one may be added or taken away now. */
  isOpen: boolean;
  words: FileWords;
  when: (at: string) => string;
  wordsFor: (error: unknown) => string;
  Sure: Sure;
}

/** Show one file that is whole. Its address is of this page alone, and goes with it. */
function Shown({ files, one, words, label, wordsFor }: { files: Files; one: Attachment; words: FileWords; label: string; wordsFor: Given["wordsFor"] }) {
  const [address, setAddress] = useState("");
  const [message, setMessage] = useState("");
  const isImage = one.content_type.startsWith("image/");
  const isDocument = one.content_type === "application/pdf";
  const load = async (): Promise<void> => {
    setMessage("");
    try {
      setAddress(URL.createObjectURL(await files.content(one)));
    } catch (error) {
      setMessage(wordsFor(error));
    }
  };
  useEffect(() => {
    if (isImage) void load();
  }, []);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  if (message) {
    return (
      <p role="alert">
        {message}{" "}
        <button type="button" class="small" onClick={() => void load()}>
          {words.show}
        </button>
      </p>
    );
  }
  if (address === "") {
    return isImage ? <p class="hint">{label}…</p> : (
      <button type="button" class="small" aria-label={`${isDocument ? words.show : words.play}: ${label}`} onClick={() => void load()}>
        {isDocument ? words.show : words.play}
      </button>
    );
  }
  if (isImage) return <img src={address} alt={words.kind(one.content_type)} />;
  if (isDocument) {
    return (
      <a href={address} download={`${one.id}.pdf`}>
        {words.save}
      </a>
    );
  }
  return <audio controls src={address} aria-label={label} />;
}

/** `parent` and `client` stay the same for as long as this is shown. */
export function FileList({ client, parent, isOpen, words, when, wordsFor, Sure }: Given) {
  const files = useMemo(() => new Files(client, parent), [client, Object.values(parent)[0]]);
  const [found, setFound] = useState<Attachment[]>([]);
  const [sending, setSending] = useState<string | null>(null);
  const [message, setMessage] = useState("");
  const chosen = useRef(new Map<string, File>());
  const isShown = useRef(true);
  const put = (one: Attachment): void => setFound((all) => (all.some((other) => other.id === one.id) ? all.map((other) => (other.id === one.id ? one : other)) : [...all, one]));
  const reload = async (): Promise<void> => {
    const all = await files.list();
    if (isShown.current) setFound(all);
  };
  const act = async (work: () => Promise<void>): Promise<void> => {
    setMessage("");
    try {
      await work();
    } catch (error) {
      setMessage(error instanceof NoAnswer ? words.lost : wordsFor(error));
    }
  };
  const send = (one: Attachment, file: File): Promise<void> =>
    act(async () => {
      chosen.current.set(one.id, file);
      setSending(one.id);
      try {
        await files.send(file, await files.read(one.id), put);
      } finally {
        setSending(null);
        if (navigator.onLine) await reload().catch(() => undefined);
      }
    });
  const add = (file: File): Promise<void> =>
    act(async () => {
      const type = mediaType(file);
      if (type === null) return setMessage(words.notTaken);
      const one = await files.announce(file, type, newId());
      put(one);
      await send(one, file);
    });
  const goOn = (one: Attachment, file: File): Promise<void> =>
    act(async () => {
      if (file.size !== one.size_bytes || (one.sha256 !== null && (await digestOf(file)) !== one.sha256)) return setMessage(words.another);
      await send(one, file);
    });
  useEffect(() => {
    isShown.current = true;
    void reload().catch((error: unknown) => {
      if (!(error instanceof NoAnswer || error instanceof Problem)) throw error;
    });
    return () => {
      isShown.current = false;
    };
  }, [files]);
  useEffect(() => {
    const again = (): void => {
      const one = found.find(({ id, state }) => state === "uploading" && chosen.current.has(id));
      if (one && sending === null) void send(one, chosen.current.get(one.id)!);
    };
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [found, sending]);
  if (found.length === 0 && !isOpen) return null;
  return (
    <section class="card files" aria-labelledby="files">
      <h2 id="files">{words.title}</h2>
      <ul class="plain">
        {found.map((one) => {
          const label = words.of(words.kind(one.content_type), when(one.created_at));
          const percent = Math.floor((100 * one.received_bytes) / one.size_bytes);
          const file = chosen.current.get(one.id);
          return (
            <li key={one.id}>
              {one.state === "ready" ? <Shown files={files} one={one} words={words} label={label} wordsFor={wordsFor} /> : (
                <>
                  <progress max={100} value={percent} aria-label={label} />
                  <p role="status">{sending === one.id ? words.sending(percent) : words.stopped(percent)}</p>
                  {sending === null && file && <button type="button" class="small" onClick={() => void send(one, file)}>{words.goOn}</button>}
                  {sending === null && !file && <Choose label={words.chooseAgain} onChosen={(again) => void goOn(one, again)} />}
                </>
              )}
              <p class="hint">{label}</p>
              {isOpen && sending !== one.id && <Sure label={words.remove} question={words.removeSure} yes={words.remove} onSure={() => void act(async () => { await files.remove(one); await reload(); })} />}
            </li>
          );
        })}
      </ul>
      {isOpen && sending === null && <Choose label={words.add} hint={words.hint} onChosen={(file) => void add(file)} />}
      {found.length > 0 && !isOpen && <p class="hint">{words.unchecked}</p>}
      <p role="alert" class="message">{message}</p>
    </section>
  );
}

/** A field of the browser for one file. */
function Choose({ label, hint, onChosen }: { label: string; hint?: string; onChosen: (file: File) => void }) {
  return (
    <div class="field">
      <label>
        {label}
        <input
          type="file"
          accept={TYPES.join()}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = "";
            if (file) onChosen(file);
          }}
        />
      </label>
      {hint && <p class="hint">{hint}</p>}
    </div>
  );
}
