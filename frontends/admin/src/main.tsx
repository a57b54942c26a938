import { render } from "preact";
import { followForgetting } from "../../shared/forget.js";
import { followOffline } from "../../shared/offline.js";
import { App } from "./app.js";
import { admin } from "./core/admin.js";
import "./styles.css";

render(<App />, document.getElementById("app")!);
followOffline(admin);
void admin.start();
followForgetting("admin-");
