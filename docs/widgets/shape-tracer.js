import { ShapeTracer } from "./tracer/element.js";

customElements.define("shape-tracer", ShapeTracer);
