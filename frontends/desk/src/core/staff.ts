/** Colleagues by their names. */
export { asChoices, readStaff, useNames } from "../../../shared/office/staff.js";
