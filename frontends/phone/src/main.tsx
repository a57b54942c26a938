import { render } from "preact";
import { App } from "./app.js";
import { journal } from "./journal/journal.js";
import { followForgetting } from "../../shared/forget.js";
import "./styles.css";

render(<App />, document.getElementById("app")!);
void journal.start();
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("sw.js");
followForgetting("journal-");
