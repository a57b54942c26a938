import { render } from "preact";
import { App } from "./app.js";
import { desk } from "./core/desk.js";
import { followForgetting } from "../../shared/forget.js";
import { followOffline } from "../../shared/offline.js";
import "./styles.css";

render(<App />, document.getElementById("app")!);
followOffline(desk);
void desk.start();
followForgetting("desk-");
