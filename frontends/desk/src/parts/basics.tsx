/** Small parts of every screen. */
export * from "../../../shared/office/basics.js";
