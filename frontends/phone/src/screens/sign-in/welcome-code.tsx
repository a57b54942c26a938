import { NoAnswer, unwrap } from "@integration-journal/client";
import { useState } from "preact/hooks";
import { journal } from "../../journal/journal.js";
import { t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";

/** Choose a password with the code of an invitation or of a reset. */
export function WelcomeCode() {
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [message, setMessage] = useState("");
  const [isDone, setIsDone] = useState(false);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await unwrap(journal.client.http.POST("/v1/invitations/accept", { body: { code, password } }));
      setIsDone(true);
    } catch (error) {
      setMessage(error instanceof NoAnswer ? t.problem.noAnswer : t.welcomeCode.refused);
    }
  };

  return (
    <>
      <Title>{t.welcomeCode.title}</Title>
      {isDone ? (
        <p role="status">{t.welcomeCode.done}</p>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <p>{t.welcomeCode.lead}</p>
          <div class="field">
            <label for="invitation">{t.welcomeCode.code}</label>
            <input id="invitation" dir="ltr" autocomplete="one-time-code" required value={code} onInput={(event) => setCode(event.currentTarget.value)} />
          </div>
          <div class="field">
            <label for="new-password">{t.welcomeCode.password}</label>
            <input id="new-password" type="password" autocomplete="new-password" minLength={15} required value={password} onInput={(event) => setPassword(event.currentTarget.value)} />
          </div>
          <p role="alert" class="message">
            {message}
          </p>
          <button type="submit" class="primary wide">
            {t.welcomeCode.go}
          </button>
        </form>
      )}
      <p>
        <a href="#/sign-in">{t.signIn.go}</a>
      </p>
    </>
  );
}
