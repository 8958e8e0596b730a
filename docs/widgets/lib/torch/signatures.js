// The arguments of PyTorch's layers, in the order of their constructors: `name:reader=default`; a star
// parts those that are given by position from those by name only. A tilde marks what PyTorch leaves out
// where it prints the layer, and what the table depends on. No DOM.

import { READ, SPREADING } from "./values.js";

/** @typedef {import("./values.js").Read} Read */
/** @typedef {import("./values.js").Value} Value */
/** @typedef {{name: string, read: Read, usual: Value | undefined, named: boolean, spreads: boolean, unprinted: boolean}} Argument Without `usual` it must be given; `spreads`: one number stands for all axes. */

const PLACE = "device:any=None dtype:dtype=None";
const CONVOLUTION = `out_channels:count kernel_size:sizes stride:sizes=1 padding:around=0 dilation:sizes=1 groups:count=1 bias:truth=True padding_mode:mode=zeros ${PLACE}`;
const TRANSPOSED = `out_channels:count kernel_size:sizes stride:sizes=1 padding:zeros=0 output_padding:zeros=0 groups:count=1 bias:truth=True dilation:sizes=1 padding_mode:zerosMode=zeros ${PLACE}`;
const BATCH_NORM = `eps:aboveZero=1e-05 momentum:maybeReal=0.1 affine:truth=True track_running_stats:truth=True ${PLACE} * bias:truth=True`;
const INSTANCE_NORM = `eps:real=1e-05 momentum:maybeReal=0.1 affine:truth=False track_running_stats:truth=False ${PLACE} * bias:truth=True`;
const LAZY_INSTANCE_NORM = INSTANCE_NORM.replaceAll("=False", "=True");
const AVERAGE = "kernel_size:windows stride:steps=None padding:margins=0 ~ceil_mode:strictly=False count_include_pad:strictly=True";
const POWER = "norm_type:nonzero kernel_size:sizes stride:strides=None ceil_mode:strictly=False";
const MAXIMUM = "kernel_size:windows stride:steps=None padding:margins=0 dilation:windows=1 return_indices:oneThing=False ceil_mode:strictly=False";
const FRACTIONAL = "kernel_size:sizes ~output_size:maybeSizes=None ~output_ratio:ratios=None return_indices:oneThing=False _random_samples:any=None";
const INPLACE = "inplace:truth=False";
const DROPOUT = `p:probability=0.5 ${INPLACE}`;
const SIZE_OR_FACTOR = "size:maybeEach=None scale_factor:factors=None";

/** With an image of one, two or three axes. @type {Record<string, string>} */
const BY_RANK = {
  Conv: `in_channels:count ${CONVOLUTION}`,
  LazyConv: CONVOLUTION,
  ConvTranspose: `in_channels:count ${TRANSPOSED}`,
  LazyConvTranspose: TRANSPOSED,
  MaxPool: MAXIMUM,
  AvgPool: `${AVERAGE} divisor_override:divisor=None`,
  LPPool: POWER,
  AdaptiveAvgPool: "output_size:kept",
  AdaptiveMaxPool: "output_size:kept return_indices:oneThing=False",
  BatchNorm: `num_features:count ${BATCH_NORM}`,
  LazyBatchNorm: BATCH_NORM,
  InstanceNorm: `num_features:count ${INSTANCE_NORM}`,
  LazyInstanceNorm: LAZY_INSTANCE_NORM,
  ZeroPad: "padding:sides",
  ConstantPad: "padding:sides value:maybeReal",
  ReflectionPad: "padding:sides",
  ReplicationPad: "padding:sides",
  CircularPad: "padding:sides",
  Dropout: DROPOUT,
};

