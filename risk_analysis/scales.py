"""Whether two analyses were made with the same scales, so that their levels say the same thing."""

from .models import MethodVersion

# What a level follows from. The words beside them may be put better without making a year another.
DECIDING = ("levels", "likelihoods", "consequences", "credibilities")


def are_alike(one: MethodVersion, other: MethodVersion) -> bool:
    return one.pk == other.pk or all(getattr(one, name) == getattr(other, name) for name in DECIDING)
