export { plural } from "../../../../shared/office/plural.js";
