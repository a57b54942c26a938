/** Which screen. */
export { go, useRoute } from "../../shared/office/route.js";
