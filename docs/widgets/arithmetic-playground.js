import { ArithmeticPlayground } from "./arithmetic/element.js";

customElements.define("arithmetic-playground", ArithmeticPlayground);
