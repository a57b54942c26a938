/** The language of this phone's pages. */
import { choose, LANGUAGES, t } from "../messages/index.js";

export function Language() {
  return (
    <div class="field">
      <label for="language">{t.more.language}</label>
      <select id="language" value={document.documentElement.lang} onChange={(event) => choose(event.currentTarget.value)}>
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
