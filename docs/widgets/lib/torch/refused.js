// Modules of torch.nn that are no layer of a stack, and why. No DOM.

/** Reasons, as the end of a sentence, and the modules they are for. @type {[reason: string, names: string][]} */
const REASONS = [
  ["it is a loss, which takes the target, too", "AdaptiveLogSoftmaxWithLoss BCELoss BCEWithLogitsLoss CTCLoss CrossEntropyLoss GaussianNLLLoss HingeEmbeddingLoss HuberLoss KLDivLoss L1Loss LinearCrossEntropyLoss MSELoss MultiLabelMarginLoss MultiLabelSoftMarginLoss MultiMarginLoss NLLLoss NLLLoss2d PoissonNLLLoss SmoothL1Loss SoftMarginLoss"],
  ["it is a loss of several inputs", "CosineEmbeddingLoss MarginRankingLoss TripletMarginLoss TripletMarginWithDistanceLoss"],
  ["it takes two inputs", "Bilinear CosineSimilarity PairwiseDistance"],
  ["it takes indices, not numbers that a layer gives", "Embedding EmbeddingBag"],
  ["it takes the indices of a max-pooling, too", "MaxUnpool1d MaxUnpool2d MaxUnpool3d"],
  ["it is recurrent: it takes a sequence, and gives its last state, too", "GRU LSTM RNN RNNBase"],
  ["it is recurrent: one step of a sequence, which keeps a state", "GRUCell LSTMCell RNNCell RNNCellBase"],
  ["it is attention: it takes queries, keys and values", "MultiheadAttention"],
  ["it is attention: it takes two sequences", "Transformer TransformerDecoder TransformerDecoderLayer"],
  ["it is attention, which looks at a sequence rather than at an image", "TransformerEncoder TransformerEncoderLayer"],
  ["it trains on several GPUs at once; BatchNorm1d, 2d or 3d has the same shapes", "SyncBatchNorm"],
  ["it has no forward of its own", "Container Module ParameterDict ParameterList"],
  ["it has no forward of its own; write nn.Sequential", "ModuleDict"],
  ["it has no forward of its own; write nn.Sequential(*layers)", "ModuleList"],
  ["it is a set of options, not a layer", "LinearCrossEntropyOptions"],
];

/** Why a module cannot be traced, by its name. @type {Map<string, string>} */
export const REFUSED = new Map(REASONS.flatMap(([reason, names]) => names.split(" ").map((name) => /** @type {[string, string]} */ ([name, reason]))));
