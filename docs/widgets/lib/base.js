// Moved: what loads a widget is in widget.js, what it loads in data.js.

import { loadData as load } from "./data.js";

export const loadData = load;
