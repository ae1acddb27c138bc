"""What every test has in common."""

from hypothesis import settings

# Laws are about values; how long one example takes says how busy the machine is.
settings.register_profile("values", deadline=None)
settings.load_profile("values")
