import { UnitBrowser } from "./units/element.js";

customElements.define("unit-browser", UnitBrowser);
