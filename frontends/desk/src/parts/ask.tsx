/** The one shape of every short form. */
export * from "../../../shared/office/ask.js";
