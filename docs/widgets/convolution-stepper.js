import { ConvolutionStepper } from "./stepper/element.js";

customElements.define("convolution-stepper", ConvolutionStepper);
