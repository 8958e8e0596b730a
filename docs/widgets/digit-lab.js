import { DigitLab } from "./lab/element.js";

customElements.define("digit-lab", DigitLab);
