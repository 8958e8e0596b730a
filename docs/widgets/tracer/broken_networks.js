// Ten networks that do not work, as data. Each has one fault; its solution is the fewest changes.
// The tests run every one in PyTorch, broken and mended.

/**
 * @typedef {object} BrokenNetwork
 * @property {string} title
 * @property {string} story What it should do, and what it does instead.
 * @property {number[]} input (channels, height, width) of one image.
 * @property {number[]} goal What must come out.
 * @property {number} most How many layers may be changed, added or removed.
 * @property {string} hint
 * @property {string[]} layers
 * @property {string[]} solution
 */

/** @type {BrokenNetwork[]} */
export const BROKEN_NETWORKS = [
  {
    title: "A wall before the last layer",
    story: "Ten numbers for a digit. PyTorch stops at the last layer: shapes cannot be multiplied.",
    input: [1, 28, 28],
    goal: [10],
    most: 1,
    hint: "A Linear layer reads the last axis only. What reaches it here still has rows and columns.",
    layers: ["Conv2d(1, 16, 5)", "ReLU()", "MaxPool2d(2)", "Linear(2304, 10)"],
    solution: ["Conv2d(1, 16, 5)", "ReLU()", "MaxPool2d(2)", "Flatten()", "Linear(2304, 10)"],
  },
  {
    title: "Seven by seven, from another tutorial",
    story: "Ten numbers for a digit. The 32·7·7 was copied from a network that pads; this one does not.",
    input: [1, 28, 28],
    goal: [10],
    most: 1,
    hint: "Follow the sides: 28, 24, 12, 8, 4.",
    layers: ["Conv2d(1, 16, 5)", "ReLU()", "MaxPool2d(2)", "Conv2d(16, 32, 5)", "ReLU()", "MaxPool2d(2)", "Flatten()", "Linear(32 * 7 * 7, 10)"],
    solution: ["Conv2d(1, 16, 5)", "ReLU()", "MaxPool2d(2)", "Conv2d(16, 32, 5)", "ReLU()", "MaxPool2d(2)", "Flatten()", "Linear(32 * 4 * 4, 10)"],
  },
  {
    title: "Colour for a grey network",
    story: "Ten numbers for a photograph in colour. The network was written for digits.",
    input: [3, 32, 32],
    goal: [10],
    most: 1,
    hint: "A photograph has three channels, and the first layer must read them all.",
    layers: ["Conv2d(1, 8, 3, padding=1)", "ReLU()", "MaxPool2d(4)", "Flatten()", "Linear(512, 10)"],
    solution: ["Conv2d(3, 8, 3, padding=1)", "ReLU()", "MaxPool2d(4)", "Flatten()", "Linear(512, 10)"],
  },
  {
    title: "More filters, half the work",
    story: "Someone raised the filters of the first layer from 16 to 24 and stopped there.",
    input: [1, 28, 28],
    goal: [10],
    most: 2,
    hint: "Two layers still expect 16 channels: one that scales them, and one that reads them.",
    layers: ["Conv2d(1, 24, 3)", "BatchNorm2d(16)", "ReLU()", "Conv2d(16, 8, 3, stride=2)", "ReLU()", "Flatten()", "Linear(1152, 10)"],
    solution: ["Conv2d(1, 24, 3)", "BatchNorm2d(24)", "ReLU()", "Conv2d(24, 8, 3, stride=2)", "ReLU()", "Flatten()", "Linear(1152, 10)"],
  },
  {
    title: "One pooling too many",
    story: "Sixteen maps of at least one pixel. The last kernel finds no place to stand.",
    input: [1, 28, 28],
    goal: [16, 1, 1],
    most: 1,
    hint: "Before the last layer the image has 2 rows left, and the kernel needs 5. Which layer took too much?",
    layers: ["Conv2d(1, 8, 5)", "MaxPool2d(2)", "Conv2d(8, 16, 3)", "MaxPool2d(2)", "MaxPool2d(2)", "Conv2d(16, 16, 5)"],
    solution: ["Conv2d(1, 8, 5)", "MaxPool2d(2)", "Conv2d(8, 16, 3)", "MaxPool2d(2)", "Conv2d(16, 16, 5)"],
  },
  {
    title: "Groups that do not come out even",
    story: "A grouped convolution should save weights. PyTorch refuses to build it.",
    input: [6, 16, 16],
    goal: [12, 16, 16],
    most: 1,
    hint: "The number of groups must divide the channels that go in and those that come out.",
    layers: ["Conv2d(6, 12, 3, padding=1, groups=4)", "ReLU()"],
    solution: ["Conv2d(6, 12, 3, padding=1, groups=3)", "ReLU()"],
  },
  {
    title: "“same”, and smaller at once",
    story: "The layer should halve the image. PyTorch says that “same” is not supported for strided convolutions.",
    input: [3, 64, 64],
    goal: [8, 32, 32],
    most: 1,
    hint: "“same” promises to keep the size, and a stride of 2 halves it. Give the padding as a number.",
    layers: ["Conv2d(3, 8, 5, stride=2, padding='same')", "ReLU()"],
    solution: ["Conv2d(3, 8, 5, stride=2, padding=2)", "ReLU()"],
  },
  {
    title: "Flattened too early",
    story: "Ten numbers for a digit. Somebody put the layers in the wrong order.",
    input: [1, 28, 28],
    goal: [10],
    most: 2,
    hint: "After Flatten there is no image left to convolve. Moving a layer counts as two changes: away, and in again.",
    layers: ["Conv2d(1, 8, 5)", "ReLU()", "Flatten()", "MaxPool2d(2)", "Linear(1152, 10)"],
    solution: ["Conv2d(1, 8, 5)", "ReLU()", "MaxPool2d(2)", "Flatten()", "Linear(1152, 10)"],
  },
  {
    title: "An image that comes back too small",
    story: "An image goes down to 7 × 7 and up again. Nothing crashes, but 25 × 25 comes out, not 28 × 28.",
    input: [1, 28, 28],
    goal: [1, 28, 28],
    most: 2,
    hint: "28 and 27 both give 14 on the way down. On the way up, output_padding chooses the larger one.",
    layers: ["Conv2d(1, 8, 3, stride=2, padding=1)", "ReLU()", "Conv2d(8, 16, 3, stride=2, padding=1)", "ReLU()", "ConvTranspose2d(16, 8, 3, stride=2, padding=1)", "ReLU()", "ConvTranspose2d(8, 1, 3, stride=2, padding=1)"],
    solution: ["Conv2d(1, 8, 3, stride=2, padding=1)", "ReLU()", "Conv2d(8, 16, 3, stride=2, padding=1)", "ReLU()", "ConvTranspose2d(16, 8, 3, stride=2, padding=1, output_padding=1)", "ReLU()", "ConvTranspose2d(8, 1, 3, stride=2, padding=1, output_padding=1)"],
  },
  {
    title: "A pooling that pads too much",
    story: "The pooling should keep the image at 14 × 14 with windows that overlap. PyTorch refuses its padding.",
    input: [4, 14, 14],
    goal: [4, 14, 14],
    most: 1,
    hint: "A pooling may pad by half a window at most. What keeps the size at stride 1?",
    layers: ["MaxPool2d(3, stride=1, padding=2)", "ReLU()"],
    solution: ["MaxPool2d(3, stride=1, padding=1)", "ReLU()"],
  },
];
