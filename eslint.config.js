import js from "@eslint/js";
import unsanitized from "eslint-plugin-no-unsanitized";

export default [
  js.configs.recommended,
  unsanitized.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "max-lines-per-function": ["error", 50],
      "no-undef": "off", // tsc knows every name
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
];