/** @type {Record<string, string>} */
const OTHERS = {
  AvgPool1d: AVERAGE,
  LPPool1d: POWER.replace(":sizes", ":window"),
  FractionalMaxPool2d: FRACTIONAL,
  FractionalMaxPool3d: FRACTIONAL,
  Linear: `in_features:features out_features:count bias:truth=True ${PLACE}`,
  LazyLinear: `out_features:count bias:truth=True ${PLACE}`,
  GroupNorm: `num_groups:count num_channels:count eps:real=1e-05 affine:truth=True ${PLACE} * bias:truth=True`,
  LayerNorm: `normalized_shape:list eps:real=1e-05 elementwise_affine:truth=True bias:truth=True ${PLACE}`,
  RMSNorm: `normalized_shape:list eps:maybeReal=None elementwise_affine:truth=True ${PLACE}`,
  LocalResponseNorm: "size:count alpha:real=0.0001 beta:real=0.75 k:real=1.0",
  CrossMapLRN2d: "size:count alpha:real=0.0001 beta:real=0.75 k:real=1",
  Flatten: "start_dim:dim=1 end_dim:dim=-1",
  Unflatten: "dim:dim unflattened_size:parts",
  PixelShuffle: "upscale_factor:count",
  PixelUnshuffle: "downscale_factor:count",
  ChannelShuffle: "groups:count",
  Fold: "output_size:sizes kernel_size:sizes dilation:sizes=1 padding:zeros=0 stride:sizes=1",
  Unfold: "kernel_size:sizes dilation:sizes=1 padding:zeros=0 stride:sizes=1",
  Upsample: `${SIZE_OR_FACTOR} mode:any=nearest align_corners:any=None recompute_scale_factor:any=None`,
  UpsamplingNearest2d: SIZE_OR_FACTOR,
  UpsamplingBilinear2d: SIZE_OR_FACTOR,
  PReLU: `num_parameters:count=1 init:real=0.25 ${PLACE}`,
  Dropout: DROPOUT,
  AlphaDropout: DROPOUT,
  FeatureAlphaDropout: DROPOUT,
  CELU: `alpha:nonzero=1.0 ${INPLACE}`,
  ELU: `alpha:real=1.0 ${INPLACE}`,
  GELU: "approximate:gelu=none",
  GLU: "dim:dim=-1",
  Hardshrink: "lambd:real=0.5",
  Hardtanh: `min_val:real=-1.0 max_val:real=1.0 ${INPLACE} min_value:any=None max_value:any=None`,
  LeakyReLU: `negative_slope:real=0.01 ${INPLACE}`,
  LogSoftmax: "dim:maybeDim=None",
  RReLU: `lower:real=0.125 upper:real=0.3333333333333333 ${INPLACE}`,
  Softmax: "dim:maybeDim=None",
  Softmin: "dim:maybeDim=None",
  Softplus: "beta:real=1.0 threshold:real=20.0",
  Softshrink: "lambd:positive=0.5",
  Threshold: `threshold:real value:real ${INPLACE}`,
  ...Object.fromEntries(["Mish", "ReLU", "ReLU6", "SELU", "SiLU"].map((name) => [name, INPLACE])),
  ...Object.fromEntries(["Hardsigmoid", "Hardswish"].map((name) => [name, `~${INPLACE}`])),
  ...Object.fromEntries(["Identity", "LogSigmoid", "Sigmoid", "Softmax2d", "Softsign", "Tanh", "Tanhshrink"].map((name) => [name, ""])),
};

/** The arguments of every layer that can be traced. @type {Map<string, Argument[]>} */
export const SIGNATURES = new Map(
  [
    ...Object.entries(BY_RANK).flatMap(([family, text]) => [1, 2, 3].map((rank) => [`${family}${rank}d`, text])),
    ...Object.entries(OTHERS),
  ].map(([name, text]) => [name, parsed(text)]),
);

/** @param {string} text @returns {Argument[]} */
function parsed(text) {
  let named = false;
  return text.split(" ").filter(Boolean).flatMap((word) => {
    named ||= word === "*";
    const [, mark, name, reader, usual] = /^(~?)(\w+):(\w+)(?:=(.*))?$/.exec(word) ?? [];
    return name ? [{ name, read: READ[reader], usual: usual === undefined ? undefined : constant(usual), named, spreads: SPREADING.has(reader), unprinted: mark === "~" }] : [];
  });
}

/** @param {string} text @returns {Value} */
function constant(text) {
  const words = new Map([["None", null], ["True", true], ["False", false]]);
  if (words.has(text)) return /** @type {Value} */ (words.get(text));
  return Number.isNaN(Number(text)) ? text : Number(text);
}
