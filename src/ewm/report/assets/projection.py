"""UTM from degrees: Krüger's series on GRS80 (ETRS89), exact to a millimetre inside a zone and beside it."""

from __future__ import annotations

from math import asinh, atan, atanh, cos, cosh, radians, sin, sinh, sqrt, tan

_AXIS = 6378137.0
_FLATTENING = 1 / 298.257222101
_SCALE = 0.9996
_FALSE_EASTING = 500_000.0
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = _AXIS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3,
    13 / 48 * _N**2 - 3 / 5 * _N**3,
    61 / 240 * _N**3,
)
_E = 2 * sqrt(_N) / (1 + _N)


def utm(longitude: float, latitude: float, zone: int) -> tuple[float, float]:
    """Easting and northing in metres of a point north of the equator (EPSG:25800 + zone).

    Source: Karney, "Transverse Mercator with an accuracy of a few nanometers", 2011, equations 7 to 11 and 35.
    """
    phi, lam = radians(latitude), radians(longitude - (zone * 6 - 183))
    tau = tan(phi)
    sigma = sinh(_E * atanh(_E * tau / sqrt(1 + tau**2)))
    conformal = tau * sqrt(1 + sigma**2) - sigma * sqrt(1 + tau**2)
    xi = atan(conformal / cos(lam)) if cos(lam) else 0.0
    eta = asinh(sin(lam) / sqrt(conformal**2 + cos(lam) ** 2))
    east, north = eta, xi
    for order, alpha in enumerate(_ALPHA, start=1):
        east += alpha * cos(2 * order * xi) * sinh(2 * order * eta)
        north += alpha * sin(2 * order * xi) * cosh(2 * order * eta)
    return _FALSE_EASTING + _SCALE * _RADIUS * east, _SCALE * _RADIUS * north
