import { render } from "preact";
import { App } from "./app.js";
import { desk } from "./core/desk.js";
import { followForgetting } from "../../shared/forget.js";
import "./styles.css";

render(<App />, document.getElementById("app")!);
void desk.start();
if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("sw.js");
followForgetting("desk-");
