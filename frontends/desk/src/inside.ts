/** The screens of who is signed in. */
import { later } from "../../shared/office/late.js";

export const useInside = later(import("./screens/inside.js"));
