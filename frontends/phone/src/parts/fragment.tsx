/** A moment in a tap or two, for when prose is too much: one word, three taps, the body, a piece of music. */
import type { BodyPoint, Fragment, FragmentGiven } from "../journal/types.js";
import { t } from "../messages/index.js";
import { Choice, Scale } from "./basics.js";

/** The forms that this screen captures. A drawing and a voice are of the entry's files. */
export type Form = Exclude<Fragment["form"], "drawing" | "voice">;
export type Region = BodyPoint["region"];

export interface FragmentDraft {
  form: Form | null;
  word: string;
  mood: Partial<Record<Tap, number | null>>;
  regions: Partial<Record<Region, number>>;
  /** The region whose intensity is asked for. */
  at: Region | null;
  music: string;
}

const TAPS = ["mood", "anxiety", "connection"] as const;
type Tap = (typeof TAPS)[number];
/** As they lie on the screen, from the head down. */
const REGIONS: Region[] = ["head", "face", "throat", "shoulders", "chest", "arms", "back", "belly", "hands", "pelvis", "legs", "feet"];

export const NO_FRAGMENT: FragmentDraft = { form: null, word: "", mood: {}, regions: {}, at: null, music: "" };

/** Return the fragment as it is sent; null if nothing was captured yet. */
export function fragmentOf(draft: FragmentDraft): Fragment | null {
  const none = { word: null, mood: null, regions: [], music: null };
  const { mood, anxiety, connection } = draft.mood;
  const regions = Object.entries(draft.regions).map(([region, intensity]) => ({ region: region as Region, intensity }));
  if (draft.form === "word" && draft.word.trim() !== "") return { ...none, form: "word", word: draft.word.trim() };
  if (draft.form === "mood" && mood != null && anxiety != null && connection != null) return { ...none, form: "mood", mood: { mood, anxiety, connection } };
  if (draft.form === "body_map" && regions.length > 0) return { ...none, form: "body_map", regions };
  if (draft.form === "music" && draft.music.trim() !== "") return { ...none, form: "music", music: { title: draft.music.trim(), at_seconds: null } };
  return null;
}

/** Return what is still missing before a fragment can be kept; null if nothing is. */
export function missingIn(draft: FragmentDraft): string | null {
  if (draft.form === "word" && /\s/.test(draft.word.trim())) return t.fragment.oneWord;
  return draft.form !== null && fragmentOf(draft) === null ? t.fragment.missing[draft.form] : null;
}

/** Return a fragment in a few words, for a list. */
export function fragmentWords(fragment: FragmentGiven): string {
  if (fragment.word) return fragment.word;
  if (fragment.music) return `${t.fragment.forms.music}: ${fragment.music.title}`;
  if (fragment.mood) return TAPS.map((tap) => `${t.ratings[tap]![0]} ${fragment.mood![tap]}`).join(", ");
  if (fragment.form === "drawing" || fragment.form === "voice") return t.fragment[fragment.form];
  return (fragment.regions ?? []).map((point) => `${t.fragment.regions[point.region]} ${point.intensity}`).join(", ");
}

export function FragmentField({ value, onChange }: { value: FragmentDraft; onChange: (value: FragmentDraft) => void }) {
  const set = (changes: Partial<FragmentDraft>): void => onChange({ ...value, ...changes });
  return (
    <section aria-labelledby="moment">
      <h2 id="moment">{t.fragment.title}</h2>
      <Choice name="form" label={t.fragment.question} options={t.fragment.forms} value={value.form} onChange={(form) => set({ form: form === value.form ? null : form })} />
      {value.form === "word" && (
        <div class="field">
          <label for="field-word">{t.fragment.word}</label>
          <input id="field-word" dir="auto" maxLength={60} autocomplete="off" value={value.word} onInput={(event) => set({ word: event.currentTarget.value })} />
        </div>
      )}
      {value.form === "mood" &&
        TAPS.map((tap) => {
          const [label, low, high] = t.ratings[tap]!;
          return <Scale key={tap} name={`tap-${tap}`} label={label} low={low} high={high} value={value.mood[tap]} onChange={(number) => set({ mood: { ...value.mood, [tap]: number } })} />;
        })}
      {value.form === "body_map" && <BodyMap value={value} set={set} />}
      {value.form === "music" && (
        <div class="field">
          <label for="field-music">{t.fragment.music}</label>
          <input id="field-music" dir="auto" maxLength={200} autocomplete="off" value={value.music} onInput={(event) => set({ music: event.currentTarget.value })} />
        </div>
      )}
      {value.form !== null && (
        <button type="button" class="link" onClick={() => onChange(NO_FRAGMENT)}>
          {t.fragment.none}
        </button>
      )}
    </section>
  );
}

/** The body as buttons from the head down; a tap asks how much is felt there. */
function BodyMap({ value, set }: { value: FragmentDraft; set: (changes: Partial<FragmentDraft>) => void }) {
  const at = value.at;
  const intensity = (number: number | null): void => {
    if (at === null) return;
    const { [at]: _, ...others } = value.regions;
    set({ regions: number === null ? others : { ...others, [at]: number } });
  };
  return (
    <>
      <p class="hint">{t.fragment.bodyHint}</p>
      <div class="body-map" role="group" aria-label={t.fragment.forms.body_map}>
        {REGIONS.map((region) => (
          <button key={region} type="button" class={value.regions[region] === undefined ? region : `${region} felt`} aria-pressed={at === region} onClick={() => set({ at: region })}>
            {t.fragment.regions[region]}
            {value.regions[region] !== undefined && <strong>{value.regions[region]}</strong>}
          </button>
        ))}
      </div>
      {at !== null && <Scale name={`region-${at}`} label={t.fragment.howMuch(t.fragment.regions[at])} low={t.fragment.nothing} high={t.fragment.most} value={value.regions[at]} onChange={intensity} />}
    </>
  );
}
