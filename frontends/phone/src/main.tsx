import { render } from "preact";
import { App } from "./app.js";
import { journal } from "./journal/journal.js";
import { followForgetting } from "../../shared/forget.js";
import { followOffline } from "../../shared/offline.js";
import "./styles.css";

render(<App />, document.getElementById("app")!);
followOffline(journal.shown);
void journal.start();
followForgetting("journal-");
