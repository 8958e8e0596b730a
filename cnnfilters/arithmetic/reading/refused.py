"""Modules of torch.nn that no tracer takes, each with its reason."""

_LOSS = "it is a loss, which takes the target, too"
_SEVERAL = "it is a loss of several inputs"
_RECURRENT = "it is recurrent: it takes a sequence, and gives its last state, too"
_STEP = "it is recurrent: one step of a sequence, which keeps a state"
_SEQUENCE = "it is attention, which looks at a sequence rather than at an image"
_TWO_SEQUENCES = "it is attention: it takes two sequences"
_INDICES = "it takes indices, not numbers that a layer gives"
_UNPOOL = "it takes the indices of a max-pooling, too"
_TWO = "it takes two inputs"
_NO_FORWARD = "it has no forward of its own"

REFUSED = {
    "AdaptiveLogSoftmaxWithLoss": _LOSS,
    "BCELoss": _LOSS,
    "BCEWithLogitsLoss": _LOSS,
    "Bilinear": _TWO,
    "CTCLoss": _LOSS,
    "Container": _NO_FORWARD,
    "CosineEmbeddingLoss": _SEVERAL,
    "CosineSimilarity": _TWO,
    "CrossEntropyLoss": _LOSS,
    "Embedding": _INDICES,
    "EmbeddingBag": _INDICES,
    "GRU": _RECURRENT,
    "GRUCell": _STEP,
    "GaussianNLLLoss": _LOSS,
    "HingeEmbeddingLoss": _LOSS,
    "HuberLoss": _LOSS,
    "KLDivLoss": _LOSS,
    "L1Loss": _LOSS,
    "LSTM": _RECURRENT,
    "LSTMCell": _STEP,
    "LinearCrossEntropyLoss": _LOSS,
    "LinearCrossEntropyOptions": "it is a set of options, not a layer",
    "MSELoss": _LOSS,
    "MarginRankingLoss": _SEVERAL,
    "MaxUnpool1d": _UNPOOL,
    "MaxUnpool2d": _UNPOOL,
    "MaxUnpool3d": _UNPOOL,
    "Module": _NO_FORWARD,
    "ModuleDict": f"{_NO_FORWARD}; write nn.Sequential",
    "ModuleList": f"{_NO_FORWARD}; write nn.Sequential(*layers)",
    "MultiLabelMarginLoss": _LOSS,
    "MultiLabelSoftMarginLoss": _LOSS,
    "MultiMarginLoss": _LOSS,
    "MultiheadAttention": "it is attention: it takes queries, keys and values",
    "NLLLoss": _LOSS,
    "NLLLoss2d": _LOSS,
    "PairwiseDistance": _TWO,
    "ParameterDict": _NO_FORWARD,
    "ParameterList": _NO_FORWARD,
    "PoissonNLLLoss": _LOSS,
    "RNN": _RECURRENT,
    "RNNBase": _RECURRENT,
    "RNNCell": _STEP,
    "RNNCellBase": _STEP,
    "SmoothL1Loss": _LOSS,
    "SoftMarginLoss": _LOSS,
    "SyncBatchNorm": "it trains on several GPUs at once; BatchNorm1d, 2d or 3d has the same shapes",
    "Transformer": _TWO_SEQUENCES,
    "TransformerDecoder": _TWO_SEQUENCES,
    "TransformerDecoderLayer": _TWO_SEQUENCES,
    "TransformerEncoder": _SEQUENCE,
    "TransformerEncoderLayer": _SEQUENCE,
    "TripletMarginLoss": _SEVERAL,
    "TripletMarginWithDistanceLoss": _SEVERAL,
}
