/** A part that is opened only when it is wanted. */
export { Fold } from "../../../shared/office/fold.js";
