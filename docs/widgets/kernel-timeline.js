import { KernelTimeline } from "./timeline/element.js";

customElements.define("kernel-timeline", KernelTimeline);
