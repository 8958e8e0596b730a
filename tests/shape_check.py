"""The runtime type checker that the test run switches on for every function of the package."""

from functools import partial

from beartype import BeartypeConf, beartype

# An int is welcome where a float is, as Python has it.
check = partial(beartype, conf=BeartypeConf(is_pep484_tower=True))
