"""The steps of the build, one file each; `scripts/build.py` puts them in order.

A step that needs torch, matplotlib or a kernel runs in a process of its own, so that a build with
nothing to do imports none of them.
"""
