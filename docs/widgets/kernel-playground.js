import { KernelPlayground } from "./playground/element.js";

customElements.define("kernel-playground", KernelPlayground);
