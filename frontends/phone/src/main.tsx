import { render } from "preact";
import { App } from "./app.js";
import { journal } from "./journal/journal.js";
import { spoken } from "./messages/index.js";
import { followForgetting } from "../../shared/forget.js";
import { followOffline } from "../../shared/offline.js";
import "./styles.css";

void spoken.then(() => render(<App />, document.getElementById("app")!));
followOffline(journal.shown);
void journal.start();
followForgetting("journal-");
