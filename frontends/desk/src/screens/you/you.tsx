/** Who works here: roles, second factors, the keyboard, the end of the sign-in. */
import { Factors, Leaving } from "../../../../shared/office/factors.js";
import { KeyList } from "../../../../shared/office/key-list.js";
import { useDesk } from "../../core/hooks.js";
import { en } from "../../messages/en/you.js";
import { spoken, t } from "../../messages/index.js";
import { plain } from "../../messages/words.js";
import { Title } from "../../parts/basics.js";

const w = spoken({ en });

export function You() {
  const { me, drafts } = useDesk();
  const count = new Set(drafts.map((draft) => draft.thing)).size;
  return (
    <div class="narrow">
      <Title label={w.title}>{me?.name ?? w.title}</Title>
      <p class="hint">{[me?.credential, ...(me?.roles ?? []).map(plain)].filter(Boolean).join(" · ")}</p>
      <Factors />
      <section class="card">
        <h2>{t.keys.title}</h2>
        <KeyList />
      </section>
      <Leaving unsent={count > 0 ? w.signOutDrafts(count) : ""} forgetSure={w.forgetSure(count)} />
    </div>
  );
}
