"""What a file is that torch did not write, told by how it begins."""

from __future__ import annotations

import zipfile
from pathlib import Path

SAVE = "torch.save(model.state_dict(), FILE)"
HEAD = 512  # bytes that are looked at
BEGINNINGS = {
    b"\x89HDF\r\n\x1a\n": f"an HDF5 file, as of Keras; load it there, and write it by {SAVE}",
    b"\x93NUMPY": "a NumPy array; logits are given by --answers, weights by --state-dict",
    b"PAR1": "a Parquet file: data, not weights",
    b"\x89PNG": "a PNG picture, not weights",
    b"\xff\xd8\xff": "a JPEG picture, not weights",
    b"%PDF": "a PDF document, not weights",
    b"\x1f\x8b": "packed by gzip; unpack it",
    b"7z\xbc\xaf": "packed by 7-Zip; unpack it",
    b"BZh": "packed by bzip2; unpack it",
    b"\xfd7zXZ": "packed by xz; unpack it",
    b"version https://git-lfs": "a pointer of Git LFS; git lfs pull fetches the file",
}


def kind_of(path: Path) -> str:
    """What a file is, with what to do; empty for one that torch may have written.

    Raises:
        OSError: It cannot be read, or is a folder.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        return "empty; copy or download it again" if not head else "blank: it holds only spaces"
    if not head.strip(b"\0"):
        return "only zeros, as a copy that was broken off leaves it; copy or download it again"
    for beginning, kind in BEGINNINGS.items():
        if head.startswith(beginning):
            return kind
    if head.startswith(b"PK"):
        return _zip_kind(path)
    if head[257:262] == b"ustar" and not head.startswith(b"\x80"):
        return "a tar archive; unpack it"
    return _named_or_text(path, head)


def _zip_kind(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return "cut short or damaged: the zip archive has no end; copy or download it again"
    lasts = {name.rpartition("/")[2] for name in names}
    if any("/code/" in name for name in names) and "constants.pkl" in lasts:
        return "a TorchScript archive; open it by torch.jit.load and use export_module"
    if "data.pkl" in lasts:
        return ""
    if names and all(name.endswith(".npy") for name in names):
        return f"NumPy arrays (.npz); load them into the network, and write it by {SAVE}"
    if any(name.endswith((".h5", ".keras")) for name in names):
        return f"a Keras model; load it there, and write its weights by {SAVE}"
    return "a zip archive without anything of torch's; unpack it"


def _named_or_text(path: Path, head: bytes) -> str:
    begins = head.lstrip().lower()
    if begins.startswith((b"<!doctype", b"<html", b"<?xml", b"<")):
        return "an HTML or XML page; the address it came from gave no weights"
    if b"cnnfilters-model" in head:
        return "an exported network already; open it in the digit lab"
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < path.stat().st_size:
        return f"a safetensors file; load it by safetensors.torch.load_file, and write it by {SAVE}"
    if path.suffix.lower() == ".onnx" or (head[:1] == b"\x08" and b"pytorch" in head[:32]):
        return f"an ONNX file; write the weights from where the network was trained, by {SAVE}"
    if all(byte in b"\t\n\r\x0c" or 32 <= byte < 127 or byte > 127 for byte in head) and _is_text(
        head
    ):
        return "text, not weights"
    return ""


def _is_text(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # the last letter may be cut
    return True
