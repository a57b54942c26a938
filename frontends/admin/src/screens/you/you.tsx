/** Who works here: roles, second factors, sign-ins, the keyboard, the end of the sign-in. */
import { Title } from "../../../../shared/office/basics.js";
import { Factors, Leaving } from "../../../../shared/office/factors.js";
import { useLoaded } from "../../../../shared/office/hooks.js";
import { KeyList } from "../../../../shared/office/key-list.js";
import { spoken } from "../../../../shared/office/messages.js";
import { useAdmin } from "../../core/admin.js";
import { has, OFFICE } from "../../core/pages.js";
import { endOwnSignIn, readOwnSignIns } from "../../core/people.js";
import { plain } from "../../core/words.js";
import { t } from "../../messages/index.js";
import { en } from "../../messages/en/you.js";
import { SignIns } from "../../parts/sign-ins.js";

const w = spoken({ en });

export function You() {
  const { me } = useAdmin();
  const signIns = useLoaded("own sign-ins", readOwnSignIns);
  return (
    <div class="narrow">
      <Title label={w.title}>{me?.name ?? w.title}</Title>
      <p class="hint">{[me?.credential, ...(me?.roles ?? []).map(plain)].filter(Boolean).join(" · ")}</p>
      {me && !has(me, OFFICE) && (
        <p class="card">
          {w.elsewhere} <a href="../desk/">{w.desk}</a>
        </p>
      )}
      <Factors />
      <SignIns loaded={signIns} onEnd={endOwnSignIn} />
      <section class="card">
        <h2>{t.keys.title}</h2>
        <KeyList />
      </section>
      <Leaving unsent="" forgetSure={w.forgetSure} />
    </div>
  );
}
