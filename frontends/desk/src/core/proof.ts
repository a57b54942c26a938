/** A fresh proof of who works here. */
export { withProof } from "../../../shared/office/proof.js";
