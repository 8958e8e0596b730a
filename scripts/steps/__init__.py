"""The steps of the build, one file each, in the order in which pipeline/build.py asks for them.

Each has a function for the build, which looks whether there is anything to do, and a frozen class
with what its own process is given: a build with nothing to do imports no torch and no matplotlib.
"""
