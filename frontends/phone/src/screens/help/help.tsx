import { NoAnswer, Problem, unwrap } from "@integration-journal/client";
import { useEffect, useState } from "preact/hooks";
import { useJournal } from "../../journal/hooks.js";
import { journal } from "../../journal/journal.js";
import type { HelpAnswer } from "../../journal/types.js";
import { t } from "../../messages/index.js";
import { Title } from "../../parts/basics.js";
import { Crisis, CrisisLines } from "../../parts/crisis.js";
import { byLink, keptLink } from "../../parts/link.js";
import { SafetyPlan } from "../../parts/safety-plan.js";

type Asked = "no" | "asking" | "offline" | "signed-out" | HelpAnswer;

const SOOTHING = ["grounding_sensory", "distress_tolerance", "paced_breathing", "means_safety", "professional_support", "social_connection"];

/** Whom to call, at once and offline; a call for help to the care team; what has helped before. */
export function Help() {
  const { phase, plans } = useJournal();
  const [asked, setAsked] = useState<Asked>("no");
  const link = phase === "here" ? "" : keptLink().token;

  const ask = async (): Promise<void> => {
    setAsked("asking");
    try {
      setAsked((await unwrap(journal.client.http.POST("/v1/help", byLink(link)))).data);
    } catch (error) {
      if (!(error instanceof NoAnswer || error instanceof Problem)) throw error;
      setAsked(error instanceof Problem && error.status === 401 ? "signed-out" : "offline");
    }
  };
  useEffect(() => {
    if (asked !== "offline") return;
    const again = (): void => void ask();
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [asked]);

  const answer = typeof asked === "object" ? asked : null;
  const strategies = plans.filter((plan) => plan.state === "active").flatMap((plan) => plan.strategies).filter((one) => SOOTHING.includes(one.category));
  return (
    <>
      <Title>{t.help.title}</Title>
      <Crisis {...(answer ? { lines: answer.crisis_resources } : {})} />
      {(phase === "here" || link !== "") && (
        <section class="card" aria-live="assertive">
          {answer === null && (
            <>
              <button type="button" class="primary wide" disabled={asked === "asking"} onClick={() => void ask()}>
                {asked === "asking" ? t.help.asking : t.help.ask}
              </button>
              <p class="hint">{t.help.askHint}</p>
            </>
          )}
          {asked === "offline" && <p class="message">{t.help.offline}</p>}
          {asked === "signed-out" && <p class="message">{t.help.signedOut}</p>}
          {answer !== null && (
            <>
              <h2>{answer.told === "nobody" ? t.help.notTold : t.help.told}</h2>
              <p dir="auto">{answer.text}</p>
            </>
          )}
        </section>
      )}
      {phase === "ended" && link === "" && <p class="card">{t.help.signedOut}</p>}
      <SafetyPlan />
      <CrisisLines {...(answer ? { lines: answer.crisis_resources } : {})} />
      {strategies.length > 0 && (
        <section aria-labelledby="soothing">
          <h2 id="soothing">{t.help.strategies}</h2>
          <ul class="plain">
            {strategies.map((strategy) => (
              <li key={strategy.id}>
                <a class="button wide" href={`#/practise/${strategy.id}`} dir="auto">
                  {strategy.title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p>
        <a href={link === "" ? "#/" : "#/capture"}>{t.back}</a>
      </p>
    </>
  );
}
