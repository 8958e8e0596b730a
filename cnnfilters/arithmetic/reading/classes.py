"""Which class of PyTorch's a module is of, and whether it runs as that class does."""

from __future__ import annotations

from typing import Any

_TORCH = "torch.nn.modules."
_TORCHVISION = {"torchvision.models.alexnet.AlexNet", "torchvision.models.vgg.VGG"}
_UTILITIES = "torch.nn.utils."
# What of torch.nn.utils works by a hook, and the call that takes it away.
_REMOVED_BY = {
    "weight_norm": "remove_weight_norm(layer)",
    "spectral_norm": "remove_spectral_norm(layer)",
    "prune": "prune.remove(layer, name)",
}
# What a subclass may define anew without changing what runs.
_HARMLESS = frozenset(
    {
        "__annotate_func__",
        "__annotations__",
        "__annotations_cache__",
        "__constants__",
        "__dict__",
        "__doc__",
        "__firstlineno__",
        "__init__",
        "__module__",
        "__orig_bases__",
        "__parameters__",
        "__qualname__",
        "__repr__",
        "__static_attributes__",
        "__weakref__",
        "_get_name",
        "extra_repr",
        "reset_parameters",
    }
)


def known_base(module: Any) -> type | None:
    """The class of torch.nn, or of torchvision's two plain networks, that a module's derives from.

    Raises:
        TypeError: The module would not run as that class does.
    """
    for position, base in enumerate(type(module).__mro__):
        path = f"{base.__module__}.{base.__qualname__}"
        if path in _TORCHVISION or (path.startswith(_TORCH) and base.__name__ != "Module"):
            _check_it_runs_as(base, module, type(module).__mro__[:position])
            return base
    return None


def _check_it_runs_as(base: type, module: Any, derived: tuple[type, ...]) -> None:
    own, held = type(module).__name__, getattr(module, "__dict__", {})
    if "parametrizations" in held.get("_modules", {}):
        raise TypeError(f"{own} has parametrizations, which may change its weights; remove them")
    for kind in derived:
        changed = [name for name in vars(kind) if hasattr(base, name) and name not in _HARMLESS]
        if changed:
            raise TypeError(
                f"{kind.__name__} has a {min(changed, key=_forward_first)} of its own, so it may "
                f"not run as {base.__name__} does; give the layers that it runs"
            )
    replaced = [name for name in held if callable(getattr(base, name, None))]
    if replaced:
        raise TypeError(f"this {own} has a {replaced[0]} of its own, so it may run otherwise")
    for hook in _hooks(held):
        raise TypeError(f"this {own} has {_what_it_does(hook)}")


def _hooks(held: dict[str, Any]) -> list[Any]:
    """Hooks that run with a forward pass, but for the one by which a lazy layer takes shape."""
    hooks = {**held.get("_forward_hooks", {}), **held.get("_forward_pre_hooks", {})}
    lazy = held.get("_initialize_hook")
    return [hook for key, hook in hooks.items() if lazy is None or key != lazy.id]


def _what_it_does(hook: Any) -> str:
    """What a hook may change, and how it is removed."""
    name = type(hook).__module__.removeprefix(_UTILITIES)
    if name in _REMOVED_BY:
        return (
            f"{name}, which makes its weights anew at each pass; call "
            f"{_UTILITIES}{_REMOVED_BY[name]} first"
        )
    return "a forward hook, which may change its output; remove it"


def _forward_first(name: str) -> tuple[bool, str]:
    return name != "forward", name
