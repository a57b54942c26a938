/** The questions that patients may write to. */
import { Fold } from "../../../../shared/office/fold.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { spoken } from "../../../../shared/office/messages.js";
import { Room } from "../../../../shared/office/room.js";
import { readPromptSets } from "../../core/instruments.js";
import { en } from "../../messages/en/instruments.js";

const w = spoken({ en });

export function Prompts() {
  const loaded = useLoaded("prompt sets", readPromptSets);
  return (
    <Room title={w.prompts} hint={w.promptsHint} loaded={loaded} back={<a href="#/clinic">{w.back}</a>}>
      {(sets) =>
        sets.map((set) => (
          <Fold key={`${set.id} ${set.version}`} title={`${set.title}, ${w.version(set.version)}, ${w.items(set.prompts.length)}`}>
            {() => (
              <ol>
                {set.prompts.map((prompt) => (
                  <li key={prompt.id}>
                    {prompt.text} {prompt.help && <span class="hint">{prompt.help}</span>}
                  </li>
                ))}
              </ol>
            )}
          </Fold>
        ))}
    </Room>
  );
}
